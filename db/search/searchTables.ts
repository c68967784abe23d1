import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Entity } from '../../shared/sync/recordTypes.ts'

/**
 * Which record a row of the full-text index `search_text` is. `searchId` is the start in seconds times 2^20 plus the last
 * 20 bits of the id (the next free one if that is taken): the newest come first whatever the order of arrival, and from a
 * record one knows its place without another index.
 */
export const searchDocTable = sqliteTable('search_doc', {
  searchId: integer('search_id').primaryKey(),
  caseId: text('case_id').notNull(),
  entity: text().$type<Entity>().notNull(),
  id: text().notNull(),
})

/** Every name and number that a person can be found by. `name_text` is the trigram index over `folded`. */
export const nameDocTable = sqliteTable(
  'name_doc',
  {
    nameId: integer('name_id').primaryKey(),
    caseId: text('case_id').notNull(),
    kind: text({ enum: ['name', 'alias', 'crn', 'pnc', 'noms', 'cro', 'born'] }).notNull(),
    shown: text().notNull(),
    folded: text().notNull(),
  },
  table => [index('name_doc_by_case').on(table.caseId)],
)

/** Words of names, for one and two letters, which trigrams cannot find. */
export const nameWordTable = sqliteTable(
  'name_word',
  {
    word: text().notNull(),
    caseId: text('case_id').notNull(),
  },
  table => [primaryKey({ columns: [table.word, table.caseId] }), index('name_word_by_case').on(table.caseId)],
)
