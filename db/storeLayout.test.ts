import { describe, expect, it } from 'vitest'
import { aStore } from '../tests/support/store.ts'

/**
 * How every table is kept. drizzle-kit drops `WITHOUT ROWID` without a word when it rebuilds a table; then a case's rows lie
 * scattered and each costs a page to decrypt.
 */
const LAYOUT = {
  addresses: 'clustered',
  adjustments: 'clustered',
  aliases: 'clustered',
  appointments: 'clustered',
  assignments: 'clustered',
  attached_files: 'clustered',
  audit: 'by rowid',
  case_scope: 'clustered',
  case_summary: 'clustered',
  cases: 'clustered',
  conflicts: 'clustered',
  contact_details: 'clustered',
  contacts: 'clustered',
  document_files: 'clustered',
  documents: 'clustered',
  drafts: 'clustered',
  due: 'clustered',
  events: 'clustered',
  identifiers: 'clustered',
  name_doc: 'by rowid',
  name_text: 'index',
  name_word: 'clustered',
  outbox: 'by rowid',
  owed: 'clustered',
  proposals: 'clustered',
  purge: 'clustered',
  recent_cases: 'clustered',
  registers: 'clustered',
  removed_files: 'clustered',
  requirements: 'clustered',
  search_doc: 'by rowid',
  search_text: 'index',
  settings: 'clustered',
  shadow: 'clustered',
  sync_state: 'clustered',
  templates: 'clustered',
  unreadable_rows: 'clustered',
}

const INDEXES = [
  'appointments_by_id',
  'appointments_by_officer_and_start',
  'appointments_without_outcome',
  'assignments_by_user',
  'attached_files_by_form',
  'case_scope_by_state',
  'case_summary_by_day',
  'case_summary_by_name',
  'case_summary_by_next',
  'conflicts_by_state',
  'contacts_of_appointments',
  'contacts_with_credits',
  'document_files_moving',
  'drafts_by_case',
  'name_doc_by_case',
  'name_word_by_case',
  'outbox_by_row',
  'outbox_needs_you',
  'outbox_unsent',
  'owed_by_due',
  'purge_by_stage',
  'recent_cases_by_time',
]

interface MasterRow {
  readonly name: string
  readonly sql: string
}

describe('the layout of the store', () => {
  it('is as this list says, table by table', () => {
    const db = aStore()
    const tables = db.$client
      .prepare(
        `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE '%\\_text\\__%' ESCAPE '\\' AND name <> '__drizzle_migrations' ORDER BY name`,
      )
      .all() as MasterRow[] // two text columns

    expect(Object.fromEntries(tables.map(({ name, sql }) => [name, kindOf(sql)]))).toEqual(LAYOUT)
  })

  it('has these indexes and no others: each one is written by every save', () => {
    const db = aStore()
    const indexes = db.$client
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`)
      .pluck()
      .all()

    expect(indexes).toEqual(INDEXES)
  })

  it('merges the full-text index only when the engine is idle', () => {
    const automerge = aStore().$client.prepare(`SELECT v FROM search_text_config WHERE k = 'automerge'`).pluck().get()

    expect(automerge).toBe(0)
  })
})

function kindOf(sql: string): string {
  if (/USING fts5/i.test(sql)) return 'index'
  return /WITHOUT ROWID/i.test(sql) ? 'clustered' : 'by rowid'
}
