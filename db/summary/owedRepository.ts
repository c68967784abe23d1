import { asc, count, eq, getTableColumns, sql } from 'drizzle-orm'
import { prepareOnce, type Database } from '../database.ts'
import { isReadable } from '../sync/scope.ts'
import { caseScopeTable } from '../sync/syncTables.ts'
import { owedTable } from './summaryTables.ts'

const statements = prepareOnce(db => ({
  ofOwed: db
    .select()
    .from(owedTable)
    .where(eq(owedTable.caseId, sql.placeholder('caseId')))
    .orderBy(asc(owedTable.dueOn))
    .prepare(),
}))

export type OwedRow = typeof owedTable.$inferSelect

const isInScope = eq(caseScopeTable.caseId, owedTable.caseId)

/** A page of everything owed, the most overdue first. */
export function listOwed(
  db: Database,
  { now, limit, offset }: { readonly now: number; readonly limit: number; readonly offset: number },
): readonly OwedRow[] {
  return db
    .select(getTableColumns(owedTable))
    .from(owedTable)
    .innerJoin(caseScopeTable, isInScope)
    .where(isReadable(now))
    .orderBy(asc(owedTable.dueOn), asc(owedTable.caseId), asc(owedTable.subjectId))
    .limit(limit)
    .offset(offset)
    .all()
}

export const countOwed = (db: Database, now: number): number =>
  db.select({ total: count() }).from(owedTable).innerJoin(caseScopeTable, isInScope).where(isReadable(now)).get()
    ?.total ?? 0

export const listOwedOfCase = (db: Database, caseId: string): readonly OwedRow[] =>
  statements(db).ofOwed.all({ caseId })
