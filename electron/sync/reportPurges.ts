import { PURGES_MAX } from '../../shared/sync/protocol.ts'
import { inTransaction } from '../../db/database.ts'
import { listPurgeReports, storePurgesAnswer } from '../../db/sync/purges.ts'
import type { SyncDeps } from './syncDeps.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/**
 * Tells the centre of which cases nothing is left here, and which are so many that it must confirm them. Safe to repeat: a
 * receipt whose answer was lost is given again.
 */
export async function reportPurges(deps: SyncDeps): Promise<Trouble | undefined> {
  const purges = listPurgeReports(deps.db, PURGES_MAX)
  if (purges.length === 0) return undefined
  const reply = await deps.client.purges({ purges: [...purges] })
  if (reply.is !== 'answer') return troubleOf(reply)
  deps.heard(reply.data.serverTime)
  inTransaction(deps.db, tx => {
    storePurgesAnswer(tx, purges, reply.data.confirmed)
  })
  return undefined
}
