import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Document } from '../../../shared/features/documents/document.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

export const documentsTable = sqliteTable(
  'documents',
  {
    ...recordColumns,
    contactId: text('contact_id').notNull(),
    contactAt: integer('contact_at').notNull(),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    bytes: integer().notNull(),
    attachedAt: integer('attached_at').notNull(),
    contentHash: text('content_hash').notNull(),
    blobHash: text('blob_hash').notNull(),
    key: text().notNull(),
    recordedById: text('recorded_by_id').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    amends: text(),
    strikes: text(),
    reason: text(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof documentsTable.$inferSelect, RecordColumn>, Document>

/** Files that are attached on a record screen and not saved yet. Their bytes lie sealed beside the store. */
export const attachedFilesTable = sqliteTable(
  'attached_files',
  {
    id: text().primaryKey(),
    formId: text('form_id').notNull(),
    caseId: text('case_id').notNull(),
    /** Under which it will be saved. */
    opId: text('op_id').notNull(),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    bytes: integer().notNull(),
    key: text().notNull(),
    /** In the folder of files. */
    file: text().notNull(),
    begunAt: integer('begun_at').notNull(),
    /** Both null until all bytes are on the disk. */
    contentHash: text('content_hash'),
    blobHash: text('blob_hash'),
  },
  table => [index('attached_files_by_form').on(table.formId)],
)

/**
 * The sealed bytes of documents on this PC.
 * `sending`: all are here, `chunks` of them at the centre. `fetching`: `chunks` of them are here, the others are asked for.
 * `here`: all are here and at the centre. `damaged`: what is here cannot be read.
 */
export const documentFilesTable = sqliteTable(
  'document_files',
  {
    caseId: text('case_id').notNull(),
    blobHash: text('blob_hash').notNull(),
    /** In the folder of files. */
    file: text().notNull(),
    /** Sealed. */
    bytes: integer().notNull(),
    state: text({ enum: ['sending', 'fetching', 'here', 'damaged'] }).notNull(),
    chunks: integer().notNull(),
    /** Nothing is asked of the centre before this instant. */
    notBefore: integer('not_before').notNull(),
    /** Whether an officer waits for it. */
    isWanted: integer('is_wanted', { mode: 'boolean' }).notNull(),
  },
  table => [
    primaryKey({ columns: [table.caseId, table.blobHash] }),
    index('document_files_moving')
      .on(table.state, table.notBefore)
      .where(sql`state IN ('sending', 'fetching')`),
  ],
)

/** Files that no row needs any more: they are removed from the disk when nothing else happens. */
export const removedFilesTable = sqliteTable('removed_files', { file: text().primaryKey() })
