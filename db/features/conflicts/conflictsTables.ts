import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Conflict, Proposal } from '../../../shared/features/conflicts/conflict.ts'
import type { FieldValue } from '../../../shared/sync/recordTypes.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

const anyValue = (name: string) => text(name, { mode: 'json' }).$type<FieldValue>()

export const conflictsTable = sqliteTable(
  'conflicts',
  {
    ...recordColumns,
    rowEntity: text('row_entity').notNull(),
    rowId: text('row_id').notNull(),
    field: text().notNull(),
    before: anyValue('before'),
    standing: anyValue('standing'),
    standingById: text('standing_by_id'),
    standingByName: text('standing_by_name'),
    standingAt: integer('standing_at'),
    proposals: integer().notNull(),
    state: text({ enum: ['open', 'settled'] }).notNull(),
    settledValue: anyValue('settled_value'),
    settledById: text('settled_by_id'),
    settledByName: text('settled_by_name'),
    settledAt: integer('settled_at'),
    reason: text(),
  },
  table => [
    primaryKey({ columns: [table.caseId, table.id] }),
    index('conflicts_by_state').on(table.state, table.version),
  ],
)
true satisfies Matches<Omit<typeof conflictsTable.$inferSelect, RecordColumn>, Conflict>

export const proposalsTable = sqliteTable(
  'proposals',
  {
    ...recordColumns,
    conflictId: text('conflict_id').notNull(),
    value: anyValue('value'),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    at: integer().notNull(),
    opId: text('op_id').notNull(),
    reason: text(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof proposalsTable.$inferSelect, RecordColumn>, Proposal>
