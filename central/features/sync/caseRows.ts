import { and, desc, eq, gt, or, sql } from 'drizzle-orm'
import { mayAct } from '../../../shared/access/mayAct.ts'
import type { Actor } from '../../../shared/access/actor.ts'
import type { CaseRowsAnswer } from '../../../shared/sync/protocol.ts'
import { londonDate } from '../../../shared/time.ts'
import { entities, type Entity, isEntity } from '../../../shared/sync/recordTypes.ts'
import { inSnapshot, type Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { rowTable, scopeTable } from '../../db/tables.ts'
import type { SyncDeps } from './acceptOperations.ts'
import { itemsToRead, pageLimit, ROW_BYTES, takePage } from './page.ts'
import type { Row } from './pushState.ts'
import { rowColumns } from './rowStore.ts'
import { holds } from './scopeStore.ts'

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
export async function readCaseRows({ db, clock }: SyncDeps, actor: Actor, request: CaseRowsRequest): Promise<CaseRows> {
  const after = request.after === undefined ? null : openPosition(request.after)
  if (after === undefined) return 'bad-position'
  return inSnapshot(db, async tx => {
    if (!(await isInScope(tx, actor, request.caseId, clock.now()))) return 'not-found'
    const limit = pageLimit(request.limitBytes, ROW_BYTES)
    const read = await readAfter(tx, request.caseId, after, itemsToRead(limit))
    const rows = takePage(read, limit)
    const last = rows.at(-1)
    return { rows: [...rows], after: last && rows.length < read.length ? sealPosition(last) : null }
  })
}

async function isInScope(tx: Transaction, actor: Actor, caseId: string, now: number): Promise<boolean> {
  // Reference data and the user's own settings need no assignment.
  if (mayAct(actor, 'read', { caseId, assignments: [], today: londonDate(now) })) return true
  const { region, userId } = scopeTable
  const kept = await tx
    .select({ epoch: scopeTable.epoch })
    .from(scopeTable)
    .where(and(eq(region, REGION), eq(userId, actor.userId), eq(scopeTable.caseId, caseId), holds(now)))
  return kept.length > 0
}

/** Where a page ended. */
interface Position {
  readonly entity: Entity
  /** Of a contact its start; of any other record 0. */
  readonly startedAt: number
  readonly id: string
}

const sealPosition = ({ entity, id, fields: { startedAt } }: Row): string =>
  `${entity}.${entity === 'contact' ? startedAt : 0}.${id}`

function openPosition(sealed: string): Position | undefined {
  const [, entity = '', startedAt, id = ''] = /^([a-z_]+)\.(-?\d{1,15})\.([0-9A-Fa-f-]{36})$/.exec(sealed) ?? []
  return isEntity(entity) ? { entity, startedAt: Number(startedAt), id } : undefined
}

/** The rows after a position, in the order of `recordTypes` and in each type from the newest back. */
async function readAfter(
  tx: Transaction,
  caseId: string,
  after: Position | null,
  limit: number,
): Promise<readonly Row[]> {
  const order = sql.param(entities)
  const place = sql`array_position(${order}::text[], ${rowTable.entity})`
  const startedAt = sql`CASE ${rowTable.entity} WHEN 'contact' THEN (${rowTable.fields}->>'startedAt')::bigint ELSE 0 END`
  const isAfter =
    after &&
    or(
      gt(place, sql`array_position(${order}::text[], ${after.entity})`),
      and(
        eq(rowTable.entity, after.entity),
        sql`(${startedAt}, ${rowTable.id}) < (${after.startedAt}::bigint, ${after.id})`,
      ),
    )
  return tx
    .select(rowColumns)
    .from(rowTable)
    .where(and(eq(rowTable.region, REGION), eq(rowTable.caseId, caseId), isAfter ?? undefined))
    .orderBy(place, desc(startedAt), desc(rowTable.id))
    .limit(limit)
}
