import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { invariant } from '../shared/result.ts'
import { aContact, anId } from '../tests/support/builders.ts'
import { aStore, MIGRATIONS, TEST_KEY } from '../tests/support/store.ts'
import { aFolder } from '../tests/support/temporary.ts'
import { inTransaction, openDatabase, PAGE_BYTES, type Database } from './database.ts'
import { readSetting, writeSetting } from './features/session/sessionRepository.ts'
import { openStore, STORE_FILE, type StorePlace } from './openStore.ts'
import { queueAction } from './outbox/outboxRepository.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
const open = (folder: string, migrations = MIGRATIONS, place: Partial<StorePlace> = {}) =>
  openStore({
    folder,
    key: TEST_KEY,
    migrations,
    now: NOW,
    noteDamage: (tx, damaged) => {
      writeSetting(tx, 'damage', damaged)
    },
    ...place,
  })
/** The store, which must open; it is closed when the test ends. */
function opened(folder: string, place: Partial<StorePlace> = {}): Database {
  const result = open(folder, MIGRATIONS, place)
  invariant(result.state === 'open', `it opens: ${JSON.stringify(result)}`)
  onTestFinished(() => {
    result.db.$client.close()
  })
  return result.db
}
const countOf = (db: Database, table: string): unknown =>
  db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

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

/** Migrations of this version. */
const MIGRATED = readdirSync(MIGRATIONS).filter(name => name.endsWith('.sql')).length

describe('opening a store', () => {
  it('refuses one from a newer version with both numbers and leaves every byte as it was', () => {
    const folder = aFolder()
    const newer = open(folder, oneMoreMigration())
    if (newer.state === 'open') newer.db.$client.close()
    const before = hashOf(join(folder, STORE_FILE))

    const opened = open(folder)

    expect(opened).toEqual({ state: 'newer', found: MIGRATED + 1, known: MIGRATED })
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
    expect(backup).toContain(`store-version-${MIGRATED}-`)
    const copy = openDatabase(join(folder, 'backups', backup), TEST_KEY, { readonly: true })
    expect(copy.$client.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(3)
    copy.$client.close()
    expect(readFileSync(join(folder, 'backups', backup)).includes('contact 1')).toBe(false)
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

const KEPT_AS = 'store-damaged-2026-03-02T10-15-00-000Z.db'

/** A PC that lost its power with unsent work in the store and in its log; then one page of the store was gone. */
function aDamagedFolder(count: number, pageOf: (db: Database) => number): string {
  const working = aFolder()
  const db = aStore(working)
  saveContacts(db, count)
  const page = pageOf(db)
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  saveContacts(db, 1)
  const folder = join(aFolder(), 'after')
  cpSync(working, folder, { recursive: true })
  damage(join(folder, STORE_FILE), page)
  return folder
}

const rootOf =
  (table: string) =>
  (db: Database): number =>
    Number(db.$client.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(table))

/** The pages of a table's rows in their order, each with how many are on it. */
const leavesOf = (db: Database, table: string) =>
  db.$client
    .prepare(`SELECT pageno, ncell FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path`)
    .all(table) as { readonly pageno: number; readonly ncell: number }[] // two numbers

/** A power cut or a bad disk: one page is gone. */
function damage(path: string, page: number): void {
  const bytes = readFileSync(path)
  bytes.fill(0xff, (page - 1) * PAGE_BYTES, page * PAGE_BYTES)
  writeFileSync(path, bytes)
}

describe('a damaged store', () => {
  it('is kept byte for byte under another name, with its log, when nothing of it can be read', () => {
    const folder = aDamagedFolder(3, () => 1)
    const files = ['', '-wal'].map(suffix => hashOf(join(folder, STORE_FILE + suffix)))

    const db = opened(folder)

    expect(['', '-wal'].map(suffix => hashOf(join(folder, KEPT_AS + suffix)))).toEqual(files)
    expect(readSetting(db, 'damage')).toEqual({ keptAs: KEPT_AS, entriesSaved: 0, draftsSaved: 0 })
    expect(db.$client.pragma('quick_check', { simple: true })).toBe('ok')
  })

  it('loses of the unsent work only what was on the bad page', () => {
    let before = 0
    let lost = 0
    const folder = aDamagedFolder(40, db => {
      const leaves = leavesOf(db, 'outbox')
      const middle = Math.floor(leaves.length / 2)
      before = leaves.slice(0, middle).reduce((sum, leaf) => sum + leaf.ncell, 0)
      lost = leaves[middle]?.ncell ?? 0
      return leaves[middle]?.pageno ?? 0
    })

    const db = opened(folder, { isDamaged: true })

    expect(before).toBeGreaterThan(0)
    const places = Array.from({ length: 41 }, (_, at) => at + 1)
    const saved = places.filter(place => place <= before || place > before + lost)
    expect(db.$client.prepare('SELECT place FROM outbox ORDER BY place').pluck().all()).toEqual(saved)
    expect(countOf(db, 'contacts')).toBe(saved.length)
    expect(readSetting(db, 'damage')).toMatchObject({ entriesSaved: saved.length })
    expect(saved.at(-1)).toBe(41)
  })

  it('gives up everything unsent when the damage is elsewhere in the file', () => {
    const folder = aDamagedFolder(20, rootOf('settings'))

    const db = opened(folder, { isDamaged: true })

    expect(readSetting(db, 'damage')).toMatchObject({ entriesSaved: 21, draftsSaved: 0 })
    expect(countOf(db, 'contacts')).toBe(21)
  })

  it('is left as it is while another program holds it', () => {
    const folder = aDamagedFolder(3, rootOf('settings'))
    const other = openDatabase(join(folder, STORE_FILE), TEST_KEY)
    other.$client.pragma('locking_mode = EXCLUSIVE')
    other.$client.exec('BEGIN EXCLUSIVE')

    expect(open(folder, MIGRATIONS, { isDamaged: true })).toEqual({ state: 'not-writable', cause: 'locked' })

    other.$client.close()
    expect(countOf(opened(folder, { isDamaged: true }), 'outbox')).toBe(4)
  })

  /** What stands in the way of each step of the replacing ends it there, as a kill would. */
  it.each([
    ['a new store is begun', 'store-unfinished.db'],
    ['the damaged store is put aside', KEPT_AS],
    ['its log is put aside', `${KEPT_AS}-wal`],
    ['the index of its log is put aside', `${KEPT_AS}-shm`],
  ])('is replaced at the next start when that ended before %s', (_step, obstacle) => {
    const folder = aDamagedFolder(20, rootOf('settings'))
    mkdirSync(join(folder, obstacle))
    expect(() => {
      const { state } = open(folder, MIGRATIONS, { isDamaged: true })
      if (state === 'not-writable') throw new Error(state)
    }).toThrow()
    rmdirSync(join(folder, obstacle))

    const db = opened(folder, { isDamaged: true, now: NOW + 1 })

    expect(countOf(db, 'outbox')).toBe(21)
    expect(readSetting(db, 'damage')).toMatchObject({ entriesSaved: 21 })
    expect(readdirSync(folder).filter(name => !name.startsWith('store-damaged-') && !name.includes('.db-'))).toEqual([
      STORE_FILE,
    ])
  })

  it('is replaced with a whole new store where the last try left half of one', () => {
    const folder = aDamagedFolder(20, rootOf('settings'))
    for (const suffix of ['', '-wal', '-shm'])
      writeFileSync(join(folder, `store-unfinished.db${suffix}`), 'half a store')

    const db = opened(folder, { isDamaged: true })

    expect(countOf(db, 'outbox')).toBe(21)
  })
})
