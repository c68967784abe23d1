import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { backToToday, focused, focusIsWithin, openCaseload, openDiaryRow, tabTo } from './support/keyboard.ts'
import { alone } from './support/office.ts'
import { isSingleKey } from '../../renderer/app/keys.ts'
import { shortcuts, type ShortcutId } from '../../renderer/app/shortcuts.ts'

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

/** Goes along a group of answers to one of them and chooses it. */
async function choose(page: Page, name: RegExp, key: 'Space' | 'Enter' = 'Space'): Promise<void> {
  const wanted = page.getByRole('radio', { name }).first()
  await wanted.waitFor()
  for (let step = 0; step < 12; step++) {
    if (await wanted.evaluate(element => element === document.activeElement)) return page.keyboard.press(key)
    await page.keyboard.press('ArrowRight')
  }
  throw new Error(`arrows do not reach ${String(name)}`)
}

const lastSave = (page: Page) => page.getByRole('region', { name: 'Last save' })

/** What an officer does without any single key, by name. */
const journeys: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async 'letters, digits and signs do nothing, and their caps are gone'(page) {
    const letters = [
      ...new Set(
        (Object.keys(shortcuts) as ShortcutId[]).filter(isSingleKey).map(id => shortcuts[id].keys.toLowerCase()), // the keys of the list
      ),
    ]
    for (const open of [openDiaryRow, openCaseload, openNotes, openQuestions]) {
      await backToToday(page)
      await open(page)
      const before = await page.evaluate(() => [location.hash, document.activeElement?.outerHTML])
      for (const letter of letters) await page.keyboard.press(letter)
      await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0)
      expect(await page.evaluate(() => [location.hash, document.activeElement?.outerHTML])).toEqual(before)
      const caps = await page.locator('kbd:visible').allInnerTexts()
      expect(caps.filter(cap => cap.length === 1 && !'←→'.includes(cap))).toEqual([])
    }
  },
  async 'a missed appointment is recorded with its reason, its note and the next one'(page) {
    await tabTo(page, 'listbox', 'Outcomes to log')
    await page.keyboard.press('Enter')
    await focusIsWithin(page, 'radiogroup', 'Outcome')
    await choose(page, /^Missed/)
    await focusIsWithin(page, 'radiogroup', 'Acceptable?')
    await choose(page, /choose a reason/)
    await focusIsWithin(page, 'radiogroup', 'Reason')
    await choose(page, /Work/, 'Enter')
    await focusIsWithin(page, 'radiogroup', 'Next appointment')
    await choose(page, /Book another/)
    await focusIsWithin(page, 'radiogroup', 'Next appointment')
    await choose(page, /Type a time/)
    await focused(page, 'textbox', 'Day and time')
    await page.keyboard.type('3w 11.20')
    await tabTo(page, 'textbox', 'Note')
    await page.keyboard.type('On shift until six.')
    await tabTo(page, 'button', /^Save$/)
    await page.keyboard.press('Enter')
    await expect(lastSave(page)).toContainText('11:20')
  },
  async 'an appointment is moved'(page) {
    await openNotes(page)
    await tabTo(page, 'listbox', 'Appointments')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Move or cancel' })).toBeFocused()
    await page.keyboard.press('Enter')
    await focused(page, 'radio', 'Move it')
    await tabTo(page, 'textbox', 'New day and time')
    await page.keyboard.type('3w 11.40')
    await tabTo(page, 'button', 'Move the appointment')
    await page.keyboard.press('Space')
    await expect(lastSave(page)).toContainText('11:40')
  },
  async 'an appointment is booked'(page) {
    await openNotes(page)
    await tabTo(page, 'button', 'New')
    await page.keyboard.press('Enter')
    await focused(page, 'textbox', 'Day and time')
    await page.keyboard.type('4w 11.50')
    await tabTo(page, 'combobox', 'Told')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, 'button', 'Book the appointment')
    await page.keyboard.press('Enter')
    await expect(lastSave(page)).toContainText('11:50')
  },
  async 'an entry is amended'(page) {
    await openNotes(page)
    await tabTo(page, 'button', 'Actions for the chosen entry')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Open or fold' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await focused(page, 'textbox', 'New text')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('He rang at nine.')
    await page.keyboard.press('Tab')
    await focused(page, 'textbox', 'Why')
    await page.keyboard.type('Wrong time')
    await tabTo(page, 'button', /^Amend$/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Last three notes' })).toContainText('He rang at nine.')
  },
  async 'a detail is edited'(page) {
    await openNotes(page)
    await tabTo(page, 'tab', 'Record')
    await page.keyboard.press('ArrowRight')
    await focusIsWithin(page, 'grid', 'Details')
    await page.keyboard.press('Enter')
    await focused(page, 'textbox', 'Given name')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Ffion')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Ffion')
  },
  async 'the caseload is sorted and filtered'(page) {
    await openCaseload(page)
    const name = page.getByRole('columnheader', { name: 'Name' })
    await tabTo(page, 'button', 'Name')
    await page.keyboard.press('Enter')
    await expect(name).toHaveAttribute('aria-sort', 'ascending')
    await tabTo(page, 'textbox', 'Filter by words')
    await page.keyboard.type('ar')
    await expect(page.getByText(/^\d+ of \d+ people$/)).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await focused(page, 'grid', 'Caseload')
    await page.keyboard.press('Enter')
    await focusIsWithin(page, 'region', 'Last three notes')
  },
}

test('with single keys off everything is done by Tab, arrows, Space and Enter', async ({ folder, openWorkstation }) => {
  test.setTimeout(120_000)
  const { page } = await openWorkstation({ folder, args: alone() })
  await switchOff(page)
  for (const [name, go] of Object.entries(journeys)) {
    await test.step(name, async () => {
      await backToToday(page)
      await go(page)
    })
  }
})

async function openNotes(page: Page): Promise<void> {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
}

async function openQuestions(page: Page): Promise<void> {
  await tabTo(page, 'listbox', 'Outcomes to log')
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'radiogroup', 'Outcome')
}
