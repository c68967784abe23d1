import { and, asc, eq, exists, gt, gte, isNotNull, lt, max, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../../shared/access/actor.ts'
import type { PullItem, PullRequest } from '../../../shared/sync/protocol.ts'
import { inSnapshot, type Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { rowTable, scopeEventTable, scopeTable } from '../../db/tables.ts'
import type { SyncDeps } from './acceptOperations.ts'
import { type Cursor, openCursor, sealCursor } from './cursor.ts'
import { GRANT_BYTES, itemsToRead, pageLimit, ROW_BYTES, takePage } from './page.ts'
import { lastNumber, rowColumns } from './rowStore.ts'
import { holds, settleDueScopes } from './scopeStore.ts'

export interface PullDeps extends SyncDeps {
  readonly cursorSecret: string
}

export type Pulled =
  | { readonly outcome: 'page'; readonly items: PullItem[]; readonly cursor: string; readonly more: boolean }
  | { readonly outcome: 'nothing-new' }
  | { readonly outcome: 'bad-cursor' }

/** What one page is read for. */
interface Reader {
  readonly actor: Actor
  readonly now: number
  readonly limitBytes: number
  readonly from: Cursor
  /** The counter, in the snapshot that the page is read from. */
  readonly last: number
}

interface Page {
  readonly items: readonly PullItem[]
  readonly next: Cursor
  readonly more: boolean
}

/**
 * One page of what is new for this device: at its first pull the grants as they stand, from then on what came after its
 * cursor. Whatever case the calendar has taken away by then is revoked first: what its rows became meanwhile is passed over.
 */
export async function pull(
  { db, clock, cursorSecret }: PullDeps,
  actor: Actor,
  { cursor, limitBytes }: Pick<PullRequest, 'cursor' | 'limitBytes'>,
): Promise<Pulled> {
  const opened = cursor === null ? null : openCursor(cursorSecret, cursor, actor.deviceId)
  if (opened === undefined) return { outcome: 'bad-cursor' }
  const now = clock.now()
  await settleDueScopes(db, now)
  return inSnapshot(db, async tx => {
    const last = await lastNumber(tx)
    const from = opened ?? { seq: last, device: actor.deviceId, grantsAfter: '' }
    // The centre was put back from a backup and no longer has what this device has seen.
    if (from.seq > last) return { outcome: 'bad-cursor' }
    const reader = { actor, now, limitBytes, from, last }
    const page = from.grantsAfter === null ? await readNews(tx, reader) : await readGrants(tx, reader, from.grantsAfter)
    if (page.items.length === 0 && !isWorthKeeping(from, page.next)) return { outcome: 'nothing-new' }
    return { outcome: 'page', items: [...page.items], cursor: sealCursor(cursorSecret, page.next), more: page.more }
  })
}

// So many numbers of other people's cases would be looked through again at each pull.
const NUMBERS_PASSED_MAX = 1_000

const isWorthKeeping = (from: Cursor, next: Cursor): boolean =>
  from.grantsAfter !== null || next.seq - from.seq > NUMBERS_PASSED_MAX

/** The grants as they stand, by case. What changes while a device reads them page by page comes after, by its cursor. */
async function readGrants(tx: Transaction, { actor, now, limitBytes, from }: Reader, after: string): Promise<Page> {
  const limit = pageLimit(limitBytes, GRANT_BYTES)
  const { caseId, epoch, until } = scopeTable
  const scopes = await tx
    .select({ caseId, epoch, until })
    .from(scopeTable)
    .where(and(ownScopes(actor, now), gt(caseId, after)))
    .orderBy(asc(caseId))
    .limit(itemsToRead(limit))
  const open = (await openCases(tx, actor))
    .filter(one => one > after)
    .map(one => ({ caseId: one, epoch: 1, until: null }))
  const grants = [...scopes, ...open].toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1))
  const items = takePage(
    grants.map(grant => ({ kind: 'grant' as const, ...grant })),
    limit,
  )
  const more = items.length < grants.length
  return { items, more, next: { ...from, grantsAfter: more ? (items.at(-1)?.caseId ?? null) : null } }
}

