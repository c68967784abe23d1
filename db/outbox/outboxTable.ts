import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { RefusalCode } from '../../shared/features/sync/syncContract.ts'
import type { OperationBody } from '../../shared/sync/protocol.ts'
import type { AnyFields, Entity } from '../../shared/sync/recordTypes.ts'

/**
 * Where an operation is on its way.
 * `pending`: never gone out. `sending`: a request holds it. `retry`: has gone out, no answer came.
 * `acked`: the centre's answer is stored; what does not stand waits for a person as a proposal. `quarantined`: refused for good.
 * `discarded`: taken out by a person, with a reason, or mended; what was typed stays here.
 */
export const outboxStates = ['pending', 'sending', 'retry', 'acked', 'quarantined', 'discarded'] as const
export type OutboxState = (typeof outboxStates)[number]

/**
 * What the officer did, in the order in which it was done; what the centre confirmed stays a week. Each page that a save
 * touches is encrypted and written, so there are only the indexes that a save or a send cannot do without.
 */
export const outboxTable = sqliteTable(
  'outbox',
  {
    /** Local order. Numbers on the wire (`n`) are given when an operation is first sent. */
    place: integer().primaryKey(),
    opId: text('op_id').notNull(),
    actionId: text('action_id').notNull(),
    incarnation: integer(),
    n: integer(),
    type: text().notNull(),
    entity: text().$type<Entity>().notNull(),
    caseId: text('case_id').notNull(),
    id: text().notNull(),
    body: text({ mode: 'json' }).$type<OperationBody>().notNull(),
    reason: text(),
    clientAt: integer('client_at').notNull(),
    serverSeenAt: integer('server_seen_at'),
    serverSeenAgoMs: integer('server_seen_ago_ms'),
    /** Nothing is sent before this instant: until then Undo takes it back. */
    notBefore: integer('not_before').notNull(),
    state: text({ enum: outboxStates }).notNull(),
    attempts: integer().notNull(),
    /** How often the service failed over it alone. */
    failures: integer().notNull().default(0),
    /** Contact with the service, in milliseconds, when that began. */
    failedFromMs: integer('failed_from_ms'),
    /** Until this instant it is set aside after such a failure: everything else goes on. */
    asideUntil: integer('aside_until').notNull().default(0),
    answeredAt: integer('answered_at'),
    /** Of a discarded one: the action that says it better. */
    mendedBy: text('mended_by'),
    refusedCode: text('refused_code').$type<RefusalCode>(),
    refusedField: text('refused_field'),
  },
  table => [
    index('outbox_unsent')
      .on(table.place)
      .where(sql`state IN ('pending', 'sending', 'retry')`),
    index('outbox_needs_you')
      .on(table.place)
      .where(sql`state = 'quarantined'`),
    index('outbox_by_row').on(table.caseId, table.entity, table.id, table.place),
  ],
)

/**
 * What the centre last confirmed, kept only for rows with unsent work that it has seen. A row it has not seen has version 0
 * and needs no shadow. What the officer sees is this with the row's operations replayed on top.
 */
export const shadowTable = sqliteTable(
  'shadow',
  {
    caseId: text('case_id').notNull(),
    entity: text().$type<Entity>().notNull(),
    id: text().notNull(),
    version: integer().notNull(),
    fields: text({ mode: 'json' }).$type<AnyFields>(),
    fieldRev: text('field_rev', { mode: 'json' }).$type<Readonly<Record<string, number>>>().notNull(),
    extra: text({ mode: 'json' }).$type<AnyFields>(),
  },
  table => [primaryKey({ columns: [table.caseId, table.entity, table.id] })],
)
