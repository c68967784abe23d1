import type { Changed } from '../../shared/ipc/contract.ts'
import type { Timers } from './ports.ts'

/** The window hears of one topic at most this often while rows come in. */
const GAP_MS = 250

/** Gathers what changed and tells the window at once, then at most four times a second a topic and case. */
export function createChanges(timers: Timers, tell: (changed: Changed) => void): (changed: Changed) => void {
  const waiting = new Map<string, Changed | null>()
  return function changed(change) {
    const key = `${change.topic} ${change.topic === 'case' ? (change.caseId ?? '') : ''}`
    if (waiting.has(key)) {
      waiting.set(key, change)
      return
    }
    waiting.set(key, null)
    tell(change)
    timers.after(GAP_MS, () => {
      const next = waiting.get(key)
      waiting.delete(key)
      if (next) changed(next)
    })
  }
}
