import { inTransaction } from '../../db/database.ts'
import { digestOfCase, listToCompare, storeCompared } from '../../db/sync/compareCases.ts'
import { readSyncFact } from '../../db/sync/syncState.ts'
import { DIGESTS_MAX, type DigestsRequest } from '../../shared/sync/protocol.ts'
import type { SyncDeps } from './syncDeps.ts'
import type { Trouble } from './trouble.ts'

/**
 * Compares what is here of each case with what the centre has, once a day. A case that differs is fetched anew: whatever was
 * lost here, by a fault of ours or of the disk, comes back, and no other case waits for it.
 */
export async function compareCases(deps: SyncDeps): Promise<Trouble | undefined> {
  const { db, clock, timers, log } = deps
  const cursor = readSyncFact(db, 'cursor')
  const caseIds = listToCompare(db, clock.now(), DIGESTS_MAX)
  if (caseIds.length === 0 || cursor === undefined) return undefined
  const cases: DigestsRequest['cases'] = []
  for (const caseId of caseIds) {
    const steps = digestOfCase(db, caseId)
    let step = steps.next()
    for (; !step.done; step = steps.next()) await timers.yield()
    cases.push({ caseId, ...step.value })
  }
  const reply = await deps.client.digests({ cursor, cases })
  if (reply.is === 'down') return reply
  // What the centre does not compare today it compares at another time: nothing waits for it.
  const differ = reply.is === 'answer' ? reply.data.differ : []
  inTransaction(db, tx => {
    storeCompared(tx, caseIds, differ, clock.now())
  })
  if (differ.length > 0) log.write('sync.repair', { cases: differ.length })
  return undefined
}
