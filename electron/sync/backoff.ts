import type { Random } from '../../shared/ids.ts'

const FIRST_MS = 2_000
const LONGEST_MS = 5 * 60 * 1000
const LONGEST_METERED_MS = 15 * 60 * 1000

/**
 * How long to wait after a failed try: decorrelated jitter, so that many PCs do not come back at one moment. It never
 * gives up, and never waits longer than 10 minutes, or 30 on a metered line.
 *
 * @param previousMs the wait before this one; 0 after a success.
 * @param retryAfterMs what the service asked for, if it did. Of a wait without end 5 minutes count, or 15.
 */
export function nextWaitMs(
  previousMs: number,
  random: Random,
  { retryAfterMs, isMetered }: { readonly retryAfterMs: number | null; readonly isMetered: boolean },
): number {
  const longestMs = isMetered ? LONGEST_METERED_MS : LONGEST_MS
  const ceiling = Math.min(longestMs, Math.max(FIRST_MS, previousMs) * 3)
  const jitter = Math.round(FIRST_MS + fraction(random) * (ceiling - FIRST_MS))
  return Math.min(longestMs, retryAfterMs ?? 0) + jitter
}

/** 0 up to, not including, 1. */
function fraction(random: Random): number {
  const [high = 0, low = 0] = random.bytes(2)
  return (high * 256 + low) / 65_536
}
