import { and, eq, sql } from 'drizzle-orm'
import { prepareOnce, type Transaction } from '../database.ts'
import { dueTable } from './summaryTables.ts'

const statements = prepareOnce(db => ({
  mark: db
    .insert(dueTable)
    .values({
      caseId: sql.placeholder('caseId'),
      kind: sql.placeholder('kind'),
      startedAt: sql.placeholder('startedAt'),
      id: sql.placeholder('id'),
    })
    .onConflictDoNothing()
    .prepare(),
  unmarkNote: db
    .delete(dueTable)
    .where(
      and(
        eq(dueTable.caseId, sql.placeholder('caseId')),
        eq(dueTable.kind, 'note'),
        eq(dueTable.startedAt, sql.placeholder('startedAt')),
        eq(dueTable.id, sql.placeholder('id')),
      ),
    )
    .prepare(),
}))

/** The case's line in the caseload is out of date. */
export const markLineDue = (tx: Transaction, caseId: string): void => {
  statements(tx).mark.run({ caseId, kind: 'line', startedAt: 0, id: '' })
}

/** The person can be found by other names or numbers than before. */
export const markNamesDue = (tx: Transaction, caseId: string): void => {
  statements(tx).mark.run({ caseId, kind: 'names', startedAt: 0, id: '' })
}

/** The note cannot be found yet. */
export const markNoteDue = (tx: Transaction, caseId: string, startedAt: number, id: string): void => {
  statements(tx).mark.run({ caseId, kind: 'note', startedAt, id })
}

/** The contact is gone before its note was ever indexed. */
export const unmarkNote = (tx: Transaction, caseId: string, startedAt: number, id: string): void => {
  statements(tx).unmarkNote.run({ caseId, startedAt, id })
}
