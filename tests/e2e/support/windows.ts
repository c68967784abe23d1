import type { Page } from '@playwright/test'
import { faultsOf } from './faults.ts'
import type { Screen } from './screens.ts'
import { tabFaults } from './tabWalk.ts'

/** The windows in which everything must look right. */
export const windows = {
  '1024 x 640': { viewport: { width: 1024, height: 640 } },
  '1280 x 800': { viewport: { width: 1280, height: 800 } },
  // A window of 1280 x 800 at 200 %: half the CSS pixels, each drawn by four.
  '1280 x 800 at 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
}

/** What is wrong with a screen that is opened anew in each window, in sentences. */
export async function faultsInEveryWindow(page: Page, { name, open }: Screen): Promise<readonly string[]> {
  const faults: string[] = []
  for (const [size, { viewport }] of Object.entries(windows)) {
    await page.setViewportSize(viewport)
    await open(page)
    const found = [...(await faultsOf(page)), ...(await tabFaults(page))]
    faults.push(...found.map(fault => `${name}, ${size}: ${fault}`))
  }
  return faults
}
