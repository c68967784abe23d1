import { describe, expect, it } from 'vitest'
import { PAGE_BYTES_MAX, PAGE_BYTES_MIN } from '../../shared/sync/protocol.ts'
import { aClock } from '../../tests/support/ports.ts'
import { createPageSize } from './pageSize.ts'

/** A line on which each page takes its time; what it is asked for, page by page. */
function aLineOf(isFull: boolean) {
  const clock = aClock()
  const pages = createPageSize()
  return async (...tookMs: readonly number[]): Promise<readonly number[]> => {
    const asked: number[] = []
    for (const took of tookMs) {
      const ask = (limitBytes: number) => {
        asked.push(limitBytes)
        clock.forward(took)
        return Promise.resolve()
      }
      await pages.measure(clock, ask, () => isFull)
    }
    return asked
  }
}

describe('the size of the next page', () => {
  it('doubles while full pages come quickly, up to the largest', async () => {
    expect(await aLineOf(true)(100, 100, 100, 100)).toEqual([65_536, 131_072, PAGE_BYTES_MAX, PAGE_BYTES_MAX])
  })

  it('is what the line brings in 8 seconds', async () => {
    expect(await aLineOf(true)(16_000, 8_000, 4_000, 1)).toEqual([65_536, 32_768, 32_768, 65_536])
  })

  it('stays as it is after an answer that was short, empty or failed at once: that says nothing about the line', async () => {
    expect(await aLineOf(false)(1, 700, 8_000, 1)).toEqual([65_536, 65_536, 65_536, 65_536])
  })

  it('falls after requests that failed after a long time, down to the smallest', async () => {
    expect(await aLineOf(false)(45_000, 45_000, 45_000)).toEqual([65_536, 11_651, PAGE_BYTES_MIN])
  })
})
