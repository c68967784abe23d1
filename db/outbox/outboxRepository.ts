import { isDeepStrictEqual } from 'node:util'
import { and, asc, eq, inArray, max, sql } from 'drizzle-orm'
import type { Contact } from '../../shared/features/contacts/contact.ts'
import { operationType, readOperationType, type OperationBody } from '../../shared/sync/protocol.ts'
import { invariant } from '../../shared/result.ts'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { keyOf, type RowKey } from '../records/recordStore.ts'
import { refreshRow, shadowRow } from './shadow.ts'
import { outboxTable } from './outboxTable.ts'

/** One operation, as a service decides it. */
export interface NewOperation {
  readonly opId: string
  readonly type: string
  readonly caseId: string
  readonly id: string
  readonly body: OperationBody
  readonly reason?: string | null
  /** The refused operation on the same record that this one says better: it goes out in its place. */
  readonly inPlaceOf?: string
}

export interface RefusedContact {
  readonly opId: string
  readonly type: string
  readonly id: string
  readonly fields: Contact
  /** False once it was discarded. */
  readonly waits: boolean
}

/** What all operations of one action share. */
export interface ActionFacts {
  readonly actionId: string
  readonly clientAt: number
  readonly notBefore: number
  readonly serverSeen: { readonly at: number; readonly agoMs: number } | null
}

const statements = prepareOnce(db => ({
  ofRow: db
    .select({ opId: outboxTable.opId, state: outboxTable.state, body: outboxTable.body })
    .from(outboxTable)
    .where(
      and(
        eq(outboxTable.caseId, sql.placeholder('caseId')),
        eq(outboxTable.entity, sql.placeholder('entity')),
        eq(outboxTable.id, sql.placeholder('id')),
      ),
    )
    .orderBy(asc(outboxTable.place))
    .prepare(),
  unsentOfAction: db
    .select()
    .from(outboxTable)
    .where(
      and(
        eq(outboxTable.actionId, sql.placeholder('actionId')),
        inArray(outboxTable.state, ['pending', 'sending', 'retry']),
      ),
    )
    .orderBy(asc(outboxTable.place))
    .prepare(),
  add: db
    .insert(outboxTable)
    .values({
      place: sql.placeholder('place'),
      opId: sql.placeholder('opId'),
      actionId: sql.placeholder('actionId'),
      type: sql.placeholder('type'),
      entity: sql.placeholder('entity'),
      caseId: sql.placeholder('caseId'),
      id: sql.placeholder('id'),
      body: sql.placeholder('body'),
      reason: sql.placeholder('reason'),
      clientAt: sql.placeholder('clientAt'),
      serverSeenAt: sql.placeholder('serverSeenAt'),
      serverSeenAgoMs: sql.placeholder('serverSeenAgoMs'),
      notBefore: sql.placeholder('notBefore'),
      state: 'pending',
      attempts: 0,
    })
    .prepare(),
}))

type OperationName = Pick<NewOperation, 'opId' | 'type' | 'caseId' | 'id'>

/** Whether this operation was queued before: the same form saved twice is saved once. */
export const isQueued = (db: Database, operation: OperationName): boolean => findQueued(db, operation) !== undefined

/** Whether it was queued before and says now what it said then. What it is based on may have moved on. */
export function isQueuedAs(db: Database, operation: NewOperation): boolean {
  const queued = findQueued(db, operation)
  return queued !== undefined && isDeepStrictEqual(fieldsOf(queued), fieldsOf(operation.body))
}

function findQueued(db: Database, { opId, type, caseId, id }: OperationName): OperationBody | undefined {
  const entity = readOperationType(type)?.entity
  return statements(db)
    .ofRow.all({ caseId, entity, id })
    .find(one => one.opId === opId)?.body
}

const fieldsOf = (body: OperationBody): unknown =>
  'create' in body ? body.create : Object.fromEntries(body.patch.map(({ field, value }) => [field, value]))

