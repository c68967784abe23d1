import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { alone } from './support/office.ts'
import { screens } from './support/screens.ts'

const windows: Readonly<Record<string, BrowserContextOptions>> = {
  '1024 x 640': { viewport: { width: 1024, height: 640 } },
  '1280 x 800': { viewport: { width: 1280, height: 800 } },
  // A window of 1280 x 800 at 200 %: half the CSS pixels, each drawn by four.
  '1280 x 800 at 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, window] of Object.entries(windows)) {
    test(`every screen in ${colorScheme} at ${size}: axe finds nothing, nothing scrolls sideways, focus is visible`, async ({
      folder,
      openWorkstation,
    }) => {
      test.setTimeout(120_000)
      const { page } = await openWorkstation({ folder, args: alone(), window: { ...window, colorScheme } })
      const faults: string[] = []
      for (const screen of screens) {
        await test.step(screen.name, async () => {
          await page.reload()
          await page.getByRole('heading', { level: 1 }).first().waitFor()
          await page.keyboard.press('Control+1')
          await screen.open(page)
          faults.push(...(await faultsOf(page)).map(fault => `${screen.name}: ${fault}`))
        })
      }
      expect(faults).toEqual([])
    })
  }
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  return [...(await axeFaults(page)), ...(await sidewaysFaults(page)), ...(await focusFaults(page))]
}

async function axeFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} ${target.join(' ')} ${failureSummary.replaceAll('\n', ' ')}`),
  )
}

/** Nothing is wider than the window, and no part of the screen is wider than its own frame. */
const sidewaysFaults = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('html, body, body *')]
      .filter(element => {
        const { overflowX } = getComputedStyle(element)
        const scrolls = overflowX === 'auto' || overflowX === 'scroll' || element === document.documentElement
        return scrolls && element.scrollWidth > element.clientWidth
      })
      .map(element => `scrolls sideways: ${element.outerHTML.slice(0, 120)}`),
  )

/** What has the focus has an outline or a border that says so, and is in sight. */
const focusFaults = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return ['nothing has the focus']
    const { top, left, bottom, right } = element.getBoundingClientRect()
    const isInSight = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
    return isInSight ? [] : [`the focus is out of sight: ${element.outerHTML.slice(0, 120)}`]
  })
