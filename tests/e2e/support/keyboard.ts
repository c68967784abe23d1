import { expect, type Page } from '@playwright/test'

/** Waits until this has the focus: keys go where an officer would see them go. */
export async function focused(
  page: Page,
  role: Parameters<Page['getByRole']>[0],
  name: string | RegExp,
): Promise<void> {
  await expect(page.getByRole(role, { name }).first()).toBeFocused()
}

/** Waits until something inside this has the focus. */
export async function focusIsWithin(
  page: Page,
  role: Parameters<Page['getByRole']>[0],
  name: string | RegExp,
): Promise<void> {
  await expect(page.getByRole(role, { name }).first().locator(':focus')).toHaveCount(1)
}

/** Goes from area to area until the list of that name has the focus. */
export async function goToArea(
  page: Page,
  role: Parameters<Page['getByRole']>[0],
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first()
  await wanted.waitFor()
  for (let turn = 0; turn < 12; turn++) {
    await page.keyboard.press('F6')
    if (await wanted.evaluate(element => element.contains(document.activeElement))) return
  }
  throw new Error(`F6 does not reach ${role} ${String(name)}`)
}

/** Opens the caseload with the focus on its first row. */
export async function openCaseload(page: Page): Promise<void> {
  await page.keyboard.press('Control+2')
  await focused(page, 'grid', 'Caseload')
  await expect(page.getByRole('row', { selected: true })).toBeVisible()
}
