import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type { Conflict, Proposal } from '../../../shared/features/conflicts/conflict.ts'
import { prepareOnce, type Database } from '../../database.ts'
import { splitRow, type Stored } from '../../records/splitRow.ts'
import { isReadable } from '../../sync/scope.ts'
import { caseScopeTable } from '../../sync/syncTables.ts'
import { conflictsTable, proposalsTable } from './conflictsTables.ts'

/** A conflict with its proposals, in the order in which they reached the centre. */
export interface ConflictRow extends Stored<Conflict> {
  readonly proposed: readonly Proposal[]
}

/** So many settled conflicts are listed at most. */
const SETTLED_MAX = 50

const statements = prepareOnce(db => {
  const caseId = sql.placeholder('caseId')
  const isOpen = eq(conflictsTable.state, 'open')
  const isOfScope = and(eq(caseScopeTable.caseId, conflictsTable.caseId), isReadable(sql.placeholder('now')))
  const select = () => db.select({ conflict: conflictsTable }).from(conflictsTable).innerJoin(caseScopeTable, isOfScope)
  return {
    openOfCase: db
      .select()
      .from(conflictsTable)
      .where(and(eq(conflictsTable.caseId, caseId), isOpen))
      .orderBy(asc(conflictsTable.version))
      .prepare(),
    one: db
      .select()
      .from(conflictsTable)
      .where(and(eq(conflictsTable.caseId, caseId), eq(conflictsTable.id, sql.placeholder('id'))))
      .prepare(),
    open: select().where(isOpen).orderBy(asc(conflictsTable.version)).prepare(),
    settled: select()
      .where(and(eq(conflictsTable.state, 'settled'), gt(conflictsTable.settledAt, sql.placeholder('since'))))
      .orderBy(desc(conflictsTable.version))
      .limit(SETTLED_MAX)
      .prepare(),
    proposals: db
      .select()
      .from(proposalsTable)
      .where(and(eq(proposalsTable.caseId, caseId), eq(proposalsTable.conflictId, sql.placeholder('id'))))
      .orderBy(asc(proposalsTable.version))
      .prepare(),
  }
})

function withProposals(db: Database, row: typeof conflictsTable.$inferSelect): ConflictRow {
  const { caseId, id } = row
  const proposals = statements(db).proposals.all({ caseId, id })
  return { ...splitRow(row), proposed: proposals.map(one => splitRow(one).fields) }
}

/** Fields of the case that have two versions or more. */
export const listOpenOfCase = (db: Database, caseId: string): readonly ConflictRow[] =>
  statements(db)
    .openOfCase.all({ caseId })
    .map(row => withProposals(db, row))

/** The same of every case that may be shown, the longest open first. */
export const listOpenConflicts = (db: Database, now: number): readonly ConflictRow[] =>
  statements(db)
    .open.all({ now })
    .map(row => withProposals(db, row.conflict))

/** What was settled since then, the last first. */
export const listSettledConflicts = (db: Database, now: number, since: number): readonly ConflictRow[] =>
  statements(db)
    .settled.all({ now, since })
    .map(row => withProposals(db, row.conflict))

export function findConflict(db: Database, caseId: string, id: string): ConflictRow | undefined {
  const row = statements(db).one.get({ caseId, id })
  return row && withProposals(db, row)
}
