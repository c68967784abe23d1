import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aContact, anId } from '../tests/support/builders.ts'
import { aStore, MIGRATIONS, TEST_KEY } from '../tests/support/store.ts'
import { aFolder } from '../tests/support/temporary.ts'
import { inTransaction, openDatabase, PAGE_BYTES, type Database } from './database.ts'
import { openStore, STORE_FILE } from './openStore.ts'
import { queueAction } from './outbox/outboxRepository.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
const open = (folder: string, migrations = MIGRATIONS) => openStore({ folder, key: TEST_KEY, migrations, now: NOW })

function saveContacts(db: Database, count: number): void {
  for (let n = 0; n < count; n++) {
    const facts = { actionId: anId(), clientAt: NOW, notBefore: 0, serverSeen: null }
    const body = { create: aContact({ note: `contact ${n} ${'word '.repeat(200)}`, startedAt: NOW - n * 60_000 }) }
    inTransaction(db, tx => {
      queueAction(tx, facts, [{ opId: anId(), type: 'contact.create@1', caseId: anId(), id: anId(), body }])
    })
  }
}

/** The migrations as an older version had them would need an older release; one more on top makes today's the older one. */
function oneMoreMigration(): string {
  const folder = join(aFolder(), 'migrations')
  cpSync(MIGRATIONS, folder, { recursive: true })
  const journalPath = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(journalPath, 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[]
  }
  const last = journal.entries.at(-1)
  journal.entries.push({ ...last, idx: journal.entries.length, when: (last?.when ?? 0) + 1, tag: '9999_more' })
  writeFileSync(journalPath, JSON.stringify(journal))
  writeFileSync(join(folder, '9999_more.sql'), 'ALTER TABLE `settings` ADD `more` text;')
  return folder
}

describe('opening a store', () => {
  it('refuses one from a newer version with both numbers and leaves every byte as it was', () => {
    const folder = aFolder()
    const newer = open(folder, oneMoreMigration())
    if (newer.state === 'open') newer.db.$client.close()
    const before = hashOf(join(folder, STORE_FILE))

    const opened = open(folder)

    expect(opened).toEqual({ state: 'newer', found: 2, known: 1 })
    expect(hashOf(join(folder, STORE_FILE))).toBe(before)
  })

  it('backs the store up under its key before it migrates', () => {
    const folder = aFolder()
    const db = aStore(folder)
    saveContacts(db, 3)
    db.$client.close()

    const opened = open(folder, oneMoreMigration())

    expect(opened.state).toBe('open')
    if (opened.state === 'open') opened.db.$client.close()
    const [backup = ''] = readdirSync(join(folder, 'backups'))
    expect(backup).toMatch(/^store-version-1-/)
    const copy = openDatabase(join(folder, 'backups', backup), TEST_KEY, { readonly: true })
    expect(copy.$client.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(3)
    copy.$client.close()
    expect(readFileSync(join(folder, 'backups', backup)).includes('contact 1')).toBe(false)
  })

  it('keeps a damaged store under another name and saves what was never sent', () => {
    const folder = aFolder()
    const db = aStore(folder)
    saveContacts(db, 40)
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    db.$client.close()
    damage(join(folder, STORE_FILE))
    const before = hashOf(join(folder, STORE_FILE))

    const opened = open(folder)

    expect(opened).toMatchObject({ state: 'open', damaged: { keptAs: 'store-damaged-2026-03-02T10-15-00-000Z.db' } })
    expect(hashOf(join(folder, 'store-damaged-2026-03-02T10-15-00-000Z.db'))).toBe(before)
    if (opened.state !== 'open') return
    expect(opened.db.$client.pragma('quick_check', { simple: true })).toBe('ok')
    opened.db.$client.close()
  })

  it('takes over everything unsent when the damage is elsewhere in the file', () => {
    const folder = aFolder()
    const db = aStore(folder)
    saveContacts(db, 20)
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    const page = db.$client
      .prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'settings'`)
      .pluck()
      .get() as number // a page number
    db.$client.close()
    damage(join(folder, STORE_FILE), page)

    const opened = openStore({ folder, key: TEST_KEY, migrations: MIGRATIONS, now: NOW, isDamaged: true })

    expect(opened).toMatchObject({ state: 'open', damaged: { entriesSaved: 20, draftsSaved: 0 } })
    if (opened.state !== 'open') return
    expect(opened.db.$client.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(20)
    opened.db.$client.close()
  })

  it('says that the store is locked when another program holds it', () => {
    const folder = aFolder()
    aStore(folder).$client.close()
    const other = openDatabase(join(folder, STORE_FILE), TEST_KEY)
    other.$client.exec('BEGIN EXCLUSIVE')

    const opened = open(folder, oneMoreMigration())

    expect(opened).toEqual({ state: 'not-writable', cause: 'locked' })
    other.$client.close()
  })
})

/** A power cut or a bad disk: one page is gone. */
function damage(path: string, page = 1): void {
  const bytes = readFileSync(path)
  bytes.fill(0xff, (page - 1) * PAGE_BYTES, page * PAGE_BYTES)
  writeFileSync(path, bytes)
}
