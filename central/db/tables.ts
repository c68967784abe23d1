import { bigint, boolean, customType, index, integer, jsonb, pgTable, primaryKey, unique } from 'drizzle-orm/pg-core'
import type { AuditEntry, OperationAnswer, OperationBody, Role } from '../../shared/sync/protocol.ts'
import type { AnyFields, Entity, FieldValue } from '../../shared/sync/recordTypes.ts'

/** For each field a number of the counter. */
export type Revisions = Readonly<Record<string, number>>

/** For each field what it was before a change, and the number of the change that had set that. */
export type Before = Readonly<Record<string, { readonly rev: number; readonly value: FieldValue }>>

export interface RowKey {
  readonly caseId: string
  readonly entity: Entity
  readonly id: string
}

type WithoutRows<Answer> = Answer extends unknown ? Omit<Answer, 'opId' | 'rows'> : never
/** An answer as it is kept: an operation that comes again gets the rows as they are then. */
export type Verdict = WithoutRows<Exclude<OperationAnswer, { readonly status: 'as-sent' }>>

/** Text in byte order on every machine: the order of keys and cursors must not depend on the machine's language. */
const key = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })
/** UTC milliseconds, or a number of the centre's counter: both fit a JavaScript number. */
const whole = (name = '') => bigint(name, { mode: 'number' })
const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
const region = key().notNull()

/** The centre itself: one row. */
export const centreTable = pgTable(
  'centre',
  {
    region,
    /** Made at the first start; a workstation's store belongs to one centre. */
    id: key().notNull(),
    officeName: key('office_name').notNull(),
    isDemo: boolean('is_demo').notNull(),
    /** Signs cursors, so that nobody can make one up. */
    cursorSecret: key('cursor_secret').notNull(),
  },
  table => [primaryKey({ columns: [table.region] })],
)

/** Numbers every change and grant of the region, without gaps and in the order of commits. */
export const counterTable = pgTable('counter', { region, n: whole().notNull() }, table => [
  primaryKey({ columns: [table.region] }),
])

export const userTable = pgTable(
  'app_user',
  { region, id: key().notNull(), name: key().notNull(), role: key().$type<Role>().notNull() },
  table => [primaryKey({ columns: [table.region, table.id] })],
)

/** A workstation of one user. */
export const deviceTable = pgTable(
  'device',
  {
    region,
    id: key().notNull(),
    userId: key('user_id').notNull(),
    /** SHA-256 of the token's secret part, in hexadecimal. */
    tokenHash: key('token_hash').notNull(),
    incarnation: integer().notNull(),
    /** Highest number of an operation of this incarnation that was answered. */
    lastN: whole('last_n').notNull(),
    createdAt: whole('created_at').notNull(),
    lastSeen: whole('last_seen').notNull(),
    /** What the workstation said of itself when it last asked for news; null before it did. */
    unsent: integer(),
    /** By the centre's clock. */
    oldestUnsentAt: whole('oldest_unsent_at'),
    refused: integer(),
    appVersion: key('app_version'),
  },
  table => [primaryKey({ columns: [table.region, table.id] })],
)

/** Every record as it is now. */
export const rowTable = pgTable(
  'row_state',
  {
    region,
    caseId: key('case_id').notNull(),
    entity: key().$type<Entity>().notNull(),
    id: key().notNull(),
    /** Number of the change that last touched the row. */
    version: whole().notNull(),
    deleted: boolean().notNull(),
    fields: jsonb().$type<AnyFields>().notNull(),
    /** For each field the number of the change that last set it. */
    fieldRev: jsonb('field_rev').$type<Revisions>().notNull(),
  },
  table => [
    primaryKey({ columns: [table.region, table.caseId, table.entity, table.id] }),
    index('row_state_changed_since').on(table.region, table.version),
  ],
)

/** What was changed, by whom, from where and when. Nothing is ever updated or deleted here. */
export const changeTable = pgTable(
  'change',
  {
    region,
    seq: whole().notNull(),
    caseId: key('case_id').notNull(),
    entity: key().$type<Entity>().notNull(),
    id: key().notNull(),
    opId: key('op_id').notNull(),
    actor: key().notNull(),
    device: key().notNull(),
    recordedAt: whole('recorded_at').notNull(),
    /** The workstation's own account of the time, kept as evidence. */
    clientAt: whole('client_at').notNull(),
    serverSeen: jsonb('server_seen').$type<{ readonly at: number; readonly agoMs: number } | null>(),
    reason: key(),
    /** The fields that were set. */
    patch: jsonb().$type<AnyFields>().notNull(),
    /** What they were; null for a new row. */
    before: jsonb().$type<Before>(),
  },
  table => [primaryKey({ columns: [table.region, table.seq] })],
)

/** The answer to every operation, so that one that comes again is answered again and done once. */
export const resultTable = pgTable(
  'op_result',
  {
    region,
    opId: key('op_id').notNull(),
    userId: key('user_id').notNull(),
    deviceId: key('device_id').notNull(),
    incarnation: integer().notNull(),
    n: whole().notNull(),
    verdict: jsonb().$type<Verdict>().notNull(),
    rowKey: jsonb('row_key').$type<RowKey>(),
    revs: jsonb().$type<Revisions>().notNull(),
  },
  table => [
    primaryKey({ columns: [table.region, table.opId] }),
    unique('op_result_number').on(table.region, table.deviceId, table.incarnation, table.n),
  ],
)

