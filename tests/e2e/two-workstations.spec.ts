import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { focusIsWithin, focused, goToArea, openCaseload } from './support/keyboard.ts'
import { startCentral } from './support/office.ts'

const NOTES = ['First: rang about the tenancy.', 'Second: rang about the course.', 'Third: rang about Thursday.']

test('what an officer records with the line down is on a second workstation, in order and once', async ({
  folder,
  openWorkstation,
}) => {
  test.setTimeout(150_000)
  const centralFolder = join(folder, 'central')
  const central = await startCentral({ folder: centralFolder, people: 8 })
  const enrol = async (user: string) => ['--central', central.url, '--enrol', await central.enrol(user)]
  const morgan = { folder: join(folder, 'morgan'), args: await enrol('morgan.ashby') }
  const senior = { folder: join(folder, 'senior'), args: await enrol('priya.hartwell') }
  const first = await openWorkstation(morgan)
  await allCasesAreHere(first.page)
  const second = await openWorkstation(senior)
  await allCasesAreHere(second.page)

  await central.running.stop()
  const name = await recordThreeCalls(first.page)
  await moveTheNextAppointment(first.page)
  await first.running.kill()

  const again = await openWorkstation({ folder: morgan.folder, args: ['--central', central.url] })
  await expect(again.page.getByRole('link', { name: /saved on this PC/i })).toBeVisible()
  const restarted = await startCentral({ folder: centralFolder, port: central.port })
  await syncUntil(again.page, /All confirmed/)

  await syncUntil(second.page, /All confirmed/)
  await openCase(second.page, name)
  const timeline = second.page.getByRole('listbox', { name: 'Timeline' })
  await expect(timeline.getByRole('option', { name: /Third: rang/ })).toHaveCount(1)
  const seen = await timeline.getByRole('option', { name: /(First|Second|Third): rang/ }).allInnerTexts()
  expect(seen.map(text => /(First|Second|Third)/.exec(text)?.[0])).toEqual(['Third', 'Second', 'First'])
  await expect(timeline.getByRole('option', { name: /rescheduled/i })).toHaveCount(1)
  await expect(second.page.getByRole('region', { name: 'Appointments' })).toContainText('11:45')
  await restarted.running.stop()
})

/** The first person of the caseload, three times, by the keyboard alone; returns whose case it is. */
async function recordThreeCalls(page: Page): Promise<string> {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  const heading = page.getByRole('region', { name: 'Case', exact: true }).getByRole('heading', { level: 1 })
  const name = await heading.innerText()
  for (const note of NOTES) {
    await focusIsWithin(page, 'region', 'Last three notes')
    await page.keyboard.press('r')
    await focused(page, 'radio', /Office visit/)
    await page.keyboard.press('2')
    await focused(page, 'textbox', 'Note')
    await page.keyboard.type(note)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('region', { name: 'Last save' })).toContainText('Saved on this PC')
    await expect(page.getByRole('region', { name: 'Last three notes' })).toContainText(note)
  }
  return name
}

async function moveTheNextAppointment(page: Page): Promise<void> {
  await goToArea(page, 'listbox', 'Appointments')
  await page.keyboard.press('v')
  await page.getByRole('dialog').waitFor()
  const when = page.getByRole('textbox', { name: /New day and time/ })
  while (!(await when.evaluate(element => element === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.type('1w 11.45')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('region', { name: 'Appointments' })).toContainText('11:45')
}

async function allCasesAreHere(page: Page): Promise<void> {
  await page.keyboard.press('Control+5')
  await expect(page.getByText('all here')).toBeVisible({ timeout: 30_000 })
}

/** Presses F9 until the state at the top says so. */
async function syncUntil(page: Page, state: RegExp): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('F9')
    await expect(page.getByRole('banner').getByRole('link', { name: state })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 40_000 })
}

async function openCase(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await focused(page, 'combobox', /./)
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name: new RegExp(name) }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Case', exact: true }).getByRole('heading', { level: 1 })).toHaveText(
    name,
  )
}
