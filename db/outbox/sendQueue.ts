import { and, asc, count, countDistinct, desc, eq, inArray, lt, min, sql, type SQL } from 'drizzle-orm'
import type { Operation } from '../../shared/sync/protocol.ts'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { readSyncNumber, writeSyncFact } from '../sync/syncState.ts'
import { outboxTable } from './outboxTable.ts'
import { ASIDE_LONGEST_MS } from './setAside.ts'

type QueuedOperation = typeof outboxTable.$inferSelect

/** Operations that go out together, each with its place in the outbox. */
export interface Batch {
  readonly incarnation: number
  readonly places: readonly number[]
  readonly operations: readonly Operation[]
  /** Whether the service failed over them before. */
  readonly hasFailed: boolean
}

interface BatchLimits {
  readonly now: number
  readonly operationsMax: number
  /** Largest body of all operations together, in characters of JSON; one action goes out however large it is. */
  readonly charactersMax: number
  /** An operation held back for longer than this was held by a clock that has since been put back. */
  readonly heldMsMax: number
}

/** Something on the same record was refused: this cannot go out before that is mended. */
export const isBehindRefused = sql`EXISTS (
  SELECT 1 FROM outbox AS refused WHERE refused.case_id = ${outboxTable.caseId}
  AND refused.entity = ${outboxTable.entity} AND refused.id = ${outboxTable.id} AND refused.state = 'quarantined')`

/** Not set aside, nor behind what is on the same record. */
const isSendable = sql`NOT ${isAside(sql.raw('outbox'))} AND NOT EXISTS (
  SELECT 1 FROM outbox AS earlier WHERE earlier.case_id = ${outboxTable.caseId}
  AND earlier.entity = ${outboxTable.entity} AND earlier.id = ${outboxTable.id} AND earlier.place < ${outboxTable.place}
  AND earlier.state IN ('pending', 'sending', 'retry') AND ${isAside(sql.raw('earlier'))})`

function isAside(table: SQL): SQL {
  const now = sql.placeholder('now')
  return sql`(${table}.aside_until > ${now} AND ${table}.aside_until <= ${now} + ${ASIDE_LONGEST_MS})`
}

// Written out so that the partial index on unsent work is used; Drizzle's lists would become parameters.
const isUnsent = sql`${outboxTable.state} IN ('pending', 'sending', 'retry')`
const isWaiting = sql`${isUnsent} AND NOT ${isBehindRefused} AND ${isSendable}`

const statements = prepareOnce(db => ({
  waiting: db
    .select()
    .from(outboxTable)
    .where(isWaiting)
    .orderBy(asc(outboxTable.place))
    .limit(sql.placeholder('limit'))
    .prepare(),
  // Asked at every look of the loop.
  next: db
    .select({ notBefore: outboxTable.notBefore })
    .from(outboxTable)
    .where(isWaiting)
    .orderBy(asc(outboxTable.place))
    .prepare(),
  send: db
    .update(outboxTable)
    .set({
      state: 'sending',
      attempts: sql`${outboxTable.attempts} + 1`,
      n: sql`${sql.placeholder('n')}`,
      incarnation: sql`${sql.placeholder('incarnation')}`,
    })
    .where(eq(outboxTable.place, sql.placeholder('place')))
    .prepare(),
}))

/** An action has fewer operations than these. */
const ACTION_OPERATIONS_MAX = 20

/**
 * Picks the oldest operations that are due, whole actions at a time, numbers them and marks them as going out. There is one
 * request at a time: what an earlier one left as going out, because its answer could not be stored, is picked again.
 *
 * Left behind: what can still be undone, and what follows a refused operation on the same row. What the service failed over
 * goes alone, when nothing else is due.
 *
 * @returns undefined when nothing is due.
 */
export function takeBatch(tx: Transaction, limits: BatchLimits): Batch | undefined {
  const incarnation = readSyncNumber(tx, 'incarnation') ?? 1
  const { due, failing } = listDue(tx, limits)
  const [again = []] = listActions(failing, incarnation)
  const picked = due.length > 0 ? withinLimits(listActions(due, incarnation), limits) : again
  if (picked.length === 0) return undefined
  let nextN = readSyncNumber(tx, 'nextN') ?? 1
  const numbered = picked.map(operation => {
    const n = numberOf(operation, incarnation) ?? nextN++
    statements(tx).send.run({ place: operation.place, n, incarnation })
    return { ...operation, n }
  })
  writeSyncFact(tx, 'nextN', nextN)
  return {
    incarnation,
    places: numbered.map(one => one.place),
    operations: numbered.map(toWire),
    hasFailed: due.length === 0,
  }
}

/** When the oldest operation that can be sent is due, or was; undefined when there is none. */
export const nextDueAt = (db: Database, now: number): number | undefined => statements(db).next.get({ now })?.notBefore

interface Due {
  readonly due: readonly QueuedOperation[]
  /** Those that the service failed over before. */
  readonly failing: readonly QueuedOperation[]
}

function listDue(tx: Transaction, { now, operationsMax, heldMsMax }: BatchLimits): Due {
  const held = new Set<string>()
  const due: QueuedOperation[] = []
  const failing: QueuedOperation[] = []
  for (const operation of statements(tx).waiting.all({ limit: operationsMax * 2 + ACTION_OPERATIONS_MAX, now })) {
    const waitMs = operation.notBefore - now
    const canBeUndone = waitMs > 0 && waitMs <= heldMsMax
    // What follows on the same row keeps its order: it waits too.
    const waits = canBeUndone || held.has(rowName(operation))
    if (!waits && operation.failures === 0) due.push(operation)
    else held.add(rowName(operation))
    if (!waits && operation.failures > 0) failing.push(operation)
  }
  return { due, failing }
}

