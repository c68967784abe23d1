import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { openLossyLink, type Fault } from '../support/lossyLink.ts'
import { expect, test } from './support/fixtures.ts'
import { focusIsWithin, focused, openCaseload, typeIntoFind } from './support/keyboard.ts'
import { startCentral } from './support/office.ts'

test('over a line that drops, cuts, doubles and answers itself everything arrives once and in order, and each state is true', async ({
  folder,
  openWorkstation,
}) => {
  const central = await startCentral({ folder: join(folder, 'central'), people: 8 })
  const link = await openLossyLink(central.url)
  const enrol = async (url: string, user: string) => ['--central', url, '--enrol', await central.enrol(user)]
  const morgan = await openWorkstation({
    folder: join(folder, 'morgan'),
    args: await enrol(link.url, 'morgan.ashby'),
  })
  await allCasesAreHere(morgan.page)
  const senior = await openWorkstation({
    folder: join(folder, 'senior'),
    args: await enrol(central.url, 'priya.hartwell'),
  })
  await allCasesAreHere(senior.page)
  const { page } = morgan
  const always = (fault: Fault): void => {
    link.setFaults(() => fault)
  }

  for (const status of [200, 302] as const) {
    always({ kind: 'page', status })
    await syncUntil(page, state(page, /Something else answered in place of the service since/))
  }
  const name = await recordCall(page, 'First: rang about the tenancy.')
  // It goes out when its 10 seconds of Undo are over: then it counts as sent, though nobody got it.
  await expect(state(page, /1 (saved on this PC|sent).*Something else answered/)).toBeVisible()

  always({ kind: 'drop' })
  await syncUntil(page, state(page, /1 (saved on this PC|sent).*Line down since/))
  await recordCall(page, 'Second: rang about the course.')

  always({ kind: 'cut-request', afterBytes: 500 })
  await syncUntil(page, sentWaiting(page, 2))
  await expect(state(page, /2 sent.*Line down/)).toBeVisible()

  // The service has them from here on, and this PC cannot know it.
  always({ kind: 'cut-answer', afterBytes: 40 })
  await openCase(senior.page, name)
  await expect(async () => {
    await page.keyboard.press('F9')
    await senior.page.keyboard.press('F9')
    await expect(callsOf(senior.page)).toHaveCount(2, { timeout: 1_000 })
  }).toPass({ timeout: 120_000 })
  await expect(state(page, /2 sent.*Line down/)).toBeVisible()
  await expect(sentWaiting(page, 2)).toBeVisible()

  await recordCall(page, 'Third: rang about Thursday.')
  link.setFaults(({ number }) => (number % 3 === 0 ? { kind: 'drop' } : { kind: 'twice' }))
  await syncUntil(page, state(page, /^All confirmed$/))
  await goToSync(page)
  await expect(page.getByText('The line is up')).toBeVisible()

  await syncUntil(senior.page, callsOf(senior.page).filter({ hasText: 'Third' }))
  const seen = await callsOf(senior.page).allInnerTexts()
  expect(seen.map(text => /(First|Second|Third)/.exec(text)?.[0])).toEqual(['Third', 'Second', 'First'])
  await link.close()
})

const state = (page: Page, text: RegExp): Locator => page.getByRole('banner').getByRole('link', { name: text })
const sentWaiting = (page: Page, count: number): Locator =>
  page.getByRole('listitem').filter({ hasText: `${count} sent, waiting for an answer` })
const callsOf = (page: Page): Locator =>
  page.getByRole('listbox', { name: 'Timeline' }).getByRole('option', { name: /(First|Second|Third): rang/ })

/** A call with the first person of the caseload, by the keyboard alone, then the Sync screen; returns whose case it is. */
async function recordCall(page: Page, note: string): Promise<string> {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  const heading = page.getByRole('region', { name: 'Case', exact: true }).getByRole('heading', { level: 1 })
  const name = await heading.innerText()
  await focusIsWithin(page, 'region', 'Last three notes')
  await page.keyboard.press('r')
  await focused(page, 'radio', /Office visit/)
  await page.keyboard.press('2')
  await focused(page, 'textbox', 'Note')
  await page.keyboard.type(note)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Last three notes' })).toContainText(note)
  await goToSync(page)
  return name
}

async function goToSync(page: Page): Promise<void> {
  await page.keyboard.press('Control+5')
  await page.getByRole('heading', { level: 1, name: 'Sync' }).waitFor()
}

async function allCasesAreHere(page: Page): Promise<void> {
  await goToSync(page)
  await expect(page.getByText('all here')).toBeVisible()
}

/** Presses F9 until this is on the screen. */
async function syncUntil(page: Page, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('F9')
    await expect(shown).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 120_000 })
}

async function openCase(page: Page, name: string): Promise<void> {
  await typeIntoFind(page, name)
  await expect(page.getByRole('option', { name: new RegExp(name) }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('listbox', { name: 'Timeline' }).waitFor()
}
