/** Work may lie unsent so long while the service answers. */
const WHILE_ANSWERED_MS = 15 * 60 * 1000
/** And so long at all: it is somebody's business then, whatever the line does. */
const AT_ALL_MS = 24 * 60 * 60 * 1000

interface UnsentFacts {
  /** When the oldest operation without an answer was saved; null when there is none. */
  readonly oldestUnsentAt: number | null
  /** Since when the service has answered, whatever it said; null while it does not. */
  readonly answeringSince: number | null
  readonly now: number
}

/**
 * Whether work lies unsent for too long. After hours without a line everything is old; what counts then is how long it lay
 * there while the service answered.
 */
export function findStuck({
  oldestUnsentAt,
  answeringSince,
  now,
}: UnsentFacts): 'while-answered' | 'for-a-day' | undefined {
  if (oldestUnsentAt === null) return undefined
  if (now - oldestUnsentAt > AT_ALL_MS) return 'for-a-day'
  const isHeldUp = answeringSince !== null && now - Math.max(oldestUnsentAt, answeringSince) > WHILE_ANSWERED_MS
  return isHeldUp ? 'while-answered' : undefined
}
