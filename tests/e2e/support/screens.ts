import type { Page } from '@playwright/test'
import { focused, focusIsWithin, openCaseload } from './keyboard.ts'

/** A screen or dialog, and the keys that lead to it from Today. */
export interface Screen {
  readonly name: string
  open(page: Page): Promise<void>
}

const openCase = async (page: Page): Promise<void> => {
  await openCaseload(page)
  await page.keyboard.press('Enter')
  await focusIsWithin(page, 'region', 'Last three notes')
}

/** Every screen of the product and every dialog that the demo office can reach. */
export const screens: readonly Screen[] = [
  { name: 'Today', open: page => focused(page, 'listbox', /Diary/) },
  { name: 'Caseload', open: openCaseload },
  { name: 'Case', open: openCase },
  {
    name: 'Record a contact',
    async open(page) {
      await openCaseload(page)
      await page.keyboard.press('r')
      await focused(page, 'radio', /Office visit/)
    },
  },
]
