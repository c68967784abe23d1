import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { invariant } from '../../shared/result.ts'
import { entities, recordTypes, type AnyFields, type Entity } from '../../shared/sync/recordTypes.ts'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { markLineDue, markNamesDue, markNoteDue, unmarkNote } from '../summary/markDue.ts'
import { contactsTable } from '../features/contacts/contactsTable.ts'
import { unindexNote } from '../search/noteIndex.ts'
import { recordTables } from './recordTables.ts'

/** Which row: whose, of what type, and which. */
export interface RowKey {
  readonly entity: Entity
  readonly caseId: string
  readonly id: string
  /** For a contact its start, by which contacts are clustered: without it the whole case would be read. */
  readonly startedAt?: number
}

/** The key of a row whose fields are at hand. */
export const keyOf = (entity: Entity, caseId: string, id: string, fields: AnyFields | null): RowKey =>
  entity === 'contact' ? { entity, caseId, id, startedAt: Number(fields?.['startedAt']) } : { entity, caseId, id }

/** A row as a table holds it. */
export interface StoredRow {
  readonly fields: AnyFields
  readonly version: number
  readonly fieldRev: Readonly<Record<string, number>>
  readonly extra: AnyFields | null
}

type Statements = ReturnType<typeof prepareFor>
/** Those of each type are prepared when the first of its rows comes by: at a start nobody waits for all of them. */
const statements = prepareOnce(() => new Map<Entity, Statements>())

function statementsFor(db: Database, entity: Entity): Statements {
  const known = statements(db).get(entity) ?? prepareFor(db, recordTables[entity].table)
  statements(db).set(entity, known)
  return known
}

function prepareFor(db: Database, table: SQLiteTable) {
  const columns = getTableColumns(table)
  const names = Object.keys(columns)
  const placeholders = Object.fromEntries(names.map(name => [name, sql.placeholder(name)]))
  const excluded = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]),
  )
  const keys = table === contactsTable ? ['caseId', 'startedAt', 'id'] : ['caseId', 'id']
  const target = keys.flatMap(name => columns[name] ?? [])
  return {
    put: db.insert(table).values(placeholders).onConflictDoUpdate({ target, set: excluded }).prepare(),
    get: db.select().from(table).where(whereKey(columns)).prepare(),
    remove: db.delete(table).where(whereKey(columns)).prepare(),
    columns: names,
  }
}

function whereKey(columns: ReturnType<typeof getTableColumns<SQLiteTable>>): SQL | undefined {
  const { caseId, id, startedAt } = columns
  invariant(caseId && id, 'every record table has the record columns')
  const isRow = and(eq(caseId, sql.placeholder('caseId')), eq(id, sql.placeholder('id')))
  return startedAt ? and(isRow, eq(startedAt, sql.placeholder('startedAt'))) : isRow
}

/** The officer's fields of each type, without the columns that every table has or that are worked out. */
const fieldNames = Object.fromEntries(entities.map(entity => [entity, Object.keys(recordTypes[entity].schema.shape)]))

export function readRecord(db: Database, key: RowKey): StoredRow | undefined {
  const row = statementsFor(db, key.entity).get.get(keyValues(key)) as Record<string, unknown> | undefined // as the columns say
  if (!row) return undefined
  const fields = Object.fromEntries((fieldNames[key.entity] ?? []).map(name => [name, row[name]]))
  return {
    fields: fields as AnyFields, // `Matches` beside each table keeps columns and fields alike
    version: row['version'] as number,
    fieldRev: row['fieldRev'] as StoredRow['fieldRev'],
    extra: row['extra'] as AnyFields | null,
  }
}

/** Writes the row as the officer sees it, and marks what is found or listed by it. */
export function storeRecord(tx: Transaction, key: RowKey, row: StoredRow): void {
  const kind = recordTables[key.entity]
  const derived = 'derive' in kind ? kind.derive(row.fields) : {}
  const { put, columns } = statementsFor(tx, key.entity)
  const values: Record<string, unknown> = { ...row.fields, ...derived, ...key, ...row }
  put.run(Object.fromEntries(columns.map(name => [name, values[name] ?? null])))
  if (key.entity === 'contact') markNoteDue(tx, key.caseId, startOf(key), key.id)
  markDue(tx, key)
}

export function removeRecord(tx: Transaction, key: RowKey): void {
  statementsFor(tx, key.entity).remove.run(keyValues(key))
  if (key.entity === 'contact') {
    unmarkNote(tx, key.caseId, startOf(key), key.id)
    unindexNote(tx, startOf(key), key.id)
  }
  markDue(tx, key)
}

/** What is found or listed by this row is brought up to date later, before anybody reads it. */
function markDue(tx: Transaction, { entity, caseId }: RowKey): void {
  if (entity === 'case' || entity === 'alias' || entity === 'identifier') markNamesDue(tx, caseId)
  if (isOfPerson(caseId)) markLineDue(tx, caseId)
}

/** Reference data and an officer's own settings are no person's case. */
const isOfPerson = (caseId: string): boolean => !caseId.includes(':')

function keyValues(key: RowKey): Record<string, unknown> {
  const { entity, caseId, id } = key
  return entity === 'contact' ? { caseId, id, startedAt: startOf(key) } : { caseId, id }
}

function startOf({ startedAt }: RowKey): number {
  invariant(startedAt !== undefined && !Number.isNaN(startedAt), 'a contact is named with its start')
  return startedAt
}
