import { sql } from 'drizzle-orm'
import { prepareOnce, type Transaction } from '../database.ts'
import { summaryDueTable } from './summaryTables.ts'

const statements = prepareOnce(db => ({
  mark: db
    .insert(summaryDueTable)
    .values({ caseId: sql.placeholder('caseId') })
    .onConflictDoNothing()
    .prepare(),
}))

/** Says that the case's line in the caseload must be worked out again before the next list. */
export function markSummaryDue(tx: Transaction, caseId: string): void {
  statements(tx).mark.run({ caseId })
}
