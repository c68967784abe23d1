import { eq, sql } from 'drizzle-orm'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { syncStateTable, type SyncFact } from './syncTables.ts'

const statements = prepareOnce(db => ({
  get: db
    .select({ value: syncStateTable.value })
    .from(syncStateTable)
    .where(eq(syncStateTable.name, sql.placeholder('name')))
    .prepare(),
  put: db
    .insert(syncStateTable)
    .values({ name: sql.placeholder('name'), value: sql.placeholder('value') })
    .onConflictDoUpdate({ target: syncStateTable.name, set: { value: sql`excluded.value` } })
    .prepare(),
}))

/** What sync wrote down under this name, or undefined. */
export const readSyncFact = (db: Database, name: SyncFact): string | undefined =>
  statements(db).get.get({ name })?.value

/** The same as a whole number. */
export function readSyncNumber(db: Database, name: SyncFact): number | undefined {
  const value = readSyncFact(db, name)
  return value === undefined ? undefined : Number(value)
}

export function writeSyncFact(tx: Transaction, name: SyncFact, value: string | number): void {
  statements(tx).put.run({ name, value: String(value) })
}

export function forgetSyncFact(tx: Transaction, name: SyncFact): void {
  tx.delete(syncStateTable).where(eq(syncStateTable.name, name)).run()
}
