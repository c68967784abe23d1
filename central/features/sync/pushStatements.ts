import { and, eq, inArray } from 'drizzle-orm'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import { prepared, type Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { changeTable, lateWorkTable, userTable } from '../../db/tables.ts'
import type { Change, NewResult } from './decide.ts'
import { keyOf, type Result, type Row } from './pushState.ts'
import type { DecidedPushes, Device, Sourced, SyncWriter } from './syncStore.ts'

type PushStatements = Pick<
  SyncWriter,
  | 'lockDevices'
  | 'listResults'
  | 'listAssignments'
  | 'lockRows'
  | 'listConflicts'
  | 'readChanges'
  | 'storePushes'
  | 'insertLateWork'
>

/**
 * A statement that finds by key, one look-up for each. A plan of it is kept, and left to itself PostgreSQL would read the whole
 * table, or all that the region has, for as long as the plan was made when the table was small.
 *
 * @param wanted the keys, as `wanted` with their names.
 * @param found what is read by one of them; it ends as to be a query of its own to PostgreSQL, in a lock or `OFFSET 0`.
 */
const lookUp = (wanted: string, found: string): string =>
  `SELECT found.* FROM ${wanted} CROSS JOIN LATERAL (${found}) AS found`

const KEYS = 'json_to_recordset($1) AS wanted("caseId" text, entity text, id text)'
const IDS = 'unnest($1::text[]) AS wanted(id)'

const lockDevices = prepared<Device>(
  'lock devices',
  lookUp(
    IDS,
    `SELECT id, incarnation, last_n AS "lastN" FROM device WHERE region = '${REGION}' AND id = wanted.id FOR UPDATE`,
  ),
)

const listResults = prepared<Result & { readonly opId: string }>(
  'list results',
  lookUp(
    IDS,
    `SELECT op_id AS "opId", user_id AS "userId", verdict, row_key AS "rowKey", revs FROM op_result
    WHERE region = '${REGION}' AND op_id = wanted.id OFFSET 0`,
  ),
)

// Only the centre writes assignments, by their schema.
const listAssignments = prepared<{ readonly caseId: string; readonly fields: Assignment }>(
  'list assignments',
  lookUp(
    IDS,
    `SELECT case_id AS "caseId", fields FROM row_state
    WHERE region = '${REGION}' AND case_id = wanted.id AND entity = 'assignment' AND NOT deleted ORDER BY id FOR SHARE`,
  ),
)

const ROW = 'entity, case_id AS "caseId", id, version, deleted, fields, field_rev AS "fieldRev"'

const lockRows = prepared<Row>(
  'lock rows',
  lookUp(
    KEYS,
    `SELECT ${ROW} FROM row_state
    WHERE region = '${REGION}' AND case_id = wanted."caseId" AND entity = wanted.entity AND id = wanted.id FOR UPDATE`,
  ),
)

const listConflicts = prepared<Row>(
  'list conflicts',
  lookUp(
    KEYS,
    `SELECT ${ROW} FROM row_state
    WHERE region = '${REGION}' AND case_id = wanted."caseId" AND entity = 'conflict'
    AND fields->>'rowId' = wanted.id AND fields->>'rowEntity' = wanted.entity OFFSET 0`,
  ),
)

/**
 * One statement: everybody else waits for the counter meanwhile. What makes a record, as most operations do, travels and is
 * unpacked once for all three tables: `made`.
 */
const storePushes = prepared(
  'store pushes',
  `WITH seen AS (
    UPDATE device SET incarnation = given.incarnation, last_n = given."lastN", last_seen = given."lastSeen"
    FROM json_to_recordset($1) AS given(id text, incarnation integer, "lastN" bigint, "lastSeen" bigint)
    WHERE device.region = '${REGION}' AND device.id = given.id
  ), made AS MATERIALIZED (
    SELECT * FROM json_to_recordset($2) AS given(seq bigint, "caseId" text, entity text, id text, fields jsonb, "fieldRev" jsonb,
      "opId" text, n bigint, verdict jsonb, actor text, device text, incarnation integer, "recordedAt" bigint,
      "clientAt" bigint, "serverSeen" jsonb, reason text)
  ), added AS (
    INSERT INTO row_state (region, case_id, entity, id, version, deleted, fields, field_rev)
    SELECT '${REGION}', "caseId", entity, id, seq, false, fields, "fieldRev" FROM made
    UNION ALL
    SELECT '${REGION}', * FROM json_to_recordset($3) AS given("caseId" text, entity text, id text, version bigint, deleted boolean,
      fields jsonb, "fieldRev" jsonb)
  ), changed AS (
    INSERT INTO change (region, seq, case_id, entity, id, op_id, actor, device, recorded_at, client_at, server_seen, reason, patch,
      before)
    SELECT '${REGION}', seq, "caseId", entity, id, "opId", actor, device, "recordedAt", "clientAt", "serverSeen", reason, fields,
      NULL FROM made
    UNION ALL
    SELECT '${REGION}', * FROM json_to_recordset($4) AS given(seq bigint, "caseId" text, entity text, id text, "opId" text,
      actor text, device text, "recordedAt" bigint, "clientAt" bigint, "serverSeen" jsonb, reason text, patch jsonb, before jsonb)
  )
  INSERT INTO op_result (region, op_id, user_id, device_id, incarnation, n, verdict, row_key, revs)
  SELECT '${REGION}', "opId", actor, device, incarnation, n, verdict,
    jsonb_build_object('caseId', "caseId", 'entity', entity, 'id', id), "fieldRev" FROM made
  UNION ALL
  SELECT '${REGION}', * FROM json_to_recordset($5) AS given("opId" text, author text, device text, incarnation integer, n bigint,
    verdict jsonb, "rowKey" jsonb, revs jsonb)`,
)

export const pushStatements = (tx: Transaction): PushStatements => ({
  async lockDevices(ids) {
    const devices = await lockDevices(tx, inOrder(ids))
    return new Map(devices.map(device => [device.id, device]))
  },

  async listResults(opIds) {
    const kept = await listResults(tx, opIds)
    return new Map(kept.map(one => [one.opId, one]))
  },

  async listAssignments(caseIds) {
    const byCase = Map.groupBy(await listAssignments(tx, inOrder(caseIds)), row => row.caseId)
    return new Map([...byCase].map(([caseId, found]) => [caseId, found.map(row => row.fields)]))
  },

  async lockRows(keys) {
    if (keys.length === 0) return new Map()
    const sorted = keys.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    const rows = await lockRows(tx, JSON.stringify(sorted))
    return new Map(rows.map(row => [keyOf(row), row]))
  },

  listConflicts: keys => listConflicts(tx, JSON.stringify(keys)),

  async readChanges(seqs) {
    const { seq, actor, clientAt, before } = changeTable
    const found = await tx
      .select({ seq, actorId: actor, actorName: userTable.name, clientAt, before })
      .from(changeTable)
      .innerJoin(userTable, and(eq(userTable.region, REGION), eq(userTable.id, actor)))
      .where(and(eq(changeTable.region, REGION), inArray(seq, [...seqs])))
    return new Map(found.map(({ seq: number, ...change }) => [number, change]))
  },

  async storePushes({ devices, added, changes, results }) {
    const made = recordsMade({ added, changes, results })
    const isMade = (opId: string): boolean => made.has(opId)
    const madeRows = new Set([...made.values()].map(keyOf))
    const lists = [
      devices,
      [...made.values()],
      added.filter(row => !madeRows.has(keyOf(row))),
      changes.filter(({ operation }) => !isMade(operation.opId)).map(changeColumns),
      results.filter(({ operation }) => !isMade(operation.opId)).map(resultColumns),
    ]
    await Promise.all([storePushes(tx, ...lists.map(list => JSON.stringify(list))), tx.commit()])
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

/** Each once, in one order: what two transactions lock in one order, they never wait for in a circle. */
const inOrder = (ids: readonly string[]): readonly string[] => [...new Set(ids)].toSorted()

const changeColumns = ({ seq, rowKey, operation, patch, before, source }: Sourced<Change>) => {
  const { opId, clientAt, serverSeen, reason } = operation
  const { userId: actor, deviceId: device, now: recordedAt } = source
  return { ...rowKey, seq, opId, actor, device, recordedAt, clientAt, serverSeen, reason, patch, before }
}

const resultColumns = ({ operation: { opId, n }, verdict, rowKey, revs, source }: Sourced<NewResult>) => {
  const { userId: author, deviceId: device, incarnation } = source
  return { opId, author, device, incarnation, n, verdict, rowKey, revs }
}

/** By operation: those that made one record and nothing else, where it stands as they made it. */
function recordsMade({ added, changes, results }: Pick<DecidedPushes, 'added' | 'changes' | 'results'>) {
  const rows = new Map(added.map(row => [row.version, row]))
  const byOperation = Map.groupBy(changes, one => one.operation.opId)
  return new Map(
    results.flatMap(result => {
      const { opId } = result.operation
      const [change, ...others] = byOperation.get(opId) ?? []
      const row = change && rows.get(change.seq)
      if (!row || change.before !== null || others.length > 0) return []
      const { patch: _, before: __, ...columns } = changeColumns(change)
      return [[opId, { ...columns, ...row, ...resultColumns(result) }] as const]
    }),
  )
}
