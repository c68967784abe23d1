import type { Page } from '@playwright/test'
import { openOfficerStore } from '../support/officerStore.ts'
import { expect, test } from './support/fixtures.ts'
import { backToToday, focused, focusIsWithin, goToArea, openCaseload, openDiaryRow, tabTo } from './support/keyboard.ts'
import { alone } from './support/office.ts'
import { openCase, openOutcome } from './support/screens.ts'

const MORGAN = 'morgan.ashby'

/** The case that is open. */
const caseIdOf = (page: Page): string => /case\/([^/?]+)/.exec(page.url())?.[1] ?? ''

/** Where keys go, in an office with much to do. */
const journeys: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async 'a search that finds nothing and then something keeps the field'(page) {
    await openCase(page)
    await page.keyboard.press('/')
    await focused(page, 'textbox', 'Words in this case')
    await page.keyboard.press('ArrowDown')
    await focused(page, 'listbox', 'Timeline')
    await page.keyboard.press('/')
    await page.keyboard.type('zzzz')
    await expect(page.getByRole('listbox', { name: 'Timeline' })).toHaveCount(0)
    for (let letter = 0; letter < 4; letter++) await page.keyboard.press('Backspace')
    await page.getByRole('listbox', { name: 'Timeline' }).waitFor()
    await focused(page, 'textbox', 'Words in this case')
  },
  async 'the first entry is chosen when a filter of the timeline is taken off'(page) {
    await openCase(page)
    await goToArea(page, 'listbox', 'Timeline')
    const first = page.getByRole('listbox', { name: 'Timeline' }).getByRole('option').first()
    const newest = await first.innerText()
    await page.keyboard.press('c')
    await page.getByRole('menuitemradio', { name: 'Complied', exact: true }).click()
    await expect(first).not.toHaveText(newest, { useInnerText: true })
    await page.keyboard.press('c')
    await page.getByRole('menuitemradio', { name: 'Any compliance' }).click()
    await expect(first).toHaveText(newest, { useInnerText: true })
    await expect(first).toHaveAttribute('aria-selected', 'true')
  },
  async 'the keys of Today act in its other lists, and the strip shows which'(page) {
    const strip = page.getByRole('contentinfo', { name: 'Keys on this screen' })
    await expect(strip).toContainText('missed')
    await goToArea(page, 'listbox', 'Outcomes to log')
    await expect(strip).not.toContainText('missed')
    const day = await page.getByRole('heading', { level: 1 }).innerText()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(day)
    await focused(page, 'listbox', 'Outcomes to log')
    await page.keyboard.press('w')
    await focused(page, 'combobox', /Name, CRN or date of birth/)
  },
  async 'more of a list is asked for without losing the place'(page) {
    await openCase(page)
    await tabTo(page, 'button', /Show more/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('listbox', { name: 'Timeline' }).getByRole('option')).not.toHaveCount(50)
    await focusIsWithin(page, 'region', 'Timeline')
  },
  async 'a case that was just opened is among the recent ones'(page) {
    await openCaseload(page)
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    const name = await page.getByRole('region', { name: 'Case', exact: true }).getByRole('heading').innerText()
    await page.keyboard.press('Control+1')
    await expect(page.getByRole('region', { name: 'Recent cases' }).getByRole('link', { name })).toBeVisible()
  },
  async 'a refused day has the focus, not the length beside it'(page) {
    await openOutcome(page)
    await page.keyboard.press('a')
    await page.keyboard.press('Alt+u')
    await focused(page, 'textbox', 'Length in minutes')
    await page.getByRole('textbox', { name: 'Day', exact: true }).fill('the other day')
    await page.keyboard.press('Control+Enter')
    await focused(page, 'textbox', 'Day')
  },
}

test('keys go where the officer works', async ({ folder, openWorkstation }) => {
  const { page } = await openWorkstation({ folder, args: alone(30) })
  for (const [name, go] of Object.entries(journeys)) {
    await test.step(name, async () => {
      await backToToday(page)
      await go(page)
    })
  }
})

