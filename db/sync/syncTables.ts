import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Which cases this officer may see, and how much of each is here. Only `backfill` and `active` are shown. */
export const caseScopeTable = sqliteTable(
  'case_scope',
  {
    caseId: text('case_id').primaryKey(),
    epoch: integer().notNull(),
    state: text({ enum: ['backfill', 'active', 'revoked'] }).notNull(),
    /** Where the backfill goes on; null at its start and after its end. */
    backfillAfter: text('backfill_after'),
    /** Backfill goes by this, the lower first: the start of the next appointment, where one is known. */
    priority: integer().notNull(),
  },
  table => [index('case_scope_by_state').on(table.state, table.priority)],
)

/** What sync knows between two runs: cursor, incarnation, centre, times. One row a fact. */
export const syncStateTable = sqliteTable('sync_state', {
  name: text().$type<SyncFact>().primaryKey(),
  value: text().notNull(),
})
export type SyncFact = 'centreId' | 'cursor' | 'incarnation' | 'nextN' | 'lastContactAt' | 'serverTime' | 'clockAheadMs'

/** Rows from the centre that this version cannot read, whole, until a version that can. */
export const unreadableRowsTable = sqliteTable(
  'unreadable_rows',
  {
    caseId: text('case_id').notNull(),
    entity: text().notNull(),
    id: text().notNull(),
    version: integer().notNull(),
    raw: blob({ mode: 'buffer' }).notNull(),
    reason: text().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.entity, table.id] })],
)
