import { desc, eq, sql } from 'drizzle-orm'
import { prepareOnce, type Database, type Transaction } from '../../database.ts'
import { recentCasesTable, settingsTable } from './sessionTables.ts'

const statements = prepareOnce(db => ({
  setting: db
    .select()
    .from(settingsTable)
    .where(eq(settingsTable.name, sql.placeholder('name')))
    .prepare(),
}))

export const readSetting = (db: Database, name: string): unknown => statements(db).setting.get({ name })?.value

export function writeSetting(tx: Transaction, name: string, value: unknown): void {
  tx.insert(settingsTable)
    .values({ name, value })
    .onConflictDoUpdate({ target: settingsTable.name, set: { value } })
    .run()
}

export function removeSetting(tx: Transaction, name: string): void {
  tx.delete(settingsTable).where(eq(settingsTable.name, name)).run()
}

/** Puts the case at the head of the recent ones. */
export function markOpened(tx: Transaction, caseId: string, openedAt: number): void {
  tx.insert(recentCasesTable)
    .values({ caseId, openedAt })
    .onConflictDoUpdate({ target: recentCasesTable.caseId, set: { openedAt } })
    .run()
}

/** Cases that the officer opened last, the latest first. */
export const listRecentCases = (db: Database, limit: number): readonly string[] =>
  db
    .select({ caseId: recentCasesTable.caseId })
    .from(recentCasesTable)
    .orderBy(desc(recentCasesTable.openedAt))
    .limit(limit)
    .all()
    .map(one => one.caseId)
