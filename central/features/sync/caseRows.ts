import { mayAct } from '../../../shared/access/mayAct.ts'
import type { Actor } from '../../../shared/access/actor.ts'
import type { CaseRows, CaseRowsAnswer, CaseRowsRequest } from '../../../shared/sync/protocol.ts'
import { londonDate } from '../../../shared/time.ts'
import { isEntity } from '../../../shared/sync/recordTypes.ts'
import type { SyncDeps } from './acceptOperations.ts'
import { bytesOf, itemsToRead, pageLimit, ROW_BYTES, takePage } from './page.ts'
import type { Row } from './pushState.ts'
import type { Position, SyncReader } from './syncStore.ts'

type Wanted = Pick<CaseRowsRequest, 'cases' | 'limitBytes'>

/** The place of the case whose position is none. */
interface BadPosition {
  readonly badPosition: number
}

/**
 * One page of the rows of these cases as they stand: of each what the header needs first, then contacts from the newest
 * back, and when a case is complete the next one. What changes while a device reads page by page comes to it by its cursor.
 * Nobody can tell a case that does not exist from one that they may not read.
 */
export async function readCaseRows(
  { store, clock }: SyncDeps,
  actor: Actor,
  { cases, limitBytes }: Wanted,
): Promise<CaseRowsAnswer | BadPosition> {
  const wanted = cases.map(({ caseId, after }) => ({ caseId, after: after === null ? null : openPosition(after) }))
  const badPosition = wanted.findIndex(one => one.after === undefined)
  if (badPosition >= 0) return { badPosition }
  return store.read(async tx => {
    const page: { cases: CaseRows[]; notFound: string[] } = { cases: [], notFound: [] }
    let leftBytes = limitBytes
    for (const { caseId, after } of wanted) {
      if (!(await isInScope(tx, actor, caseId, clock.now()))) {
        page.notFound.push(caseId)
        continue
      }
      const one = await readRows(tx, caseId, after ?? null, leftBytes)
      leftBytes -= bytesOf(one.rows)
      // A row larger than a whole page must still come through, as the first of its page.
      if (leftBytes < 0 && page.cases.length > 0) break
      page.cases.push(one)
      if (one.after !== null || leftBytes <= 0) break
    }
    return page
  })
}

async function readRows(tx: SyncReader, caseId: string, after: Position | null, bytes: number): Promise<CaseRows> {
  const limit = pageLimit(bytes, ROW_BYTES)
  const read = await tx.listRowsOfCase(caseId, after, itemsToRead(limit))
  const rows = takePage(read, limit)
  const last = rows.at(-1)
  return { caseId, rows: [...rows], after: last && rows.length < read.length ? sealPosition(last) : null }
}

/** Whether this user may read the case now. */
export async function isInScope(tx: SyncReader, actor: Actor, caseId: string, now: number): Promise<boolean> {
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
