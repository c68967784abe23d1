import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Who did and read what on this PC, each entry chained to the one before. */
export const auditTable = sqliteTable('audit', {
  n: integer().primaryKey(),
  at: integer().notNull(),
  userId: text('user_id').notNull(),
  role: text().notNull(),
  deviceId: text('device_id').notNull(),
  action: text().notNull(),
  caseId: text('case_id'),
  detail: text({ mode: 'json' }).$type<AuditDetail>().notNull(),
  prev: blob({ mode: 'buffer' }).notNull(),
  hash: blob({ mode: 'buffer' }).notNull(),
})

/** What an entry adds to who, when and what: ids, counts, search words, reasons. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>
