import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

/**
 * Clustered by case and start, so that the newest notes of a case lie on one or two pages: decrypting pages is what costs.
 * So a contact is named by its id together with its start.
 */
export const contactsTable = sqliteTable(
  'contacts',
  {
    ...recordColumns,
    kind: text().notNull(),
    startedAt: integer('started_at').notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    outcome: text(),
    note: text().notNull(),
    sensitive: integer({ mode: 'boolean' }).notNull(),
    place: text().notNull(),
    appointmentId: text('appointment_id'),
    eventId: text('event_id'),
    requirementId: text('requirement_id'),
    credits: real().notNull(),
    recordedById: text('recorded_by_id').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    cameLate: integer('came_late', { mode: 'boolean' }).notNull().default(false),
    amends: text(),
    strikes: text(),
    reason: text(),
  },
  table => [
    primaryKey({ columns: [table.caseId, table.startedAt, table.id] }),
    index('contacts_with_credits')
      .on(table.caseId, table.requirementId, table.credits, table.strikes, table.appointmentId, table.version)
      .where(sql`requirement_id IS NOT NULL`),
    index('contacts_of_appointments')
      .on(table.appointmentId)
      .where(sql`appointment_id IS NOT NULL`),
  ],
)
true satisfies Matches<Omit<typeof contactsTable.$inferSelect, RecordColumn>, Contact>
