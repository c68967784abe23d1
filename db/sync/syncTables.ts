import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Which cases this officer may see, until when, and how much of each is here. Only `backfill` and `active` are shown. */
export const caseScopeTable = sqliteTable(
  'case_scope',
  {
    caseId: text('case_id').primaryKey(),
    epoch: integer().notNull(),
    state: text({ enum: ['backfill', 'active', 'revoked'] }).notNull(),
    /** Where the backfill goes on; null at its start and after its end. */
    backfillAfter: text('backfill_after'),
    /** Backfill goes by this, the lower first: the place of the grant among those that came with it. */
    priority: integer().notNull(),
    /** First instant at which the case is not this officer's any more; null without end, and until the centre says it. */
    until: integer(),
  },
  table => [index('case_scope_by_state').on(table.state, table.priority)],
)

/** What sync knows between two runs: cursor, incarnation, centre, times, the version that read the rows. One row a fact. */
export const syncStateTable = sqliteTable('sync_state', {
  name: text().$type<SyncFact>().primaryKey(),
  value: text().notNull(),
})
export type SyncFact =
  | 'centreId'
  | 'cursor'
  | 'incarnation'
  | 'nextN'
  | 'lastContactAt'
  /** How long the service has been there altogether, in milliseconds. */
  | 'contactMs'
  | 'clockAheadMs'
  | 'version'
  /** Number of the last entry of the audit that the centre has. */
  | 'auditSent'

/** Rows from the centre that this version cannot read, whole. Each new version tries them again. */
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
