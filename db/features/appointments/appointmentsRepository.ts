import { and, asc, count, eq, gte, lt, sql } from 'drizzle-orm'
import type { Appointment } from '../../../shared/features/appointments/appointment.ts'
import { prepareOnce, type Database } from '../../database.ts'
import { splitRow, type Stored } from '../../records/splitRow.ts'
import { caseScopeTable } from '../../sync/syncTables.ts'
import { isReadable } from '../../sync/scope.ts'
import { appointmentsTable } from './appointmentsTable.ts'

/** An appointment with the instant at which it begins. */
export interface StoredAppointment extends Stored<Appointment> {
  readonly startsAt: number
}

const statements = prepareOnce(db => {
  const { withUserId, startsAt, status, caseId } = appointmentsTable
  const isInScope = eq(caseScopeTable.caseId, caseId)
  const isShown = isReadable(sql.placeholder('now'))
  const isMine = eq(withUserId, sql.placeholder('userId'))
  const isOpenAndPast = and(isMine, eq(status, sql.raw(`'planned'`)), lt(startsAt, sql.placeholder('now')), isShown)
  const all = () => db.select({ appointments: appointmentsTable }).from(appointmentsTable)
  return {
    between: all()
      .innerJoin(caseScopeTable, isInScope)
      .where(and(isMine, gte(startsAt, sql.placeholder('from')), lt(startsAt, sql.placeholder('until')), isShown))
      .orderBy(asc(startsAt))
      .limit(sql.placeholder('limit'))
      .prepare(),
    withoutOutcome: all()
      .innerJoin(caseScopeTable, isInScope)
      .where(isOpenAndPast)
      .orderBy(asc(startsAt))
      .limit(sql.placeholder('limit'))
      .offset(sql.placeholder('offset'))
      .prepare(),
    countWithoutOutcome: db
      .select({ total: count() })
      .from(appointmentsTable)
      .innerJoin(caseScopeTable, isInScope)
      .where(isOpenAndPast)
      .prepare(),
    byId: all()
      .innerJoin(caseScopeTable, isInScope)
      .where(and(eq(appointmentsTable.id, sql.placeholder('id')), isShown))
      .prepare(),
    ofCase: all()
      .where(eq(caseId, sql.placeholder('caseId')))
      .orderBy(asc(appointmentsTable.id))
      .prepare(),
  }
})

interface Span {
  /** UTC milliseconds, first that counts. */
  readonly from: number
  /** UTC milliseconds, first that does not. */
  readonly until: number
}

/** Most appointments of one officer that are read for one stretch of days. */
export const DIARY_MAX = 500

/** What stands in the officer's diary in that time, whatever became of it, by start. */
export const listDiary = (
  db: Database,
  { userId, now, from, until }: Span & { readonly userId: string; readonly now: number },
): readonly StoredAppointment[] =>
  statements(db).between.all({ userId, now, from, until, limit: DIARY_MAX }).map(stored)

/** The officer's past appointments that nobody has logged, oldest first. */
export const listWithoutOutcome = (
  db: Database,
  query: { readonly userId: string; readonly now: number; readonly limit: number; readonly offset: number },
): readonly StoredAppointment[] =>
  statements(db)
    .withoutOutcome.all({ ...query })
    .map(stored)

export const countWithoutOutcome = (db: Database, userId: string, now: number): number =>
  statements(db).countWithoutOutcome.get({ userId, now })?.total ?? 0

/** The appointment, or undefined where this officer has none of that id. */
export function findAppointment(db: Database, id: string, now: number): StoredAppointment | undefined {
  const row = statements(db).byId.get({ id, now })
  return row && stored(row)
}

/** Every appointment of the case, in the order in which they were made. */
export const listAppointmentsOfCase = (db: Database, caseId: string): readonly StoredAppointment[] =>
  statements(db).ofCase.all({ caseId }).map(stored)

function stored({ appointments }: { readonly appointments: typeof appointmentsTable.$inferSelect }): StoredAppointment {
  const { startsAt, ...row } = appointments
  return { ...splitRow(row), startsAt }
}