/** Queues the operations of one action and shows their effect, both or neither. */
export function queueAction(tx: Transaction, facts: ActionFacts, operations: readonly NewOperation[]): void {
  for (const operation of operations) queueOperation(tx, facts, operation)
}

function queueOperation(tx: Transaction, facts: ActionFacts, operation: NewOperation): void {
  const type = readOperationType(operation.type)
  invariant(type, 'services queue only operations that this version knows')
  const key = rowOf({ ...operation, entity: type.entity })
  shadowRow(tx, key)
  const place =
    operation.inPlaceOf === undefined ? null : leavePlace(tx, operation.inPlaceOf, facts.actionId, operation.opId)
  statements(tx).add.run({
    ...operation,
    // What is said better rests on what it rested on; what waits behind it came later.
    body: place === null ? withOwnBase(tx, key, operation.body) : operation.body,
    place,
    entity: type.entity,
    reason: operation.reason ?? null,
    actionId: facts.actionId,
    clientAt: facts.clientAt,
    notBefore: facts.notBefore,
    serverSeenAt: facts.serverSeen?.at ?? null,
    serverSeenAgoMs: facts.serverSeen?.agoMs ?? null,
  })
  refreshRow(tx, key)
}

/**
 * Takes a refused operation out of the queue for one that says it better. What waits behind it on the same record rests on
 * that one from now on.
 *
 * @returns its place.
 */
function leavePlace(tx: Transaction, refusedOpId: string, mendedBy: string, opId: string): number {
  const refused = findOperation(tx, refusedOpId)
  invariant(refused?.state === 'quarantined', 'only what was refused is sent again in its place')
  const last =
    tx
      .select({ place: max(outboxTable.place) })
      .from(outboxTable)
      .get()?.place ?? 0
  tx.update(outboxTable)
    .set({ place: last + 1, state: 'discarded', mendedBy })
    .where(eq(outboxTable.place, refused.place))
    .run()
  restOn(tx, refused, refusedOpId, opId)
  forgetNumbers(tx, refused)
  return refused.place
}

/** Unsent changes of this record that rest on one operation rest on the other from now on. */
function restOn(tx: Transaction, { caseId, entity, id }: QueuedOperation, from: string, to: string): void {
  const later = tx.select().from(outboxTable).where(isUnsentOn({ caseId, entity, id })).all()
  for (const { place, body } of later) {
    if ('create' in body) continue
    const patch = body.patch.map(one => (one.baseOp === from ? { ...one, baseOp: to } : one))
    tx.update(outboxTable).set({ body: { patch } }).where(eq(outboxTable.place, place)).run()
  }
}

/** Others overtake what waits on this row, and the centre takes a number below theirs for a copy of the store. */
export function forgetNumbers(tx: Transaction, row: QueuedOperation): void {
  tx.update(outboxTable).set({ n: null, incarnation: null }).where(isUnsentOn(row)).run()
}

const isUnsentOn = ({ caseId, entity, id }: Pick<QueuedOperation, 'caseId' | 'entity' | 'id'>) =>
  and(
    eq(outboxTable.caseId, caseId),
    eq(outboxTable.entity, entity),
    eq(outboxTable.id, id),
    inArray(outboxTable.state, ['pending', 'retry']),
  )

/** Says of each changed field whether it rests on this PC's own unsent operation, which the centre has not seen yet. */
function withOwnBase(tx: Transaction, { entity, caseId, id }: RowKey, body: OperationBody): OperationBody {
  if ('create' in body) return body
  const unsent = statements(tx)
    .ofRow.all({ caseId, entity, id })
    .filter(one => one.state === 'pending' || one.state === 'sending' || one.state === 'retry')
  const patch = body.patch.map(one => {
    const own = unsent.findLast(earlier => changes(earlier.body, one.field))
    return { ...one, baseOp: own?.opId ?? null }
  })
  return { ...body, patch }
}

const changes = (body: OperationBody, field: string): boolean =>
  'create' in body || body.patch.some(one => one.field === field)