test('an outcome that is recorded already opens its contact', async ({ folder, openWorkstation }) => {
  const { page } = await openWorkstation({ folder, args: alone(12) })
  await openOutcome(page)
  const address = page.url()
  await page.keyboard.press('a')
  await page.keyboard.press('F2')
  await focused(page, 'textbox', 'Note')
  await page.keyboard.type('Recorded on another screen.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('region', { name: 'Last save' }).waitFor()

  await page.goto(address)

  await focused(page, 'listbox', 'Timeline')
  const timeline = page.getByRole('listbox', { name: 'Timeline' })
  await expect(timeline.getByRole('option', { selected: true })).toContainText('Recorded on another screen.')
})

test('a case without notes begins in its timeline, and a risk to staff without a note is spoken', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone(12) })
  await openCase(page)
  const caseId = caseIdOf(page)
  await backToToday(page)
  const store = openOfficerStore(folder, MORGAN)
  store.$client.prepare(`UPDATE contacts SET note = '' WHERE case_id = ?`).run(caseId)
  store.$client
    .prepare(
      `UPDATE registers SET code = 'AV2S', note = '', end_on = NULL WHERE (case_id, id) IN (SELECT case_id, id FROM registers WHERE case_id = ? LIMIT 1)`,
    )
    .run(caseId)
  store.$client.close()

  await openCaseload(page)
  await page.keyboard.press('Enter')

  await focused(page, 'listbox', 'Timeline')
  await expect(page.getByRole('alert')).toContainText('Risk to staff. No note')
})

test('what newly needs the officer is spoken', async ({ folder, openWorkstation }) => {
  const { page } = await openWorkstation({ folder, args: alone(2) })
  await openCase(page)
  await page.keyboard.press('i')
  await focusIsWithin(page, 'grid', 'Details')
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Given name' }).fill('Aled')
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'Last save' }).waitFor()
  const store = openOfficerStore(folder, MORGAN)
  store.$client
    .prepare(`UPDATE outbox SET state = 'quarantined', refused_code = 'invalid-fields', answered_at = client_at`)
    .run()
  store.$client.close()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Given name' }).fill('Ffion')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('status').getByText('1 needs you', { exact: true })).toBeAttached()
})

test('in a low window only what was asked for is prepared, and read', async ({ folder, openWorkstation }) => {
  const window = { viewport: { width: 1280, height: 640 } }
  const { page } = await openWorkstation({ folder, args: alone(30), window })
  await openDiaryRow(page)
  await page.keyboard.press('Home')
  await page.clock.install()
  await page.keyboard.press('ArrowDown')
  await page.clock.runFor(1_000)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByRole('heading', { name: 'Standing' })).toBeVisible()

  const store = openOfficerStore(folder, MORGAN, { readonly: true })
  expect(store.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'case.prepared'`).pluck().get()).toBe(1)
  store.$client.close()
})

test('an appointment that the clock made past comes to the outcomes to log by itself', async ({
  folder,
  openWorkstation,
}) => {
  const { page } = await openWorkstation({ folder, args: alone(12) })
  await page.keyboard.press('Control+5')
  await page.getByRole('heading', { level: 1, name: 'Sync' }).waitFor()
  await page.clock.install()
  await page.keyboard.press('Control+1')
  const toLog = page.getByRole('region', { name: 'Outcomes to log' }).getByRole('heading').locator('xpath=..')
  await expect(toLog).toHaveText(/^Outcomes to log\d/)
  const before = Number(/\d+/.exec((await toLog.textContent()) ?? '')?.[0])
  const store = openOfficerStore(folder, MORGAN)
  store.$client
    .prepare(
      `UPDATE appointments SET status = 'planned' WHERE (case_id, id) IN (SELECT case_id, id FROM appointments WHERE status = 'done' AND with_user_id = ? LIMIT 1)`,
    )
    .run(MORGAN)
  store.$client.close()

  await page.clock.runFor(60_000)

  await expect(toLog).toHaveText(new RegExp(`^Outcomes to log${before + 1}(\\D|$)`))
})
