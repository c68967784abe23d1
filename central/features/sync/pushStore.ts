import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../../shared/access/actor.ts'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import { type Operation, readOperationType } from '../../../shared/sync/protocol.ts'
import type { Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { changeTable, deviceTable, resultTable, type RowKey, rowTable } from '../../db/tables.ts'
import { type Decision, numbered } from './decide.ts'
import { isAllowed, keyOf, type PushState, type Result, type Row } from './pushState.ts'
import { asRecords, insertRows, takeNumbers, updateRows } from './rowStore.ts'

export type Device = Pick<typeof deviceTable.$inferSelect, 'id' | 'incarnation' | 'lastN'>

const isDevice = (id: string) => and(eq(deviceTable.region, REGION), eq(deviceTable.id, id))

/** The device, locked: its pushes happen one after the other. */
export async function lockDevice(tx: Transaction, id: string): Promise<Device> {
  const [device] = await tx
    .select({ id: deviceTable.id, incarnation: deviceTable.incarnation, lastN: deviceTable.lastN })
    .from(deviceTable)
    .where(isDevice(id))
    .for('update')
  if (!device) throw new Error('a device that was just authenticated is gone')
  return device
}

export async function storeDevice(
  tx: Transaction,
  { id, incarnation, lastN }: Device,
  lastSeen: number,
): Promise<void> {
  await tx.update(deviceTable).set({ incarnation, lastN, lastSeen }).where(isDevice(id))
}

/** What is kept of these operations, and of those that they build on. */
export async function loadResults(
  tx: Transaction,
  operations: readonly Operation[],
): Promise<ReadonlyMap<string, Result>> {
  const bases = operations.flatMap(({ body }) => ('patch' in body ? body.patch.map(entry => entry.baseOp) : []))
  const opIds = new Set([...operations.map(one => one.opId), ...bases.filter(base => base !== null)])
  const { opId, userId, verdict, rowKey, revs } = resultTable
  const kept = await tx
    .select({ opId, userId, verdict, rowKey, revs })
    .from(resultTable)
    .where(and(eq(resultTable.region, REGION), inArray(opId, [...opIds])))
  return new Map(kept.map(one => [one.opId, one]))
}

/**
 * Everything else that the decision rests on, locked in the order of keys so that two batches cannot wait for each other:
 * assignments against change, rows against any other writer. Rows that the actor may not read are not even looked at.
 */
export async function loadState(
  tx: Transaction,
  operations: readonly Operation[],
  known: Omit<PushState, 'assignments' | 'rows'>,
): Promise<PushState> {
  const keptKeys = operations.map(one => known.results.get(one.opId)?.rowKey ?? null).filter(key => key !== null)
  const storable = operations.filter(one => !known.unstorable.has(one.opId))
  const keys = [...keptKeys, ...storable.flatMap(namedRows)]
  const assignments = await loadAssignments(tx, [...new Set([...keys, ...operations].map(one => one.caseId))])
  const state = { ...known, assignments, rows: new Map<string, Row>() }
  const readable = keys.filter(key => isAllowed('read', key.caseId, state))
  return { ...state, rows: await lockRows(tx, readable) }
}

/** The row that an operation is about, and the record that it corrects. */
function namedRows({ type, caseId, id, body }: Operation): readonly RowKey[] {
  const entity = readOperationType(type)?.entity
  if (!entity) return []
  const corrected = 'create' in body ? [body.create.amends, body.create.strikes] : []
  return [id, ...corrected.filter(one => typeof one === 'string')].map(one => ({ caseId, entity, id: one }))
}

async function loadAssignments(
  tx: Transaction,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Assignment[]>> {
  const rows = await tx
    .select({ caseId: rowTable.caseId, fields: rowTable.fields })
    .from(rowTable)
    .where(
      and(
        eq(rowTable.region, REGION),
        inArray(rowTable.caseId, [...caseIds]),
        eq(rowTable.entity, 'assignment'),
        eq(rowTable.deleted, false),
      ),
    )
    .orderBy(asc(rowTable.caseId), asc(rowTable.id))
    .for('share')
  const byCase = Map.groupBy(rows, row => row.caseId)
  // Only the centre writes assignments, by their schema.
  return new Map([...byCase].map(([caseId, found]) => [caseId, found.map(row => row.fields as unknown as Assignment)]))
}

async function lockRows(tx: Transaction, keys: readonly RowKey[]): Promise<ReadonlyMap<string, Row>> {
  if (keys.length === 0) return new Map()
  const inOrder = keys.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  // One look-up by key for each: left to itself, PostgreSQL reads the whole table while it is small.
  const { rows } = await tx.execute<Row & Record<string, unknown>>(sql`
    SELECT found.* FROM ${asRecords(inOrder)} AS wanted("caseId" text, entity text, id text)
    CROSS JOIN LATERAL (
      SELECT entity, case_id AS "caseId", id, version, deleted, fields, field_rev AS "fieldRev" FROM ${rowTable}
      WHERE region = ${REGION} AND case_id = wanted."caseId" AND entity = wanted.entity AND id = wanted.id
      FOR UPDATE
    ) AS found`)
  return new Map(rows.map(row => [keyOf(row), row]))
}

/** From whom a batch came, and when. */
export interface Source {
  readonly actor: Actor
  readonly incarnation: number
  /** The centre's clock, UTC milliseconds. */
  readonly now: number
}

/** Writes what was decided: the last part of the transaction, for it takes the counter's lock. */
export async function storeDecision(
  tx: Transaction,
  provisional: Decision,
  state: PushState,
  { actor, incarnation, now }: Source,
): Promise<Decision> {
  const count = provisional.changes.length
  const decision = count > 0 ? numbered(provisional, await takeNumbers(tx, count)) : provisional
  const { changes, results, rows } = decision
  const source = { region: REGION, actor: actor.userId, device: actor.deviceId, recordedAt: now }
  const [before, added] = [
    rows.filter(row => state.rows.has(keyOf(row))),
    rows.filter(row => !state.rows.has(keyOf(row))),
  ]
  if (before.length > 0) await updateRows(tx, before)
  if (added.length > 0) await insertRows(tx, added)
  if (changes.length > 0) {
    await tx.insert(changeTable).values(
      changes.map(({ seq, rowKey, operation, patch }) => {
        const { opId, clientAt, serverSeen, reason } = operation
        return { ...source, ...rowKey, seq, opId, clientAt, serverSeen, reason, patch }
      }),
    )
  }
  if (results.length > 0) {
    await tx.insert(resultTable).values(
      results.map(({ operation: { opId, n }, userId, verdict, rowKey, revs }) => {
        return { region: REGION, opId, userId, deviceId: actor.deviceId, incarnation, n, verdict, rowKey, revs }
      }),
    )
  }
  return decision
}
