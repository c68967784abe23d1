import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { anId } from '../tests/support/builders.ts'
import { filesHeldBy, filesIn, showing } from '../tests/support/shownFiles.ts'
import { TEST_KEY } from '../tests/support/store.ts'
import { aFolder } from '../tests/support/temporary.ts'
import { openDatabase, type Database } from './database.ts'

const ROWS = 4_000

/** Notes of the marker alone, that together need a quarter more than the cache, in no order. */
function saveLargeNotes({ $client }: Database, marker: string): void {
  const cacheBytes = -1024 * Number($client.pragma('cache_size', { simple: true }))
  const times = Math.ceil((cacheBytes * 1.25) / ROWS / marker.length)
  $client.exec('CREATE TABLE notes (note TEXT NOT NULL)')
  $client
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS - 1})
       INSERT INTO notes SELECT ((i * 7919) % ${ROWS}) || replace(hex(zeroblob(?)), '00', ?) FROM n`,
    )
    .run(times, marker)
}

describe('a sort that is larger than the cache', () => {
  it('shows no word of a note in any file while it runs', () => {
    const marker = `Quillfeather ${anId()}`
    const folder = aFolder()
    const db = openDatabase(join(folder, 'store.db'), TEST_KEY)
    onTestFinished(() => {
      db.$client.close()
    })
    saveLargeNotes(db, marker)

    const sorted = db.$client.prepare('SELECT note FROM notes ORDER BY note').pluck().iterate()
    for (let row = 0; row < ROWS / 2; row++) sorted.next()
    // SQLite deletes a file of a sort as soon as it is open.
    const shown = showing(marker, [...filesHeldBy(process.pid), ...filesIn(folder)])
    sorted.return?.()

    expect(shown).toEqual([])
  })
})

describe('a query', () => {
  const table = sqliteTable('numbers', { number: integer() })
  const open = (): Database => {
    const db = openDatabase(join(aFolder(), 'store.db'), TEST_KEY)
    onTestFinished(() => {
      db.$client.close()
    })
    db.$client.exec('CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (1), (2), (3)')
    return db
  }

  it('is prepared once, however often it is asked and with whatever limit', () => {
    const db = open()
    const prepare = vi.spyOn(Sqlite.prototype, 'prepare')
    onTestFinished(() => {
      prepare.mockRestore()
    })

    const asked = [1, 2, 3].map(limit => db.select().from(table).limit(limit).offset(1).all().length)

    expect(asked).toEqual([1, 2, 2])
    expect(prepare.mock.calls).toEqual([['select "number" from "numbers" limit ? + 0 offset ? + 0']])
  })

  it('gives rows as each asks for them, one asking for fields and the other for objects', () => {
    const db = open()
    const text = 'select "number" from "numbers"'
    const asFields = () => db.select().from(table).all()
    const asObjects = () => db.all(sql.raw(text))

    expect([asFields(), asObjects(), asFields()]).toEqual(Array(3).fill([{ number: 1 }, { number: 2 }, { number: 3 }]))
    expect(db.select().from(table).toSQL().sql).toBe(text)
  })
})
