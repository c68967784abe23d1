import { and, asc, count, eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { CaseloadSort } from '../../shared/features/caseload/caseloadContract.ts'
import { foldText } from '../../shared/text.ts'
import { prepareOnce, type Database } from '../database.ts'
import { findReadableScope, isReadable } from '../sync/scope.ts'
import { caseScopeTable } from '../sync/syncTables.ts'
import { caseSummaryTable } from './summaryTables.ts'

export type CaseSummary = typeof caseSummaryTable.$inferSelect

const statements = prepareOnce(db => ({
  get: db
    .select()
    .from(caseSummaryTable)
    .where(eq(caseSummaryTable.caseId, sql.placeholder('caseId')))
    .prepare(),
}))

/** The case's line, if it has been worked out. */
export const findSummary = (db: Database, caseId: string): CaseSummary | undefined => statements(db).get.get({ caseId })

/** The lines of these cases by case id; those without one, and those that may not be shown, are left out. */
export function findSummaries(db: Database, caseIds: readonly string[], now: number): ReadonlyMap<string, CaseSummary> {
  const found = [...new Set(caseIds)]
    .filter(caseId => findReadableScope(db, caseId, now))
    .flatMap(caseId => findSummary(db, caseId) ?? [])
  return new Map(found.map(summary => [summary.caseId, summary]))
}

const isInScope = eq(caseScopeTable.caseId, caseSummaryTable.caseId)

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
  query: {
    readonly words: string
    readonly sort: CaseloadSort
    readonly now: number
    readonly limit: number
    readonly offset: number
  },
): { readonly total: number; readonly all: number; readonly rows: readonly CaseSummary[] } {
  const words = foldText(query.words)
    .split(' ')
    .filter(word => word !== '')
  const fits = words.map(word => sql`instr(${caseSummaryTable.folded}, ${word}) > 0`)
  const rows = db
    .select(getTableColumns(caseSummaryTable))
    .from(caseSummaryTable)
    .innerJoin(caseScopeTable, isInScope)
    .where(and(isReadable(query.now), ...fits))
    .orderBy(...ORDERS[query.sort], asc(caseSummaryTable.sortName), asc(caseSummaryTable.caseId))
    .limit(query.limit)
    .offset(query.offset)
    .all()
  const all = countCases(db, query.now)
  return { rows, all, total: words.length === 0 ? all : countCases(db, query.now, fits) }
}

/** How many cases this officer has on this PC. */
export const countCases = (db: Database, now: number, fits: readonly SQL[] = []): number =>
  db
    .select({ total: count() })
    .from(caseSummaryTable)
    .innerJoin(caseScopeTable, isInScope)
    .where(and(isReadable(now), ...fits))
    .get()?.total ?? 0
