import { and, asc, count, eq, sql, type SQL } from 'drizzle-orm'
import type { CaseloadSort } from '../../shared/features/caseload/caseloadContract.ts'
import { foldText } from '../../shared/text.ts'
import { prepareOnce, type Database } from '../database.ts'
import { caseSummaryTable } from './summaryTables.ts'

export type CaseSummary = typeof caseSummaryTable.$inferSelect

const statements = prepareOnce(db => ({
  get: db
    .select()
    .from(caseSummaryTable)
    .where(eq(caseSummaryTable.caseId, sql.placeholder('caseId')))
    .prepare(),
}))

/** The case's line, if it is in scope and has been worked out. */
export const findSummary = (db: Database, caseId: string): CaseSummary | undefined => statements(db).get.get({ caseId })

/** The lines of these cases by case id; those without one are left out. */
export function findSummaries(db: Database, caseIds: readonly string[]): ReadonlyMap<string, CaseSummary> {
  const found = [...new Set(caseIds)].flatMap(caseId => findSummary(db, caseId) ?? [])
  return new Map(found.map(summary => [summary.caseId, summary]))
}

const ORDERS: Readonly<Record<CaseloadSort, readonly SQL[]>> = {
  owed: [sql`${caseSummaryTable.owedOn} IS NULL`, asc(caseSummaryTable.owedOn)],
  name: [],
  'next-appointment': [sql`${caseSummaryTable.nextAppointmentAt} IS NULL`, asc(caseSummaryTable.nextAppointmentAt)],
  'last-contact': [asc(caseSummaryTable.lastContactAt)],
  'order-ends': [sql`${caseSummaryTable.orderEndsOn} IS NULL`, asc(caseSummaryTable.orderEndsOn)],
  rosh: [asc(caseSummaryTable.roshRank)],
}

/** A page of the caseload and how many fit. Every word must be in the name, an alias, the CRN or a flag. */
export function listCaseload(
  db: Database,
  query: { readonly words: string; readonly sort: CaseloadSort; readonly limit: number; readonly offset: number },
): { readonly total: number; readonly all: number; readonly rows: readonly CaseSummary[] } {
  const words = foldText(query.words)
    .split(' ')
    .filter(word => word !== '')
  const fits = and(...words.map(word => sql`instr(${caseSummaryTable.folded}, ${word}) > 0`))
  const rows = db
    .select()
    .from(caseSummaryTable)
    .where(fits)
    .orderBy(...ORDERS[query.sort], asc(caseSummaryTable.sortName), asc(caseSummaryTable.caseId))
    .limit(query.limit)
    .offset(query.offset)
    .all()
  const all = countSummaries(db, undefined)
  return { rows, all, total: words.length === 0 ? all : countSummaries(db, fits) }
}

const countSummaries = (db: Database, fits: SQL | undefined): number =>
  db.select({ total: count() }).from(caseSummaryTable).where(fits).get()?.total ?? 0

/** How many cases this officer has on this PC. */
export const countCases = (db: Database): number => countSummaries(db, undefined)