/** What is in scope without an assignment: the shared reference data and the user's own settings. */
async function openCases(tx: Transaction, actor: Actor): Promise<readonly string[]> {
  const shared = await tx
    .selectDistinct({ caseId: rowTable.caseId })
    .from(rowTable)
    .where(and(eq(rowTable.region, REGION), isShared))
  return [...shared.map(one => one.caseId), `me:${actor.userId}`]
}

// Keys are in byte order, so these are the cases whose id begins with `ref:`.
const isShared = and(gte(rowTable.caseId, 'ref:'), lt(rowTable.caseId, 'ref;'))

const ownScopes = (actor: Actor, now: number): SQL | undefined =>
  and(eq(scopeTable.region, REGION), eq(scopeTable.userId, actor.userId), holds(now))

interface News {
  readonly seq: number
  readonly item: PullItem
}

/** Rows, grants and revokes after the cursor, in the order in which they were committed. */
async function readNews(tx: Transaction, reader: Reader): Promise<Page> {
  const limit = pageLimit(reader.limitBytes, ROW_BYTES)
  const read = itemsToRead(limit)
  const news = [...(await changedRows(tx, reader, read)), ...(await changedScopes(tx, reader, read))]
  const inOrder = news.toSorted((a, b) => a.seq - b.seq)
  const items = takePage(
    inOrder.map(one => one.item),
    limit,
  )
  const more = items.length < inOrder.length
  const seq = more ? (inOrder[items.length - 1]?.seq ?? reader.from.seq) : reader.last
  return { items, more, next: { ...reader.from, seq } }
}

async function changedRows(tx: Transaction, { actor, now, from }: Reader, limit: number): Promise<readonly News[]> {
  const isGranted = exists(
    tx
      .select({ one: sql`1` })
      .from(scopeTable)
      .where(and(ownScopes(actor, now), eq(scopeTable.caseId, rowTable.caseId))),
  )
  const rows = await tx
    .select(rowColumns)
    .from(rowTable)
    .where(
      and(
        eq(rowTable.region, REGION),
        gt(rowTable.version, from.seq),
        or(isGranted, isShared, eq(rowTable.caseId, `me:${actor.userId}`)),
      ),
    )
    .orderBy(asc(rowTable.version))
    .limit(limit)
  return rows.map(row => ({ seq: row.version, item: { kind: 'row', row } }))
}

/** Of each case the last event only: what it was in between is of no use to anybody. */
async function changedScopes(tx: Transaction, { actor, now, from }: Reader, limit: number): Promise<readonly News[]> {
  const { region, userId, caseId, seq, kind, epoch } = scopeEventTable
  const last = tx
    .select({ seq: max(seq).as('last_seq') })
    .from(scopeEventTable)
    .where(and(eq(region, REGION), eq(userId, actor.userId), gt(seq, from.seq)))
    .groupBy(caseId)
    .as('last')
  const events = await tx
    .select({ seq, caseId, kind, epoch, until: scopeTable.until })
    .from(last)
    .innerJoin(scopeEventTable, and(eq(region, REGION), eq(seq, last.seq)))
    .leftJoin(scopeTable, and(ownScopes(actor, now), eq(scopeTable.caseId, caseId)))
    .where(or(eq(kind, 'revoke'), isNotNull(scopeTable.caseId)))
    .orderBy(asc(seq))
    .limit(limit)
  return events.map(event => ({ seq: event.seq, item: scopeItem(event) }))
}

const scopeItem = (event: {
  readonly caseId: string
  readonly kind: 'grant' | 'revoke'
  readonly epoch: number
  readonly until: number | null
}): PullItem => {
  const { caseId, kind, epoch, until } = event
  return kind === 'grant' ? { kind, caseId, epoch, until } : { kind, caseId, epoch }
}
