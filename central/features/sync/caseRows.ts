import { mayAct } from '../../../shared/access/mayAct.ts'
import type { Actor } from '../../../shared/access/actor.ts'
import type { CaseRowsAnswer } from '../../../shared/sync/protocol.ts'
import { londonDate } from '../../../shared/time.ts'
import { isEntity } from '../../../shared/sync/recordTypes.ts'
import type { SyncDeps } from './acceptOperations.ts'
import { itemsToRead, pageLimit, ROW_BYTES, takePage } from './page.ts'
import type { Row } from './pushState.ts'
import type { Position, SyncReader } from './syncStore.ts'

interface CaseRowsRequest {
  readonly caseId: string
  /** As an earlier page gave it; undefined for the start. */
  readonly after: string | undefined
  readonly limitBytes: number
}

/** `not-found`: there is no such case, or this user may not read it. Nobody can tell which. */
export type CaseRows = CaseRowsAnswer | 'not-found' | 'bad-position'

/**
 * One page of a case as it stands: what the header needs first, then contacts from the newest back. What changes while a
 * device reads page by page comes to it by its cursor.
 */
export async function readCaseRows(
  { store, clock }: SyncDeps,
  actor: Actor,
  request: CaseRowsRequest,
): Promise<CaseRows> {
  const after = request.after === undefined ? null : openPosition(request.after)
  if (after === undefined) return 'bad-position'
  return store.read(async tx => {
    if (!(await isInScope(tx, actor, request.caseId, clock.now()))) return 'not-found'
    const limit = pageLimit(request.limitBytes, ROW_BYTES)
    const read = await tx.listRowsOfCase(request.caseId, after, itemsToRead(limit))
    const rows = takePage(read, limit)
    const last = rows.at(-1)
    return { rows: [...rows], after: last && rows.length < read.length ? sealPosition(last) : null }
  })
}

async function isInScope(tx: SyncReader, actor: Actor, caseId: string, now: number): Promise<boolean> {
  // Reference data and the user's own settings need no assignment.
  if (mayAct(actor, 'read', { caseId, assignments: [], today: londonDate(now) })) return true
  return tx.isInScope({ userId: actor.userId, now }, caseId)
}

const sealPosition = ({ entity, id, fields: { startedAt } }: Row): string =>
  `${entity}.${entity === 'contact' ? startedAt : 0}.${id}`

function openPosition(sealed: string): Position | undefined {
  const [, entity = '', startedAt, id = ''] = /^([a-z_]+)\.(-?\d{1,15})\.([0-9A-Fa-f-]{36})$/.exec(sealed) ?? []
  return isEntity(entity) ? { entity, startedAt: Number(startedAt), id } : undefined
}