const rowName = ({ caseId, entity, id }: QueuedOperation): string => `${caseId} ${entity} ${id}`

/**
 * What goes out together. What has gone out before comes first, by its number: the centre takes a number that is lower than
 * the one before it for a copy of the store.
 */
function listActions(due: readonly QueuedOperation[], incarnation: number): readonly QueuedOperation[][] {
  const n = (one: QueuedOperation): number => numberOf(one, incarnation) ?? Infinity
  const { again = [], first = [] } = Object.groupBy(due, one => (n(one) === Infinity ? 'first' : 'again'))
  return [again.toSorted((a, b) => n(a) - n(b)), first].flatMap(part => [
    ...Map.groupBy(part, one => one.actionId).values(),
  ])
}

const numberOf = (one: QueuedOperation, incarnation: number): number | null =>
  one.incarnation === incarnation ? one.n : null

/** As many whole actions as fit; at least one. */
function withinLimits(actions: readonly QueuedOperation[][], limits: BatchLimits): readonly QueuedOperation[] {
  const picked: QueuedOperation[] = []
  let characters = 0
  for (const action of actions) {
    const size = JSON.stringify(action.map(one => one.body)).length
    const isFull = picked.length + action.length > limits.operationsMax || characters + size > limits.charactersMax
    if (picked.length > 0 && isFull) break
    picked.push(...action)
    characters += size
  }
  return picked
}

function toWire(operation: QueuedOperation & { readonly n: number }): Operation {
  const { opId, actionId, n, type, caseId, id, body, reason, clientAt, serverSeenAt, serverSeenAgoMs } = operation
  const serverSeen = serverSeenAt === null ? null : { at: serverSeenAt, agoMs: serverSeenAgoMs ?? 0 }
  return { opId, actionId, n, type, caseId, id, body, reason, clientAt, serverSeen }
}

/** After a request without an answer: it has gone out, so it is sent again under the same numbers. */
export function markUnanswered(tx: Transaction, places: readonly number[]): void {
  tx.update(outboxTable)
    .set({ state: 'retry' })
    .where(and(inArray(outboxTable.place, [...places]), eq(outboxTable.state, 'sending')))
    .run()
}

/** At the start: whatever was going out when this PC stopped is sent again. */
export function resetSending(tx: Transaction): void {
  tx.update(outboxTable).set({ state: 'retry' }).where(eq(outboxTable.state, 'sending')).run()
}

/** After the centre gave this PC a new incarnation: numbers start again, operations keep their ids. */
export function startIncarnation(tx: Transaction, incarnation: number): void {
  writeSyncFact(tx, 'incarnation', incarnation)
  writeSyncFact(tx, 'nextN', 1)
}

/** Removes what the centre confirmed before `before`. */
export function forgetConfirmed(tx: Transaction, before: number, limit: number): number {
  const old = tx
    .select({ place: outboxTable.place })
    .from(outboxTable)
    .where(and(eq(outboxTable.state, 'acked'), lt(outboxTable.answeredAt, before)))
    .orderBy(asc(outboxTable.place))
    .limit(limit)
    .all()
    .map(one => one.place)
  if (old.length > 0) tx.delete(outboxTable).where(inArray(outboxTable.place, old)).run()
  return old.length
}

/**
 * Work that is not over. `saved`: never gone out. `sent`: no answer yet. `unsent`: both. `refused`: needs a person. `heldBack`: waits
 * behind a refused operation on the same record.
 */
type OpenWork = 'saved' | 'sent' | 'unsent' | 'refused' | 'heldBack'

interface Counted {
  readonly count: number
  /** When the oldest was saved. */
  readonly oldestAt: number | null
}

export const countActions = (db: Database, which: OpenWork): Counted => countWork(db, which, 'actions')
export const countOperations = (db: Database, which: OpenWork): Counted => countWork(db, which, 'operations')

function countWork(db: Database, which: OpenWork, what: 'actions' | 'operations'): Counted {
  const found = counts(db)[which].get()
  return { count: found?.[what] ?? 0, oldestAt: found?.oldestAt ?? null }
}

const counts = prepareOnce(db => {
  const { actionId, clientAt, state } = outboxTable
  const countThose = (where: SQL) =>
    db
      .select({ actions: countDistinct(actionId), operations: count(), oldestAt: min(clientAt) })
      .from(outboxTable)
      .where(where)
      .prepare()
  return {
    saved: countThose(sql`${isUnsent} AND ${state} = 'pending'`),
    sent: countThose(sql`${isUnsent} AND ${state} <> 'pending'`),
    unsent: countThose(isUnsent),
    refused: countThose(sql`${state} = 'quarantined'`),
    heldBack: countThose(sql`${isUnsent} AND ${isBehindRefused}`),
  }
})

/** Actions that the centre confirmed since then, and when the last was. */
export function countConfirmedSince(
  db: Database,
  since: number,
): { readonly count: number; readonly lastAt: number | null } {
  const found = db
    .select({ count: countDistinct(outboxTable.actionId), lastAt: sql<number | null>`max(${outboxTable.answeredAt})` })
    .from(outboxTable)
    .where(and(eq(outboxTable.state, 'acked'), sql`${outboxTable.answeredAt} >= ${since}`))
    .get()
  return found ?? { count: 0, lastAt: null }
}

/** Operations of the newest actions, newest first. */
export function listWork(db: Database, onlyNeedsYou: boolean, limit: number): readonly QueuedOperation[] {
  return db
    .select()
    .from(outboxTable)
    .where(onlyNeedsYou ? eq(outboxTable.state, 'quarantined') : sql`${outboxTable.state} <> 'discarded'`)
    .orderBy(desc(outboxTable.place))
    .limit(limit)
    .all()
}
