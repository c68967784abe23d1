import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Template } from '../../../shared/features/templates/template.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

export const templatesTable = sqliteTable(
  'templates',
  {
    ...recordColumns,
    name: text().notNull(),
    kinds: text().notNull(),
    suits: text({ enum: ['attended', 'absent', 'any'] }).notNull(),
    body: text().notNull(),
    position: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof templatesTable.$inferSelect, RecordColumn>, Template>
