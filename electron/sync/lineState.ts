import type { LineReason, SyncStatus } from '../../shared/features/sync/syncContract.ts'
import type { Clock } from '../../shared/time.ts'

/** How it stands with the service right now. Kept in memory: after a start it is found out again. */
export type LineState = Pick<
  SyncStatus,
  'reason' | 'since' | 'answeringSince' | 'nextTryAt' | 'nextTryWhy' | 'isWorking'
>

export interface Line {
  readonly state: () => LineState
  /** Notes a change; `since` moves only when the reason does. */
  set(change: Partial<Omit<LineState, 'since' | 'answeringSince'>>): void
  /** The PC slept: how long the service has answered is not known any more. */
  slept(): void
}

/** Reasons that are no answer of the service. */
const SILENT: ReadonlySet<LineReason> = new Set([
  'never-tried',
  'no-centre',
  'unreachable',
  'timed-out',
  'not-our-service',
  'paused',
])

/** @param onChange is told after each change. */
export function createLine(clock: Clock, first: LineReason, onChange: () => void): Line {
  let state = firstLine(clock, first)
  const answeringSince = (reason: LineReason): number | null =>
    SILENT.has(reason) ? null : (state.answeringSince ?? clock.now())
  return {
    state: () => state,
    set(change) {
      const { reason } = change
      const isNew = reason !== undefined && reason !== state.reason
      state = {
        ...state,
        ...change,
        since: isNew ? clock.now() : state.since,
        answeringSince: reason === undefined ? state.answeringSince : answeringSince(reason),
      }
      onChange()
    },
    slept() {
      state = { ...state, answeringSince: null }
      onChange()
    },
  }
}

export const firstLine = (clock: Clock, reason: LineReason): LineState => ({
  reason,
  since: clock.now(),
  answeringSince: null,
  nextTryAt: null,
  nextTryWhy: null,
  isWorking: false,
})
