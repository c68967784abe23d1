import { expect, type Page } from '@playwright/test'
import { focused, openCaseload } from './keyboard.ts'

/** Opens a call with the first person of the caseload and types into its note. */
export async function startNote(page: Page, note: string): Promise<void> {
  await openCaseload(page)
  await page.keyboard.press('r')
  await focused(page, 'radio', /Office visit/)
  await page.keyboard.press('2')
  await focused(page, 'textbox', 'Note')
  await page.keyboard.type(note)
}

export async function draftIsKept(page: Page): Promise<void> {
  await expect(page.getByText(/Draft kept on this PC/)).toBeVisible()
}

/** Finds it by its words. */
export async function noteIsInTheCase(page: Page, note: string): Promise<void> {
  await openCaseload(page)
  await page.keyboard.press('Control+k')
  await focused(page, 'combobox', /./)
  await page.keyboard.type(`#${note}`)
  await expect(page.getByRole('option', { name: new RegExp(note.slice(0, 15)) }).first()).toBeVisible()
}
