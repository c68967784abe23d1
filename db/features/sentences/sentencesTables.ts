import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Event, Requirement } from '../../../shared/features/sentences/sentence.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

export const eventsTable = sqliteTable(
  'events',
  {
    ...recordColumns,
    number: integer().notNull(),
    sentence: text({
      enum: ['community-order', 'suspended-sentence-order', 'licence', 'post-sentence-supervision'],
    }).notNull(),
    offenceCode: text('offence_code').notNull(),
    offence: text().notNull(),
    court: text().notNull(),
    sentencedOn: text('sentenced_on').notNull(),
    startOn: text('start_on').notNull(),
    endOn: text('end_on').notNull(),
    terminatedOn: text('terminated_on'),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof eventsTable.$inferSelect, RecordColumn>, Event>

export const requirementsTable = sqliteTable(
  'requirements',
  {
    ...recordColumns,
    eventId: text('event_id').notNull(),
    code: text().notNull(),
    amount: real().notNull(),
    unit: text({ enum: ['days', 'hours', 'months', 'none'] }).notNull(),
    startOn: text('start_on').notNull(),
    endedOn: text('ended_on'),
    note: text().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof requirementsTable.$inferSelect, RecordColumn>, Requirement>
