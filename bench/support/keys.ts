import type { Page } from '@playwright/test'

/** Event Timing reports nothing that is faster than this, so such a key counts as this slow. */
const REPORTED_FROM_MS = 16

/** Types the keys where the focus is, each after the paint of the one before; returns the milliseconds of each to its paint. */
export async function typeKeys(page: Page, keys: readonly string[]): Promise<readonly number[]> {
  await watchKeys(page)
  for (const key of keys) {
    await page.keyboard.press(key)
    await painted(page)
  }
  return keyTimes(page, keys.length)
}

const watchKeys = (page: Page): Promise<void> =>
  page.evaluate(threshold => {
    const seen: PerformanceEventTiming[] = []
    const observer = new PerformanceObserver(list => {
      seen.push(...(list.getEntries() as PerformanceEventTiming[]))
    })
    observer.observe({ type: 'event', durationThreshold: threshold } as PerformanceObserverInit)
    Object.assign(globalThis, { keysSeen: seen, keyObserver: observer })
  }, REPORTED_FROM_MS)

const painted = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>(resolve => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            resolve()
          }),
        )
      }),
  )

/** The longest event of each key press; those that were too fast to be reported count as the threshold. */
async function keyTimes(page: Page, count: number): Promise<readonly number[]> {
  const slow = await page.evaluate(() => {
    const { keysSeen, keyObserver } = globalThis as unknown as {
      keysSeen: PerformanceEventTiming[]
      keyObserver: PerformanceObserver
    }
    keysSeen.push(...(keyObserver.takeRecords() as PerformanceEventTiming[]))
    keyObserver.disconnect()
    const byKey = Map.groupBy(
      keysSeen.filter(entry => entry.interactionId !== 0),
      entry => entry.interactionId,
    )
    return [...byKey.values()].map(entries => Math.max(...entries.map(entry => entry.duration)))
  })
  const fast = Array.from({ length: Math.max(0, count - slow.length) }, () => REPORTED_FROM_MS)
  return [...slow, ...fast]
}
