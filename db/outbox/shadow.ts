import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { replay } from '../../shared/sync/replay.ts'
import { prepareOnce, type Transaction } from '../database.ts'
import { readRecord, removeRecord, storeRecord, type RowKey, type StoredRow } from '../records/recordStore.ts'
import { isTakenAway } from '../sync/scope.ts'
import { outboxTable, shadowTable } from './outboxTable.ts'

/** Operations whose effect the officer sees although the centre has not confirmed it. */
export const REPLAYED_STATES = ['pending', 'sending', 'retry', 'quarantined'] as const

/** What the centre last confirmed of a row; `fields` is null for a row it has not seen or has deleted. */
interface Confirmed {
  readonly fields: StoredRow['fields'] | null
  readonly version: number
  readonly fieldRev: StoredRow['fieldRev']
  readonly extra: StoredRow['extra']
}
const UNSEEN: Confirmed = { fields: null, version: 0, fieldRev: {}, extra: null }

const statements = prepareOnce(db => {
  const isRow = and(
    eq(shadowTable.caseId, sql.placeholder('caseId')),
    eq(shadowTable.entity, sql.placeholder('entity')),
    eq(shadowTable.id, sql.placeholder('id')),
  )
  const values = {
    caseId: sql.placeholder('caseId'),
    entity: sql.placeholder('entity'),
    id: sql.placeholder('id'),
    version: sql.placeholder('version'),
    fields: sql.placeholder('fields'),
    fieldRev: sql.placeholder('fieldRev'),
    extra: sql.placeholder('extra'),
  }
  return {
    get: db.select().from(shadowTable).where(isRow).prepare(),
    put: db
      .insert(shadowTable)
      .values(values)
      .onConflictDoUpdate({
        target: [shadowTable.caseId, shadowTable.entity, shadowTable.id],
        set: {
          version: sql`excluded.version`,
          fields: sql`excluded.fields`,
          fieldRev: sql`excluded.field_rev`,
          extra: sql`excluded.extra`,
        },
      })
      .prepare(),
    remove: db.delete(shadowTable).where(isRow).prepare(),
    operations: db
      .select({ body: outboxTable.body })
      .from(outboxTable)
      .where(
        and(
          eq(outboxTable.caseId, sql.placeholder('caseId')),
          eq(outboxTable.entity, sql.placeholder('entity')),
          eq(outboxTable.id, sql.placeholder('id')),
          inArray(outboxTable.state, [...REPLAYED_STATES]),
        ),
      )
      .orderBy(asc(outboxTable.place))
      .prepare(),
  }
})

/** Before the first unsent operation on a row: keeps what the centre last confirmed of it, if it has seen it. */
export function shadowRow(tx: Transaction, key: RowKey): void {
  const row = readRecord(tx, key)
  if (row && row.version > 0 && !readShadow(tx, key)) putShadow(tx, key, row)
}

/**
 * Puts a newer confirmed row where it belongs: under the officer's unsent work if there is any, else in its place.
 *
 * @param row null for a row that the centre deleted.
 */
export function confirmRow(tx: Transaction, key: RowKey, row: StoredRow | null, version: number): void {
  const current = readRecord(tx, key)
  const shadow = readShadow(tx, key)
  const known = shadow?.version ?? current?.version ?? 0
  if (version <= known) return
  // Unsent work may rest on a row that is not here: the operation that made it was discarded.
  const hasUnsentWork = shadow !== undefined || (current ? current.version === 0 : unsentBodies(tx, key).length > 0)
  if (hasUnsentWork) {
    putShadow(tx, key, row ?? { ...UNSEEN, version })
    refreshRow(tx, key)
  } else if (row) storeRecord(tx, key, row)
  else if (current) removeRecord(tx, key)
}

/**
 * Works out again what the officer sees of a row. Once nothing is unsent that is what the centre has, and the shadow goes. Of
 * a case that was taken away the officer sees nothing, so nothing is written.
 */
export function refreshRow(tx: Transaction, key: RowKey): void {
  if (isTakenAway(tx, key.caseId)) return
  const shadow = readShadow(tx, key)
  const { fields, version, fieldRev, extra } = shadow ?? UNSEEN
  if (!shadow && (readRecord(tx, key)?.version ?? 0) > 0) return
  const bodies = unsentBodies(tx, key)
  const seen = replay(fields, bodies)
  if (seen) storeRecord(tx, key, { fields: seen, version, fieldRev, extra })
  else removeRecord(tx, key)
  if (shadow && bodies.length === 0) statements(tx).remove.run(named(key))
}

const unsentBodies = (tx: Transaction, key: RowKey) =>
  statements(tx)
    .operations.all(named(key))
    .map(one => one.body)

const readShadow = (tx: Transaction, key: RowKey): Confirmed | undefined => statements(tx).get.get(named(key))

const putShadow = (tx: Transaction, key: RowKey, row: Confirmed): void => {
  statements(tx).put.run({ ...named(key), ...row })
}

// Prepared statements take plain records; an interface has no index signature.
const named = (key: RowKey): Record<string, unknown> => ({ ...key })
