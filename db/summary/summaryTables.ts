import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { OwedKind } from '../../shared/features/today/owed.ts'

/**
 * One line for each case in scope, worked out from its records: an index for the caseload and for lists of people.
 * A line that is out of date stands in `due` until it is worked out again.
 */
export const caseSummaryTable = sqliteTable(
  'case_summary',
  {
    caseId: text('case_id').primaryKey(),
    name: text().notNull(),
    /** Family name first, folded. */
    sortName: text('sort_name').notNull(),
    crn: text(),
    rosh: text({ enum: ['very-high', 'high', 'medium', 'low'] }),
    /** 0 very high to 4 none, for sorting. */
    roshRank: integer('rosh_rank').notNull(),
    hasStaffRisk: integer('has_staff_risk', { mode: 'boolean' }).notNull(),
    aliases: text().notNull(),
    flags: text().notNull(),
    /** Name, aliases, CRN and flags, folded, for the caseload's filter. */
    folded: text().notNull(),
    orderLabel: text('order_label'),
    orderEndsOn: text('order_ends_on'),
    lastContactAt: integer('last_contact_at'),
    nextAppointmentAt: integer('next_appointment_at'),
    owedOn: text('owed_on'),
    owedCount: integer('owed_count').notNull(),
    /** London day on which the line was worked out: what is owed and which order runs depends on the day. */
    workedOutOn: text('worked_out_on').notNull().default(''),
  },
  table => [
    index('case_summary_by_name').on(table.sortName),
    index('case_summary_by_next').on(table.nextAppointmentAt),
    index('case_summary_by_day').on(table.workedOutOn),
  ],
)

/**
 * What must be worked out again before it is read: a case's line, its names, the index of a note. A save only writes these
 * down, beside the record and in the same transaction; lists and searches settle them first, and the engine does when idle.
 */
export const dueTable = sqliteTable(
  'due',
  {
    caseId: text('case_id').notNull(),
    kind: text({ enum: ['line', 'names', 'note'] }).notNull(),
    /** Of a note: when its contact began; 0 for the others. */
    startedAt: integer('started_at').notNull(),
    /** Of a note: its contact; empty for the others. */
    id: text().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.kind, table.startedAt, table.id] })],
)

/** Everything owed, worked out with the summary of its case. */
export const owedTable = sqliteTable(
  'owed',
  {
    caseId: text('case_id').notNull(),
    kind: text().$type<OwedKind>().notNull(),
    subjectId: text('subject_id').notNull(),
    dueOn: text('due_on').notNull(),
    fromOn: text('from_on').notNull(),
    about: text().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.kind, table.subjectId] }), index('owed_by_due').on(table.dueOn)],
)
