import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { changeTable, deviceTable, lateWorkTable, resultTable, rowTable, userTable } from '../../db/tables.ts'
import { keyOf, type Row } from './pushState.ts'
import { asRecords } from './rowStatements.ts'
import type { SyncWriter } from './syncStore.ts'

type PushStatements = Pick<
  SyncWriter,
  | 'lockDevice'
  | 'storeDevice'
  | 'listResults'
  | 'listAssignments'
  | 'lockRows'
  | 'listConflicts'
  | 'readChanges'
  | 'insertChanges'
  | 'insertResults'
  | 'insertLateWork'
>

const isDevice = (id: string) => and(eq(deviceTable.region, REGION), eq(deviceTable.id, id))

export const pushStatements = (tx: Transaction): PushStatements => ({
  async lockDevice(id) {
    const [device] = await tx
      .select({ id: deviceTable.id, incarnation: deviceTable.incarnation, lastN: deviceTable.lastN })
      .from(deviceTable)
      .where(isDevice(id))
      .for('update')
    if (!device) throw new Error('a device that was just authenticated is gone')
    return device
  },

  async storeDevice({ id, incarnation, lastN }, lastSeen) {
    await tx.update(deviceTable).set({ incarnation, lastN, lastSeen }).where(isDevice(id))
  },

  async listResults(opIds) {
    const { opId, userId, verdict, rowKey, revs } = resultTable
    const kept = await tx
      .select({ opId, userId, verdict, rowKey, revs })
      .from(resultTable)
      .where(and(eq(resultTable.region, REGION), inArray(opId, [...opIds])))
    return new Map(kept.map(one => [one.opId, one]))
  },

  async listAssignments(caseIds) {
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
    return new Map(
      [...byCase].map(([caseId, found]) => [caseId, found.map(row => row.fields as unknown as Assignment)]),
    )
  },

  async lockRows(keys) {
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
  },

  async listConflicts(keys) {
    const { rows } = await tx.execute<Row & Record<string, unknown>>(sql`
      SELECT found.* FROM ${asRecords(keys)} AS wanted("caseId" text, entity text, id text)
      CROSS JOIN LATERAL (
        SELECT entity, case_id AS "caseId", id, version, deleted, fields, field_rev AS "fieldRev" FROM ${rowTable}
        WHERE region = ${REGION} AND case_id = wanted."caseId" AND entity = 'conflict'
        AND fields->>'rowId' = wanted.id AND fields->>'rowEntity' = wanted.entity
      ) AS found`)
    return rows
  },

  async readChanges(seqs) {
    const { seq, actor, clientAt, before } = changeTable
    const found = await tx
      .select({ seq, actorId: actor, actorName: userTable.name, clientAt, before })
      .from(changeTable)
      .innerJoin(userTable, and(eq(userTable.region, REGION), eq(userTable.id, actor)))
      .where(and(eq(changeTable.region, REGION), inArray(seq, [...seqs])))
    return new Map(found.map(({ seq: number, ...change }) => [number, change]))
  },

  async insertChanges(changes, { userId, deviceId, now }) {
    const source = { region: REGION, actor: userId, device: deviceId, recordedAt: now }
    await tx.insert(changeTable).values(
      changes.map(({ seq, rowKey, operation, patch, before }) => {
        const { opId, clientAt, serverSeen, reason } = operation
        return { ...source, ...rowKey, seq, opId, clientAt, serverSeen, reason, patch, before }
      }),
    )
  },

  async insertResults(results, { deviceId, incarnation }) {
    await tx.insert(resultTable).values(
      results.map(({ operation: { opId, n }, userId, verdict, rowKey, revs }) => {
        return { region: REGION, opId, userId, deviceId, incarnation, n, verdict, rowKey, revs }
      }),
    )
  },

  async insertLateWork(operations, { userId, deviceId, now }) {
    await tx.insert(lateWorkTable).values(
      operations.map(({ opId, type, caseId, id, body, reason, clientAt, serverSeen }) => {
        const source = { region: REGION, actor: userId, device: deviceId, recordedAt: now }
        return { ...source, opId, type, caseId, id, body, reason, clientAt, serverSeen }
      }),
    )
  },
})
