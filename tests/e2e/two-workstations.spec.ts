import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openLossyLink } from '../support/lossyLink.ts'
import { expect, test } from './support/fixtures.ts'
import { focusIsWithin, focused, goToArea, openCaseload } from './support/keyboard.ts'
import { startCentral } from './support/office.ts'

const NOTES = ['First: rang about the tenancy.', 'Second: rang about the course.', 'Third: rang about Thursday.']

test('what an officer records with the line down is on a second workstation, in order and once', async ({
  folder,
  openWorkstation,
}) => {
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
  // What was tried before the kill counts as sent, though nobody got it.
  const waiting = again.page.getByRole('banner').getByRole('link', { name: /\d+ (saved on this PC|sent)/ })
  await expect(waiting).toBeVisible()
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

test('a name that two officers change while apart is settled by one of them, and both see with what and why', async ({
  folder,
  openWorkstation,
}) => {
  const central = await startCentral({ folder: join(folder, 'central'), people: 6 })
  const open = async (user: string, url: string) => {
    const args = ['--central', url, '--enrol', await central.enrol(user)]
    const { page } = await openWorkstation({ folder: join(folder, user), args })
    await allCasesAreHere(page)
    return page
  }
  const lineOfPriya = await openLossyLink(central.url)
  const morgan = await open('morgan.ashby', central.url)
  const priya = await open('priya.hartwell', lineOfPriya.url)
  const name = await openFirstCase(morgan)
  await openCase(priya, name)

  lineOfPriya.setFaults(() => ({ kind: 'drop' }))
  await changeGivenName(morgan, 'Ffion')
  await changeGivenName(priya, 'Fiona')
  await syncUntil(morgan, /All confirmed/)
  lineOfPriya.setFaults(() => undefined)
  await syncUntil(priya, /1 needs you/)
  await syncUntil(morgan, /1 needs you/)
  await expect(morgan.getByRole('note', { name: 'Two versions' })).toContainText('given name')

  await priya.keyboard.press('Control+5')
  await focused(priya, 'listbox', 'Two versions')
  await priya.keyboard.press('Enter')
  await focused(priya, 'radio', /Fiona.*Yours/)
  await expect(priya.getByRole('radio', { name: /Ffion.*Morgan Ashby.*stands/ })).toBeVisible()
  await priya.keyboard.press('1')
  await focused(priya, 'textbox', 'Why')
  await priya.keyboard.type('It says so on the passport')
  await priya.keyboard.press('Control+Enter')
  await expect(priya.getByRole('region', { name: 'Last save' })).toContainText('Settled')
  await syncUntil(priya, /All confirmed/)

  await syncUntil(morgan, /All confirmed/)
  await expect(morgan.getByRole('note', { name: 'Two versions' })).toHaveCount(0)
  await expect(
    morgan.getByRole('region', { name: 'Case', exact: true }).getByRole('heading', { level: 1 }),
  ).toContainText('Fiona')
  await morgan.keyboard.press('Control+5')
  const told = morgan.getByRole('listbox', { name: 'Two versions' })
  await expect(told.getByRole('option', { name: /Settled by Priya Hartwell/ })).toBeVisible()
  await goToArea(morgan, 'listbox', 'Two versions')
  await morgan.keyboard.press('Enter')
  await expect(morgan.getByRole('dialog')).toContainText('Priya Hartwell settled it')
  await expect(morgan.getByRole('dialog')).toContainText('It says so on the passport')
  await expect(morgan.getByRole('dialog')).toContainText('Ffion')
  await lineOfPriya.close()
})

/** Opens the first case of the caseload; returns whose it is. */
async function openFirstCase(page: Page): Promise<string> {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
  return page.getByRole('region', { name: 'Case', exact: true }).getByRole('heading', { level: 1 }).innerText()
}

/** From the open case: changes the first of its details where it stands. */
async function changeGivenName(page: Page, to: string): Promise<void> {
  await focusIsWithin(page, 'region', 'Last three notes')
  await page.keyboard.press('i')
  await focusIsWithin(page, 'grid', 'Details')
  await page.keyboard.press('F2')
  await focused(page, 'textbox', 'Given name')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(to)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Last save' })).toContainText('Given name changed')
}

/** The first person of the caseload, three times, by the keyboard alone; returns whose case it is. */
async function recordThreeCalls(page: Page): Promise<string> {
  const name = await openFirstCase(page)
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
  await expect(page.getByText('all here')).toBeVisible()
}

/** Presses F9 until the state at the top says so. */
async function syncUntil(page: Page, state: RegExp): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('F9')
    await expect(page.getByRole('banner').getByRole('link', { name: state })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 120_000 })
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
