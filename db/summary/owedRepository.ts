import { asc, count, eq, sql } from 'drizzle-orm'
import { prepareOnce, type Database } from '../database.ts'
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

/** A page of everything owed, the most overdue first. */
export function listOwed(db: Database, limit: number, offset: number): readonly OwedRow[] {
  return db
    .select()
    .from(owedTable)
    .orderBy(asc(owedTable.dueOn), asc(owedTable.caseId), asc(owedTable.subjectId))
    .limit(limit)
    .offset(offset)
    .all()
}

export const countOwed = (db: Database): number => db.select({ total: count() }).from(owedTable).get()?.total ?? 0

export const listOwedOfCase = (db: Database, caseId: string): readonly OwedRow[] =>
  statements(db).ofOwed.all({ caseId })
