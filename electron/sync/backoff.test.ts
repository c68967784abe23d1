import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aRandom } from '../../tests/support/ports.ts'
import { nextWaitMs } from './backoff.ts'

const random = aRandom()
const FIVE_MINUTES_MS = 300_000

describe('the wait after a failed try', () => {
  it.each([
    ['5 minutes', false, FIVE_MINUTES_MS],
    ['15 minutes on a metered line', true, 3 * FIVE_MINUTES_MS],
  ])('is 2 seconds to %s, whatever it was before, and differs from one PC to the next', (_, isMetered, longestMs) => {
    const waits = new Set<number>()
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), previousMs => {
        const waitMs = nextWaitMs(previousMs, random, { retryAfterMs: null, isMetered })
        waits.add(waitMs)
        expect(waitMs).toBeGreaterThanOrEqual(2_000)
        expect(waitMs).toBeLessThanOrEqual(Math.min(longestMs, Math.max(2_000, previousMs) * 3))
      }),
    )
    expect(waits.size).toBeGreaterThan(50)
  })

  it.each([
    ['what the service asked for and a little more', 60_000, 62_000, 66_000],
    ['no longer than 5 minutes and a little more, whatever was asked for', 1e12, 302_000, 306_000],
  ])('is %s', (_, retryAfterMs, least, most) => {
    const waitMs = nextWaitMs(0, random, { retryAfterMs, isMetered: false })

    expect(waitMs).toBeGreaterThanOrEqual(least)
    expect(waitMs).toBeLessThanOrEqual(most)
  })
})
