import { integer, text } from 'drizzle-orm/sqlite-core'
import type { AnyFields } from '../../shared/sync/recordTypes.ts'

/**
 * The columns of every synced table. `version` and `fieldRev` are what the centre last confirmed: 0 and {} for a row it
 * has not seen. `extra` holds fields that this version of Holdfast does not know.
 */
export const recordColumns = {
  caseId: text('case_id').notNull(),
  id: text().notNull(),
  version: integer().notNull(),
  fieldRev: text('field_rev', { mode: 'json' }).$type<Readonly<Record<string, number>>>().notNull(),
  extra: text({ mode: 'json' }).$type<AnyFields>(),
}
export type RecordColumn = keyof typeof recordColumns
