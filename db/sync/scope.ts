import { eq, sql } from 'drizzle-orm'
import { prepareOnce, type Database } from '../database.ts'
import { caseScopeTable } from './syncTables.ts'

/** Whether the case of a joined row may be shown. */
export const isVisible = sql`${caseScopeTable.state} <> 'revoked'`

const statements = prepareOnce(db => ({
  get: db
    .select()
    .from(caseScopeTable)
    .where(eq(caseScopeTable.caseId, sql.placeholder('caseId')))
    .prepare(),
}))

export type CaseScope = typeof caseScopeTable.$inferSelect

/** The case's scope while it may be shown, else undefined. */
export function findVisibleScope(db: Database, caseId: string): CaseScope | undefined {
  const scope = statements(db).get.get({ caseId })
  return scope?.state === 'revoked' ? undefined : scope
}

/** Whether this store has ever had a case, or reference data. */
export const hasScope = (db: Database): boolean => db.select().from(caseScopeTable).limit(1).get() !== undefined
