import type { Reference } from '../shared/features/reference/reference.ts'
import type { Changed } from '../shared/ipc/contract.ts'
import type { Clock } from '../shared/time.ts'
import type { Database } from '../db/database.ts'
import { settleDue } from '../db/summary/settleDue.ts'

/** Brings lists up to date before one is read: so many things at most. The window asks again for what was left. */
export type SettleLists = (limit?: number) => void

interface SettleListsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
  readonly changed: (changed: Changed) => void
}

const BEFORE_A_LIST = 20

export function createSettleLists({ db, clock, reference, changed }: SettleListsDeps): SettleLists {
  return (limit = BEFORE_A_LIST) => {
    if (!settleDue(db, reference, clock.now(), limit)) return
    changed({ topic: 'caseload' })
    changed({ topic: 'diary' })
  }
}
