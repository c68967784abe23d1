import { countOperations } from '../../db/outbox/sendQueue.ts'
import { readSyncNumber } from '../../db/sync/syncState.ts'
import type { DeviceReport } from '../../shared/sync/protocol.ts'
import type { SyncDeps } from './syncDeps.ts'

/** What this PC tells the centre of itself with each look for news. The time is by the centre's clock. */
export function deviceReport({ db, version }: Pick<SyncDeps, 'db' | 'version'>): DeviceReport {
  const unsent = countOperations(db, 'unsent')
  const clockAheadMs = readSyncNumber(db, 'clockAheadMs') ?? 0
  return {
    unsent: unsent.count,
    oldestUnsentAt: unsent.oldestAt === null ? null : unsent.oldestAt - clockAheadMs,
    refused: countOperations(db, 'refused').count,
    appVersion: version,
  }
}
