import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
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
