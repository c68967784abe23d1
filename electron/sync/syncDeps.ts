import type { Database } from '../../db/database.ts'
import type { EngineClock, Log, Timers } from '../engine/ports.ts'
import type { CentralClient } from './centralClient.ts'

/** What the steps of sync share. */
export interface SyncDeps {
  readonly db: Database
  readonly client: CentralClient
  readonly clock: EngineClock
  readonly timers: Timers
  readonly log: Log
  /** Of the application. */
  readonly version: string
  /** The centre was reached, and told its time; null where it only said that there is nothing new. */
  readonly heard: (serverTime: number | null) => void
  /** Rows of these cases were stored. */
  readonly rowsChanged: (caseIds: readonly string[]) => void
}