/**
 * Operations that came when the case was no longer their author's and that no record was made of: kept whole for whoever has
 * the case now.
 */
export const lateWorkTable = pgTable(
  'late_work',
  {
    region,
    opId: key('op_id').notNull(),
    caseId: key('case_id').notNull(),
    /** Of the record that it is about. */
    id: key().notNull(),
    type: key().notNull(),
    body: jsonb().$type<OperationBody>().notNull(),
    actor: key().notNull(),
    device: key().notNull(),
    recordedAt: whole('recorded_at').notNull(),
    clientAt: whole('client_at').notNull(),
    serverSeen: jsonb('server_seen').$type<{ readonly at: number; readonly agoMs: number } | null>(),
    reason: key(),
  },
  table => [
    primaryKey({ columns: [table.region, table.opId] }),
    index('late_work_of_case').on(table.region, table.caseId),
  ],
)

/** How far each device is with the cases that were taken away from its user. */
export const purgeTable = pgTable(
  'purge',
  {
    region,
    deviceId: key('device_id').notNull(),
    caseId: key('case_id').notNull(),
    epoch: integer().notNull(),
    /** `confirmed`: it was held, and may be purged. */
    state: key().$type<'held' | 'confirmed' | 'purged'>().notNull(),
    rows: whole().notNull(),
    unsent: whole().notNull(),
    reportedAt: whole('reported_at').notNull(),
  },
  table => [primaryKey({ columns: [table.region, table.deviceId, table.caseId, table.epoch] })],
)

/** Who may read which case: the kept answer of `mayAct`, rewritten with every fact that it rests on. */
export const scopeTable = pgTable(
  'scope',
  {
    region,
    userId: key('user_id').notNull(),
    caseId: key('case_id').notNull(),
    epoch: integer().notNull(),
    /** First instant at which it no longer holds; null without end. */
    until: whole(),
  },
  table => [
    primaryKey({ columns: [table.region, table.userId, table.caseId] }),
    index('scope_of_case').on(table.region, table.caseId),
  ],
)

/** The next instant at which the calendar alone changes who may read a case. */
export const scopeDueTable = pgTable(
  'scope_due',
  { region, caseId: key('case_id').notNull(), at: whole().notNull() },
  table => [
    primaryKey({ columns: [table.region, table.caseId] }),
    index('scope_due_by_time').on(table.region, table.at),
  ],
)

/** Every grant and revoke, numbered with the changes, so that a cursor meets both in one order. */
export const scopeEventTable = pgTable(
  'scope_event',
  {
    region,
    seq: whole().notNull(),
    userId: key('user_id').notNull(),
    caseId: key('case_id').notNull(),
    kind: key().$type<'grant' | 'revoke'>().notNull(),
    epoch: integer().notNull(),
    /** The centre's clock. */
    at: whole().notNull().default(0),
  },
  table => [
    primaryKey({ columns: [table.region, table.seq] }),
    index('scope_event_of_case').on(table.region, table.caseId, table.userId, table.seq),
    index('scope_event_since').on(table.region, table.userId, table.seq),
  ],
)

/** Who read and did what, as the PCs wrote it down. Nothing is ever updated or deleted here. */
export const auditTable = pgTable(
  'audit',
  {
    region,
    deviceId: key('device_id').notNull(),
    hash: key().notNull(),
    /** The hash of the entry before it. */
    prev: key().notNull(),
    n: whole().notNull(),
    at: whole().notNull(),
    userId: key('user_id').notNull(),
    action: key().notNull(),
    caseId: key('case_id'),
    detail: jsonb().$type<AuditEntry['detail']>().notNull(),
    receivedAt: whole('received_at').notNull(),
    /** `gap`: what came before it is not here. `fork`: another entry follows the same one. */
    flaw: key().$type<'gap' | 'fork'>(),
  },
  table => [
    primaryKey({ columns: [table.region, table.deviceId, table.hash] }),
    index('audit_after').on(table.region, table.deviceId, table.prev),
  ],
)

/** The sealed bytes of a document, by case: the case decides who may have them. */
export const blobTable = pgTable(
  'blob',
  {
    region,
    caseId: key('case_id').notNull(),
    /** SHA-256 of all bytes, in hexadecimal. */
    hash: key().notNull(),
    bytes: integer().notNull(),
    /** When all were there and fitted the hash; null until then. */
    completeAt: whole('complete_at'),
  },
  table => [primaryKey({ columns: [table.region, table.caseId, table.hash] })],
)

export const blobChunkTable = pgTable(
  'blob_chunk',
  {
    region,
    caseId: key('case_id').notNull(),
    hash: key().notNull(),
    place: integer().notNull(),
    chunk: bytea().notNull(),
  },
  table => [primaryKey({ columns: [table.region, table.caseId, table.hash, table.place] })],
)
