import type { Page } from '@playwright/test'
import { isSingleKey } from '../../renderer/app/keys.ts'
import { shortcuts, type ShortcutId } from '../../renderer/app/shortcuts.ts'
import { expect, test } from './support/fixtures.ts'
import { backToToday, focused, openCaseload, openDiaryRow, tabTo } from './support/keyboard.ts'
import { openWithConflicts } from './support/conflict.ts'
import { openWithRefusal } from './support/refusal.ts'
import { journeys, openNotes, openQuestions, settleJourneys } from './support/singleKeyJourneys.ts'

/** Switches single keys off where an officer does: in Help. */
async function switchOff(page: Page): Promise<void> {
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: 'Keys and settings' }).waitFor()
  await tabTo(page, 'radio', 'On')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(page.getByRole('radio', { name: 'Off' })).toBeChecked()
  await page.keyboard.press('Escape')
  await focused(page, 'listbox', /Diary/)
}

/** The single keys of the list, as a keyboard writes them. */
const letters = [
  ...new Set(
    (Object.keys(shortcuts) as ShortcutId[]).filter(isSingleKey).map(id => shortcuts[id].keys.toLowerCase()), // the keys of the list
  ),
]

async function lettersDoNothing(page: Page): Promise<void> {
  const before = await page.evaluate(() => [location.hash, document.activeElement?.outerHTML])
  for (const letter of letters) await page.keyboard.press(letter)
  await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0)
  expect(await page.evaluate(() => [location.hash, document.activeElement?.outerHTML])).toEqual(before)
  const caps = await page.locator('kbd:visible').allInnerTexts()
  expect(caps.filter(cap => cap.length === 1 && !'←→'.includes(cap))).toEqual([])
}

test('with single keys off they do nothing, and everything is done by Tab, arrows, Space and Enter', async ({
  folder,
  openWorkstation,
}) => {
  const page = await openWithRefusal(folder, openWorkstation)
  await switchOff(page)
  for (const open of [openDiaryRow, openCaseload, openNotes, openQuestions]) {
    await test.step(`letters after ${open.name}`, async () => {
      await backToToday(page)
      await open(page)
      await lettersDoNothing(page)
    })
  }
  for (const [go, ids] of journeys) {
    await test.step(ids.join(', '), async () => {
      await backToToday(page)
      await go(page)
    })
  }
})

test('with single keys off two versions are settled by Tab, arrows, Space and Enter', async ({
  folder,
  openWorkstation,
}) => {
  const page = await openWithConflicts(folder, openWorkstation)
  await switchOff(page)
  for (const [id, go] of Object.entries(settleJourneys)) {
    await test.step(id, async () => {
      await backToToday(page)
      await go(page)
    })
  }
})
