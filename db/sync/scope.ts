import { eq, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { prepareOnce, type Database } from '../database.ts'
import { caseScopeTable } from './syncTables.ts'

/** Whether the case of a joined row may be shown at that instant: not taken away, and its grant has not come to its end. */
export const isReadable = (now: number | Placeholder): SQL =>
  sql`${caseScopeTable.state} <> 'revoked' AND (${caseScopeTable.until} IS NULL OR ${caseScopeTable.until} > ${now})`

const statements = prepareOnce(db => ({
  get: db
    .select()
    .from(caseScopeTable)
    .where(eq(caseScopeTable.caseId, sql.placeholder('caseId')))
    .prepare(),
}))

export type CaseScope = typeof caseScopeTable.$inferSelect

/** The case's scope unless the centre took the case away. */
export function findVisibleScope(db: Database, caseId: string): CaseScope | undefined {
  const scope = statements(db).get.get({ caseId })
  return scope?.state === 'revoked' ? undefined : scope
}

/** Whether the centre took the case away. */
export const isTakenAway = (db: Database, caseId: string): boolean =>
  statements(db).get.get({ caseId })?.state === 'revoked'

/** Whether this store has ever had a case, or reference data. */
export const hasScope = (db: Database): boolean => db.select().from(caseScopeTable).limit(1).get() !== undefined

/** The case's scope while the case may be shown, else undefined. A grant ends by itself, also where no centre says so. */
export function findReadableScope(db: Database, caseId: string, now: number): CaseScope | undefined {
  const scope = findVisibleScope(db, caseId)
  return scope && (scope.until === null || scope.until > now) ? scope : undefined
}
