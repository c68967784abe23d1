import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { diskError, onStatement } from '../tests/simulator/statements.ts'
import { aStore, MIGRATIONS, TEST_KEY } from '../tests/support/store.ts'
import { aFolder, aFolderInMemory } from '../tests/support/temporary.ts'
import type { Database } from './database.ts'
import { diskProblemOf } from './diskProblem.ts'
import { openStore } from './openStore.ts'

/** The migrations as the version had them that knew this many. */
function migrationsUpTo(count: number): string {
  const folder = join(aFolder(), 'migrations')
  cpSync(MIGRATIONS, folder, { recursive: true })
  const path = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: unknown[] } // written by drizzle-kit
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }))
  return folder
}

/** A store of the first version with a case and work that was refused. */
function oldStore(): string {
  const folder = aFolderInMemory()
  const opened = open(folder, migrationsUpTo(1))
  if (opened.state !== 'open') throw new Error(opened.state)
  opened.db.$client.exec(`
    INSERT INTO case_scope(case_id, epoch, state, priority) VALUES ('c', 1, 'active', 0);
    INSERT INTO case_summary(case_id, name, sort_name, rosh_rank, has_staff_risk, aliases, flags, folded, owed_count)
      VALUES ('c', 'Jacob', 'jacob', 4, 0, '', '', 'jacob', 0);
    INSERT INTO outbox(op_id, action_id, type, entity, case_id, id, body, client_at, not_before, state, attempts)
      VALUES ('o', 'a', 'contact.create@1', 'contact', 'c', 'i', '{}', 0, 0, 'quarantined', 1);`)
  opened.db.$client.close()
  return folder
}

const open = (folder: string, migrations = MIGRATIONS) =>
  openStore({ folder, key: TEST_KEY, migrations, now: 0, noteDamage: () => undefined })

const all = ({ $client }: Database, table: string) => $client.prepare(`SELECT * FROM ${table}`).all()

it('brings a store of the first version up to this one, with all that is in it', () => {
  const store = aStore(oldStore())

  expect(all(store, 'case_scope')).toMatchObject([{ case_id: 'c', state: 'active', until: null }])
  expect(all(store, 'case_summary')).toMatchObject([{ case_id: 'c', name: 'Jacob', worked_out_on: '' }])
  expect(all(store, 'outbox')).toMatchObject([{ op_id: 'o', state: 'quarantined', mended_by: null }])
})

describe('a disk that fails', () => {
  // A page that cannot be read is in `openStore.test.ts`.
  const codes = ['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_BUSY'] as const
  afterEach(() => {
    onStatement(() => undefined)
  })

  it.each(codes)('at any statement on the way there loses nothing: %s', code => {
    const old = oldStore()
    let statements = 0
    for (let at = 0, hasFailed = true; hasFailed; at++) {
      const folder = join(aFolderInMemory(), 'copy')
      cpSync(old, folder, { recursive: true })
      let left = at
      onStatement(() => {
        if (left-- === 0) throw diskError(code)
      })
      hasFailed = failsToOpen(folder)
      onStatement(() => undefined)
      statements = at

      const store = aStore(folder)
      expect(all(store, 'case_scope')).toMatchObject([{ case_id: 'c', state: 'active', until: null }])
      expect(all(store, 'outbox')).toMatchObject([{ op_id: 'o', state: 'quarantined', mended_by: null }])
    }
    expect(statements).toBeGreaterThan(50)
  })
})

/** Closes it again where it does open. */
function failsToOpen(folder: string): boolean {
  try {
    const opened = open(folder)
    if (opened.state === 'open') opened.db.$client.close()
    return opened.state !== 'open'
  } catch (error) {
    expect(diskProblemOf(error)).toBeDefined()
    return true
  }
}
