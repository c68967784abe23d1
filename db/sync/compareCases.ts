import { hash } from 'node:crypto'
import { and, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm'
import { invariant } from '../../shared/result.ts'
import { createDigest, type CaseDigest } from '../../shared/sync/digest.ts'
import { entities, type Entity } from '../../shared/sync/recordTypes.ts'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { recordTables } from '../records/recordTables.ts'
import { caseScopeTable, unreadableRowsTable } from './syncTables.ts'

/** Each case is compared with the centre about this often. */
const COMPARED_EVERY_MS = 24 * 60 * 60 * 1000

// Asked in each run of sync.
const statements = prepareOnce(db => {
  const { caseId, state, comparedAt } = caseScopeTable
  const now = sql.placeholder('now')
  // A clock that was put back must not keep a case from being compared.
  const isDue = sql`(${comparedAt} IS NULL OR ${comparedAt} NOT BETWEEN ${now} - ${COMPARED_EVERY_MS} AND ${now})`
  return {
    toCompare: db
      .select({ caseId })
      .from(caseScopeTable)
      .where(and(eq(state, 'active'), isDue))
      .orderBy(sql`${comparedAt} IS NOT NULL`, comparedAt, caseId)
      .limit(sql.placeholder('limit'))
      .prepare(),
  }
})

/** Cases whose rows are all here and were not compared for a day, the longest ago first. */
export const listToCompare = (db: Database, now: number, limit: number): readonly string[] =>
  statements(db)
    .toCompare.all({ now, limit })
    .map(one => one.caseId)

/**
 * What the rows of a case come to that the centre has confirmed, as it confirmed them: what this officer has not sent yet
 * counts for nothing. One step for each type of record, so that the window's calls can go first.
 */
export function* digestOfCase(db: Database, caseId: string): Generator<void, CaseDigest> {
  const digest = createDigest(text => hash('sha256', text, 'buffer'))
  const aside = new Map(listAside(db, caseId).map(row => [`${row.entity} ${row.id}`, row]))
  for (const [entity, versions] of versionsByEntity(db)) {
    const rows = versions.all({ caseId }) as { id: string; version: number }[] // as the record columns say
    for (const row of rows) if (!aside.has(`${entity} ${row.id}`)) digest.add({ ...row, entity })
    yield
  }
  for (const row of aside.values()) digest.add(row)
  return digest.result()
}

const listAside = (db: Database, caseId: string) => {
  const { entity, id, version } = unreadableRowsTable
  return db
    .select({ entity, id, version })
    .from(unreadableRowsTable)
    .where(eq(unreadableRowsTable.caseId, caseId))
    .all()
}

const versionsByEntity = prepareOnce(db => new Map(entities.map(entity => [entity, prepareVersions(db, entity)])))

function prepareVersions(db: Database, entity: Entity) {
  const { table } = recordTables[entity]
  const { caseId, id, version } = getTableColumns(table)
  invariant(caseId && id && version, 'every record table has the record columns')
  return db
    .select({ id, version })
    .from(table)
    .where(and(eq(caseId, sql.placeholder('caseId')), gt(version, 0)))
    .prepare()
}

/** These were compared; those that differ are fetched anew, from their start. Their rows stay meanwhile. */
export function storeCompared(
  tx: Transaction,
  caseIds: readonly string[],
  differ: readonly string[],
  now: number,
): void {
  const isOneOf = (some: readonly string[]) =>
    and(inArray(caseScopeTable.caseId, [...some]), eq(caseScopeTable.state, 'active'))
  tx.update(caseScopeTable).set({ comparedAt: now }).where(isOneOf(caseIds)).run()
  if (differ.length === 0) return
  tx.update(caseScopeTable).set({ state: 'backfill', backfillAfter: null }).where(isOneOf(differ)).run()
}

/** Every case is compared at the next opportunity. */
export function forgetCompared(tx: Transaction): void {
  tx.update(caseScopeTable).set({ comparedAt: null }).run()
}
