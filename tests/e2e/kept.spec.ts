import type { Page } from '@playwright/test'
import { londonDate, readDate } from '../../shared/time.ts'
import { openOfficerStore } from '../support/officerStore.ts'
import { expect, test } from './support/fixtures.ts'
import { focused, focusIsWithin, openCaseload } from './support/keyboard.ts'
import { alone } from './support/office.ts'
import { openOutcome } from './support/screens.ts'

const MORGAN = 'morgan.ashby'
const note = (page: Page) => page.getByRole('textbox', { name: 'Note' })

/** Opens the details of the first case of the caseload and saves the last of them, which can be undone for a while. */
async function openDetailsWithUndo(page: Page): Promise<string> {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
  await page.keyboard.press('i')
  await focusIsWithin(page, 'grid', 'Details')
  await page.keyboard.press('End')
  await page.keyboard.press('F2')
  await page.getByRole('grid').getByRole('textbox').fill('AB12')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  return /case\/([^/?]+)/.exec(page.url())?.[1] ?? ''
}

/** From the case to the note of a call. */
async function startCall(page: Page): Promise<void> {
  await focusIsWithin(page, 'region', 'Last three notes')
  await page.keyboard.press('r')
  await focused(page, 'radio', /Office visit/)
  await page.keyboard.press('2')
  await focused(page, 'textbox', 'Note')
}

/** Main says that the case changed, as after a change of a colleague. */
const undo = (page: Page): Promise<void> => page.getByRole('button', { name: 'Undo' }).click()

test('an edit is saved on what the officer saw when it began, and ends with a row that is taken away', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone(2) })
  const caseId = await openDetailsWithUndo(page)
  await focusIsWithin(page, 'grid', 'Details')
  await page.keyboard.press('Home')
  await page.keyboard.press('F2')
  await focused(page, 'textbox', 'Given name')
  const store = openOfficerStore(folder, MORGAN)
  const change = store.$client.prepare(
    `UPDATE cases SET family_name = 'Changedmeanwhile', field_rev = json_set(field_rev, '$.givenName', 900) WHERE case_id = ?`,
  )
  change.run(caseId)

  await undo(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Changedmeanwhile')
  await page.getByRole('textbox', { name: 'Given name' }).fill('Ffion')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ffion')
  const body = store.$client.prepare(`SELECT body FROM outbox WHERE type LIKE 'case.patch%'`).pluck().get()
  expect(body).toContain('Ffion')
  expect(body).not.toContain('900')

  await page.keyboard.press('End')
  await page.keyboard.press('F2')
  await expect(page.getByRole('grid').getByRole('textbox')).toBeFocused()
  store.$client.prepare('DELETE FROM identifiers WHERE case_id = ?').run(caseId)
  await undo(page)
  await expect(page.getByRole('grid').getByRole('textbox')).toHaveCount(0)
  await page.keyboard.press('Home')
  await page.keyboard.press('F2')
  await focused(page, 'textbox', 'Given name')
  store.$client.close()
})

test('a case that is taken away while its note is typed leaves the note on the screen', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone(2) })
  const caseId = await openDetailsWithUndo(page)
  await focusIsWithin(page, 'grid', 'Details')
  await page.keyboard.press('i')
  await startCall(page)
  await page.keyboard.type('Typed before it was taken away.')
  const store = openOfficerStore(folder, MORGAN)
  store.$client.prepare(`UPDATE assignments SET end_on = '2001-01-01' WHERE case_id = ?`).run(caseId)
  store.$client.close()

  await undo(page)
  await expect(page.getByText(/This record is not on this PC/).first()).toBeVisible()
  await expect(note(page)).toHaveValue('Typed before it was taken away.')
  await note(page).press('Control+Enter')
  await expect(page.getByRole('contentinfo', { name: 'Save' })).toContainText('This record is not on this PC')
})

