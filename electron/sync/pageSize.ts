import { PAGE_BYTES_MAX, PAGE_BYTES_MIN } from '../../shared/sync/protocol.ts'
import type { EngineClock } from '../engine/ports.ts'

/** A page should take about this long on the line as it is. */
const PAGE_MS = 8_000
const FIRST_PAGE_BYTES = 65_536

/** How large a page to ask for, from how fast the last ones came: `PAGE_BYTES_MIN` to `PAGE_BYTES_MAX`. */
export interface PageSize {
  /** @param isFull whether this answer filled its page: what is short or empty says nothing about how fast the line is. */
  measure<Reply>(
    clock: EngineClock,
    ask: (limitBytes: number) => Promise<Reply>,
    isFull: (reply: Reply) => boolean,
  ): Promise<Reply>
}

export function createPageSize(): PageSize {
  let limitBytes = FIRST_PAGE_BYTES
  return {
    async measure(clock, ask, isFull) {
      const start = clock.monotonicMs()
      const reply = await ask(limitBytes)
      const tookMs = Math.max(1, clock.monotonicMs() - start)
      const inTime = (limitBytes / tookMs) * PAGE_MS
      // A request that failed after a while asks for less next time, or a slow line would never bring a page.
      if (isFull(reply) || inTime < limitBytes) limitBytes = within(Math.min(limitBytes * 2, inTime))
      return reply
    },
  }
}

const within = (bytes: number): number => Math.round(Math.min(PAGE_BYTES_MAX, Math.max(PAGE_BYTES_MIN, bytes)))
