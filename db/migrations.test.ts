import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aStore, MIGRATIONS, TEST_KEY } from '../tests/support/store.ts'
import { aFolder } from '../tests/support/temporary.ts'
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

it('brings a store of the first version up to this one, with all that is in it', () => {
  const folder = aFolder()
  const opened = openStore({
    folder,
    key: TEST_KEY,
    migrations: migrationsUpTo(1),
    now: 0,
    noteDamage: () => undefined,
  })
  if (opened.state !== 'open') throw new Error(opened.state)
  opened.db.$client.exec(`
    INSERT INTO case_scope(case_id, epoch, state, priority) VALUES ('c', 1, 'active', 0);
    INSERT INTO case_summary(case_id, name, sort_name, rosh_rank, has_staff_risk, aliases, flags, folded, owed_count)
      VALUES ('c', 'Jacob', 'jacob', 4, 0, '', '', 'jacob', 0);
    INSERT INTO outbox(op_id, action_id, type, entity, case_id, id, body, client_at, not_before, state, attempts)
      VALUES ('o', 'a', 'contact.create@1', 'contact', 'c', 'i', '{}', 0, 0, 'quarantined', 1);`)
  opened.db.$client.close()

  const store = aStore(folder).$client
  const all = (table: string) => store.prepare(`SELECT * FROM ${table}`).all()

  expect(all('case_scope')).toMatchObject([{ case_id: 'c', state: 'active', until: null }])
  expect(all('case_summary')).toMatchObject([{ case_id: 'c', name: 'Jacob', worked_out_on: '' }])
  expect(all('outbox')).toMatchObject([{ op_id: 'o', state: 'quarantined', mended_by: null }])
})
