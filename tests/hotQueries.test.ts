import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../db/database.ts'
import { STORE_FILE } from '../db/openStore.ts'
import { aCase, aContact, anAppointment, anEntry, anEvent, anId, aRegister, formIds } from './support/builders.ts'
import { anEngine } from './support/engine.ts'
import { TEST_KEY } from './support/store.ts'

/**
 * Reads of a whole table that are meant: small ones, and the caseload's own line a case, which a filter must look
 * through. Rows that could not be read are tried again once by each version.
 */
const READ_WHOLE = new Set([
  'attached_files',
  'due',
  'case_summary',
  'drafts',
  'outbox',
  'case_scope',
  'sync_state',
  'owed',
  'settings',
  'unreadable_rows',
])

const prepared = new Set<string>()
const original = Sqlite.prototype.prepare

beforeAll(() => {
  Sqlite.prototype.prepare = function (this: Sqlite.Database, sql: string) {
    prepared.add(sql)
    return original.call(this, sql)
  } as typeof original
})
afterAll(() => {
  Sqlite.prototype.prepare = original
})

describe('what the officer waits for', () => {
  it('reads by an index, never a whole table that grows with the cases', () => {
    const appointmentId = anId()
    const { caseId, rows } = aCase(() => [
      { entity: 'event', id: anId(), fields: anEvent() },
      { entity: 'register', id: anId(), fields: aRegister() },
      { entity: 'appointment', id: appointmentId, fields: anAppointment() },
      { entity: 'contact', id: anId(), fields: aContact() },
    ])
    const { call, folder } = anEngine({ rows })
    const filter = { words: '', category: null, compliance: null, showSystem: false }

    call('today.diary', { day: '2026-03-02' })
    call('today.toLog', { limit: 10, offset: 0 })
    call('today.owed', { limit: 10, offset: 0 })
    call('today.recent', {})
    call('today.prepare', { appointmentId })
    call('caseload.list', { words: 'jac', sort: 'owed', limit: 100, offset: 0 })
    call('cases.open', { caseId })
    call('cases.timeline', { caseId, filter, before: null, limit: 50 })
    call('cases.details', { caseId })
    call('forms.openContact', { caseId, appointmentId, mends: null })
    call('contacts.record', {
      ids: formIds(),
      caseId,
      appointmentId,
      appointmentBaseRev: 6,
      mends: null,
      entry: anEntry(),
    })
    call('find.people', { text: 'thistle', limit: 3, offset: 0 })
    call('find.people', { text: 'ja', limit: 3, offset: 0 })
    call('find.notes', { text: 'landlord', within: null, without: null, limit: 3, offset: 0 })
    call('documents.list', { caseId })
    call('documents.ofForm', { caseId, formId: anId() })
    call('sync.status', {})

    expect(fullScans(join(folder, STORE_FILE))).toEqual([])
  })
})

/** `table: statement` of each plan that reads all of a table. */
function fullScans(path: string): readonly string[] {
  const db = openDatabase(path, TEST_KEY, { readonly: true })
  const explain = (sql: string): readonly { readonly detail: string }[] => {
    const places: unknown[] = (sql.match(/\?/g) ?? []).map(() => null)
    const names = Object.fromEntries(
      (sql.match(/@\w+/g) ?? []).map(name => [name.slice(1), name === '@match' ? '"x"' : 1]),
    )
    const statement = original.call(db.$client, `EXPLAIN QUERY PLAN ${sql}`) as Sqlite.Statement<unknown[]>
    return statement.all(...(sql.includes('@') ? [names] : places)) as { readonly detail: string }[] // a plan has a detail a row
  }
  const found = [...prepared]
    .filter(sql => /^\s*(select|update|delete)/i.test(sql) && !/sqlite_|pragma_|total_changes|__drizzle/.test(sql))
    .flatMap(sql => {
      const plan = explain(sql).map(one => one.detail)
      // The first few rows in the order of an index, whatever the table holds.
      if (/limit \? \+ 0\s*$/i.test(sql) && !plan.some(detail => detail.includes('TEMP B-TREE'))) return []
      return plan
        .filter(detail => !detail.includes('VIRTUAL TABLE'))
        .map(detail => /^SCAN (\w+)/.exec(detail)?.[1])
        .filter(table => table !== undefined && !READ_WHOLE.has(table) && table !== 's')
        .map(table => `${String(table)}: ${sql.replace(/\s+/g, ' ').slice(0, 200)}`)
    })
  db.$client.close()
  return found
}