test('a note that no disk takes stays with the officer, and is there when the screen opens again', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone(2) })
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await startCall(page)
  const other = openOfficerStore(folder, MORGAN)
  other.$client.exec('BEGIN IMMEDIATE')
  await page.keyboard.type('Typed while another program held the file.')
  await page.getByRole('button', { name: 'Leave, keep draft' }).click()
  await expect(page.getByRole('alert')).toContainText('Draft not kept on disk')
  await expect(note(page)).toBeVisible()

  // Other ways lead away all the same.
  await page.keyboard.press('Control+1')
  await focused(page, 'listbox', /Diary/)
  other.$client.exec('ROLLBACK')
  other.$client.close()
  await openCaseload(page)
  await page.keyboard.press('r')
  await focused(page, 'textbox', 'Note')
  await expect(note(page)).toHaveValue('Typed while another program held the file.')
  await expect(page.getByText(/Draft kept on this PC/)).toBeVisible()
})

test('closing an amendment keeps what was typed, and a press beside it does not close it', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone(2) })
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
  await page.keyboard.press('m')
  await focused(page, 'textbox', 'New text')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('He rang at nine.')
  await page.mouse.click(5, 5)
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.keyboard.press('m')

  await focused(page, 'textbox', 'New text')
  await expect(page.getByRole('textbox', { name: 'New text' })).toHaveValue('He rang at nine.')
  await page.keyboard.press('Tab')
  await page.keyboard.type('x'.repeat(501))
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toContainText('Say it in 500 characters at most')
})

test('a time that is typed anew after another was offered is booked, and two presses of Save leave the screen once', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone(2) })
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await startCall(page)
  await page.keyboard.type('Rang about the next visit.')
  await page.keyboard.press('Alt+n')
  await focusIsWithin(page, 'radiogroup', 'Next appointment')
  await page.keyboard.press('t')
  await focused(page, 'textbox', 'Day and time')
  await page.keyboard.type('sat 10.05')
  await page.getByRole('radio', { name: /10:05.* instead$/ }).click()
  const typed = page.getByRole('textbox', { name: 'Day and time' })
  await typed.fill('3w 11.20')
  await expect(page.getByRole('main')).toContainText('11:20')

  // Both before the window paints.
  await page.evaluate(() => {
    const press = { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }
    for (let time = 0; time < 2; time++) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
  })

  await expect(page.getByRole('region', { name: 'Last save' })).toContainText('11:20')
  await focusIsWithin(page, 'region', 'Last three notes')
})

test('a time that somebody took while the screen was open is refused once, with who has it', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone() })
  await openOutcome(page)
  await page.keyboard.press('a')
  await focused(page, 'textbox', 'Note')
  await page.keyboard.type('Came on time.')
  await page.keyboard.press('Alt+n')
  await focusIsWithin(page, 'radiogroup', 'Next appointment')
  await page.keyboard.press('t')
  await page.keyboard.type('5w 20.10')
  const next = page.getByRole('region', { name: 'Next appointment' })
  await expect(next).toContainText('Outside hours')
  const [, day = ''] = /(\d+ \w+(?: \d{4})?), 20:10/.exec(await next.innerText()) ?? []
  const store = openOfficerStore(folder, MORGAN)
  const startsOn = readDate(day, londonDate(Date.now()))
  store.$client
    .prepare(
      `UPDATE appointments SET status = 'planned', starts_on = $on, starts_time = $time, starts_at = unixepoch($on || ' ' || $time) * 1000 WHERE (case_id, id) IN (SELECT case_id, id FROM appointments WHERE status = 'done' AND with_user_id = $user LIMIT 1)`,
    )
    .run({ on: startsOn, time: '20:10', user: MORGAN })
  store.$client.close()

  await page.keyboard.press('Control+Enter')

  await expect(page.getByRole('alert')).toContainText('This time is taken now')
  await focused(page, 'textbox', 'Day and time')
  await expect(next).toContainText('Outside hours, and taken')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'Last save' })).toContainText('20:10')
})
