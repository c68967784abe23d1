import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Settings of this officer on this PC, each value as JSON. */
export const settingsTable = sqliteTable('settings', {
  name: text().primaryKey(),
  value: text({ mode: 'json' }).$type<unknown>().notNull(),
})

/** Cases that this officer opened, for the list of recent ones. */
export const recentCasesTable = sqliteTable(
  'recent_cases',
  {
    caseId: text('case_id').primaryKey(),
    openedAt: integer('opened_at').notNull(),
  },
  table => [index('recent_cases_by_time').on(table.openedAt)],
)
