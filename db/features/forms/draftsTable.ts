import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ContactFormIds } from '../../../shared/features/contacts/contactsContract.ts'

/** What was typed and not saved, with the ids it will be saved under. Never sent to the centre. */
export const draftsTable = sqliteTable(
  'drafts',
  {
    formId: text('form_id').primaryKey(),
    caseId: text('case_id').notNull(),
    appointmentId: text('appointment_id'),
    /** The refused operation that the draft mends. */
    mends: text(),
    formVersion: integer('form_version').notNull(),
    ids: text({ mode: 'json' }).$type<ContactFormIds>().notNull(),
    body: text({ mode: 'json' }).$type<unknown>().notNull(),
    savedAt: integer('saved_at').notNull(),
  },
  table => [index('drafts_by_case').on(table.caseId, table.savedAt)],
)