type QueuedOperation = typeof outboxTable.$inferSelect

/** The row that an operation is about. */
export const rowOf = ({
  entity,
  caseId,
  id,
  body,
}: Pick<QueuedOperation, 'entity' | 'caseId' | 'id' | 'body'>): RowKey =>
  keyOf(entity, caseId, id, 'create' in body ? body.create : null)

/** The operations of an action of which nothing has been answered, in order. */
export const listUnsentOfAction = (db: Database, actionId: string): readonly QueuedOperation[] =>
  statements(db).unsentOfAction.all({ actionId })

/**
 * Takes an action back as if it had never been: only while none of it has gone out.
 *
 * @returns the refused operation that the action mended; it waits for the officer again.
 */
export function removeAction(tx: Transaction, actionId: string): QueuedOperation | undefined {
  const operations = listUnsentOfAction(tx, actionId)
  invariant(
    operations.every(one => one.state === 'pending'),
    'only unsent work is undone',
  )
  tx.delete(outboxTable).where(eq(outboxTable.actionId, actionId)).run()
  for (const operation of operations.toReversed()) refreshRow(tx, rowOf(operation))
  const mended = tx
    .select()
    .from(outboxTable)
    .where(and(eq(outboxTable.caseId, operations[0]?.caseId ?? ''), eq(outboxTable.mendedBy, actionId)))
    .get()
  if (!mended) return undefined
  const better = operations.find(one => one.entity === mended.entity && one.id === mended.id)
  tx.update(outboxTable)
    .set({ state: 'quarantined', mendedBy: null, ...(better && { place: better.place }) })
    .where(eq(outboxTable.place, mended.place))
    .run()
  if (better) restOn(tx, mended, better.opId, mended.opId)
  refreshRow(tx, rowOf(mended))
  return mended
}

/**
 * Takes a refused operation out of the queue; what the officer sees goes back to what the centre has.
 *
 * @param mendedBy the action that says it better.
 */
export function discardOperation(tx: Transaction, opId: string, mendedBy: string | null = null): void {
  const operation = tx
    .update(outboxTable)
    .set({ state: 'discarded', mendedBy })
    .where(and(eq(outboxTable.opId, opId), eq(outboxTable.state, 'quarantined')))
    .returning()
    .get()
  invariant(operation, 'only what waits for the officer is discarded')
  refreshRow(tx, rowOf(operation))
}

export const findOperation = (db: Database, opId: string): QueuedOperation | undefined =>
  db
    .select()
    .from(outboxTable)
    .where(and(eq(outboxTable.opId, opId), eq(outboxTable.state, 'quarantined')))
    .get()

/** A refused operation; also after the action of that id took its place. */
export function findRefused(db: Database, opId: string, mendedBy: string | null = null): QueuedOperation | undefined {
  const found = db.select().from(outboxTable).where(eq(outboxTable.opId, opId)).get()
  const isMended = mendedBy !== null && found?.mendedBy === mendedBy
  return found?.state === 'quarantined' || isMended ? found : undefined
}

/** A contact of this case that the centre refused, under its operation; also after that was discarded. */
export function findRefusedContact(db: Database, caseId: string, opId: string): RefusedContact | undefined {
  const operation = db
    .select()
    .from(outboxTable)
    .where(
      and(
        isOfContacts(caseId),
        eq(outboxTable.opId, opId),
        eq(outboxTable.type, operationType('contact', 'create')),
        inArray(outboxTable.state, ['quarantined', 'discarded']),
      ),
    )
    .get()
  if (!operation || !('create' in operation.body)) return undefined
  const { type, id, state, body } = operation
  const fields = body.create as unknown as Contact // queued by `contacts.record`, which checked it
  return { opId, type, id, fields, waits: state === 'quarantined' }
}

const isOfContacts = (caseId: string) => and(eq(outboxTable.caseId, caseId), eq(outboxTable.entity, 'contact'))
