import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { changeTable, deviceTable, lateWorkTable, resultTable, rowTable, userTable } from '../../db/tables.ts'
import { keyOf, type Row } from './pushState.ts'
import { asRecords, insertingRows } from './rowStatements.ts'
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
  | 'storeBatch'
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

  async storeBatch({ added, changes, results }, { userId, deviceId, incarnation, now }) {
    const changed = changes.map(({ seq, rowKey, operation, patch, before }) => {
      const { opId, clientAt, serverSeen, reason } = operation
      return { ...rowKey, seq, opId, clientAt, serverSeen, reason, patch, before }
    })
    const answered = results.map(({ operation: { opId, n }, userId: author, verdict, rowKey, revs }) => {
      return { opId, author, n, verdict, rowKey, revs }
    })
    // One statement: everybody else waits for the counter meanwhile.
    await tx.execute(sql`
      WITH added AS (${insertingRows(added)}), changed AS (
        INSERT INTO ${changeTable} (region, actor, device, recorded_at, seq, case_id, entity, id, op_id, client_at, server_seen,
          reason, patch, before)
        SELECT ${REGION}, ${userId}, ${deviceId}, ${now}::bigint, * FROM ${asRecords(changed)} AS given(seq bigint, "caseId" text,
          entity text, id text, "opId" text, "clientAt" bigint, "serverSeen" jsonb, reason text, patch jsonb, before jsonb)
      )
      INSERT INTO ${resultTable} (region, device_id, incarnation, op_id, user_id, n, verdict, row_key, revs)
      SELECT ${REGION}, ${deviceId}, ${incarnation}::integer, * FROM ${asRecords(answered)} AS given("opId" text, author text,
        n bigint, verdict jsonb, "rowKey" jsonb, revs jsonb)`)
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
