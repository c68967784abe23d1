import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Register } from '../../../shared/features/registers/register.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

export const registersTable = sqliteTable(
  'registers',
  {
    ...recordColumns,
    code: text().notNull(),
    note: text().notNull(),
    startOn: text('start_on').notNull(),
    nextReviewOn: text('next_review_on'),
    endOn: text('end_on'),
    officerName: text('officer_name').notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof registersTable.$inferSelect, RecordColumn>, Register>
