import { expect, type Locator, type Page } from '@playwright/test'

type Role = Parameters<Page['getByRole']>[0]

/** Waits until this has the focus: keys go where an officer would see them go. */
export const focused = (page: Page, role: Role, name: string | RegExp): Promise<void> =>
  page.getByRole(role, { name }).first().and(page.locator(':focus')).waitFor({ state: 'attached' })

/** Waits until something inside this has the focus. */
export const focusIsWithin = (page: Page, role: Role, name: string | RegExp): Promise<void> =>
  page.getByRole(role, { name }).first().locator(':focus').waitFor({ state: 'attached' })

/** Goes from area to area until the list of that name has the focus. */
export async function goToArea(page: Page, role: Role, name: string | RegExp): Promise<void> {
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

/** Tabs on until this has the focus. */
export async function tabTo(page: Page, role: Role, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first()
  await wanted.waitFor()
  for (let turn = 0; turn < 80; turn++) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate(element => element === document.activeElement)) return
  }
  throw new Error(`Tab does not reach ${role} ${String(name)}`)
}

/** Presses a key until this is so: for lists whose length is not known. */
export async function pressUntil(page: Page, key: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 80; turn++) {
    if (await isSo()) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} never gets there`)
}

/** Opens Find and types at once, as an officer does. */
export async function typeIntoFind(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(text)
  await expect(page.getByRole('combobox')).toHaveValue(text)
}

/** What a reader was told last. */
export const status = (page: Page): Locator => page.getByRole('status').getByRole('paragraph').last()

/** The diary at a day with an appointment: offices are closed on some. */
export async function openDiaryRow(page: Page): Promise<void> {
  await goToDay(page, 'ArrowRight', page.getByRole('listbox', { name: /Diary/ }).getByRole('option').first())
}

/** Goes from day to day until this is in the diary. */
export async function goToDay(page: Page, key: 'ArrowLeft' | 'ArrowRight', wanted: Locator): Promise<void> {
  await focused(page, 'listbox', /Diary/)
  for (let day = 0; day < 20; day++) {
    if (await wanted.isVisible()) return
    await turnDay(page, key)
  }
  throw new Error(`${key} does not lead to ${String(wanted)}`)
}

/** The rows of one day stay until those of the next are there. */
async function turnDay(page: Page, key: 'ArrowLeft' | 'ArrowRight'): Promise<void> {
  const title = page.getByRole('heading', { level: 1 })
  const before = await title.innerText()
  const rows = await page.getByRole('listbox', { name: /Diary/ }).getByRole('option').all()
  const old = await Promise.all(rows.map(row => row.getAttribute('id')))
  await page.keyboard.press(key)
  await expect(title).not.toHaveText(before)
  const isOther = old.map(id => `:not([id="${id ?? ''}"])`).join('')
  const other = page.getByRole('listbox', { name: /Diary/ }).locator(`[role="option"]${isOther}`)
  await other
    .first()
    .or(page.getByText(`Nothing in the diary on ${await title.innerText()}.`))
    .waitFor()
}

const isOnToday = (page: Page): boolean => ['', '/'].includes(new URL(page.url()).hash.slice(1).split('?')[0] ?? '')

/** Closes what lies over the screen and comes to Today anew, as an officer does between two people. */
export async function backToToday(page: Page): Promise<void> {
  const layers = page.locator('[aria-modal="true"], [role="menu"]')
  await pressUntil(page, 'Escape', async () => (await layers.count()) === 0)
  if (isOnToday(page)) {
    // It would stay as it is, on another day perhaps.
    await page.keyboard.press('Control+5')
    await page.getByRole('heading', { level: 1, name: 'Sync' }).waitFor()
  }
  await page.keyboard.press('Control+1')
  await focused(page, 'listbox', /Diary/)
}
