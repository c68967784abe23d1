import type { LineReason, SyncStatus } from '../../shared/features/sync/syncContract.ts'
import type { Clock } from '../../shared/time.ts'

/** How it stands with the service right now. Kept in memory: after a start it is found out again. */
export type LineState = Pick<SyncStatus, 'reason' | 'since' | 'nextTryAt' | 'isWorking'>

export interface Line {
  readonly state: () => LineState
  /** Notes a change; `since` moves only when the reason does. */
  set(change: Partial<Omit<LineState, 'since'>>): void
}

/** @param onChange is told after each change. */
export function createLine(clock: Clock, first: LineReason, onChange: () => void): Line {
  let state: LineState = { reason: first, since: clock.now(), nextTryAt: null, isWorking: false }
  return {
    state: () => state,
    set(change) {
      const isNew = change.reason !== undefined && change.reason !== state.reason
      state = { ...state, ...change, since: isNew ? clock.now() : state.since }
      onChange()
    },
  }
}
