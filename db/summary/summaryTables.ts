import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { OwedKind } from '../../shared/features/today/owed.ts'

/**
 * One line for each case in scope, worked out from its records: an index for the caseload and for lists of people.
 * `summary_due` names the cases whose line must be worked out again; every list does so before it reads.
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
  },
  table => [
    index('case_summary_by_name').on(table.sortName),
    index('case_summary_by_next').on(table.nextAppointmentAt),
  ],
)

export const summaryDueTable = sqliteTable('summary_due', { caseId: text('case_id').primaryKey() })

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
