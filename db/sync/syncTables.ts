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
    /** When its rows were last compared with the centre's; null before the first time. */
    comparedAt: integer('compared_at'),
  },
  table => [index('case_scope_by_state').on(table.state, table.priority)],
)

/**
 * How far a case that was taken away is on its way out of this store.
 * `new`: hidden, and not yet counted with whatever else the same sync takes away. `held`: it went with so many others that the
 * centre must confirm it. `drain`: its unsent work goes on being sent. `rows`: it is being removed. `index`: its rows are gone,
 * traces are left in the search index and in the log. `receipt`: nothing is left, and the centre has not heard so. `done`: it has.
 */
export const purgeStages = ['new', 'held', 'drain', 'rows', 'index', 'receipt', 'done'] as const
export type PurgeStage = (typeof purgeStages)[number]

/** Cases that were taken away, one row each. */
export const purgeTable = sqliteTable(
  'purge',
  {
    caseId: text('case_id').primaryKey(),
    epoch: integer().notNull(),
    stage: text({ enum: purgeStages }).notNull(),
    /** When it was counted with the others; null until then. */
    countedAt: integer('counted_at'),
    /** Of all contact with the centre, how much there had been then. */
    contactMs: integer('contact_ms'),
    /** What the centre had refused was sent once more, for whoever has the case now. */
    isHandedOver: integer('is_handed_over', { mode: 'boolean' }).notNull(),
    /** Rows that were removed so far. */
    rows: integer().notNull(),
  },
  table => [index('purge_by_stage').on(table.stage)],
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
  /** Versions of rows after the cursor that are here, as stretches in JSON. */
  | 'known'

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
