import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Appointment } from '../../../shared/features/appointments/appointment.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

export const appointmentsTable = sqliteTable(
  'appointments',
  {
    ...recordColumns,
    kind: text().notNull(),
    startsOn: text('starts_on').notNull(),
    startsTime: text('starts_time').notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    place: text().notNull(),
    withUserId: text('with_user_id').notNull(),
    withUserName: text('with_user_name').notNull(),
    status: text({ enum: ['planned', 'done', 'rescheduled', 'cancelled'] }).notNull(),
    statusReason: text('status_reason').notNull(),
    eventId: text('event_id'),
    requirementId: text('requirement_id'),
    toldHow: text('told_how', {
      enum: ['in-person', 'telephone', 'text', 'email', 'letter', 'not-told'],
    }).notNull(),
    /** Worked out from day and time whenever the row is written, so that lists can be sorted and found by it. */
    startsAt: integer('starts_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.caseId, table.id] }),
    index('appointments_by_officer_and_start').on(table.withUserId, table.startsAt),
    index('appointments_without_outcome')
      .on(table.withUserId, table.startsAt)
      .where(sql`status = 'planned'`),
    index('appointments_by_id').on(table.id),
  ],
)
true satisfies Matches<Omit<typeof appointmentsTable.$inferSelect, RecordColumn | 'startsAt'>, Appointment>
