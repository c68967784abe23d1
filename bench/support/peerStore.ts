import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { time } from './measure.ts'

interface Timestamp {
  toString(): string
}

/** The part of @actual-app/crdt that is used. Its own types are there only once the peers are installed. */
interface Crdt {
  readonly Timestamp: {
    init(options: { node: string }): void
    send(): Timestamp | null
    new (millis: number, counter: number, node: string): Timestamp
  }
  readonly merkle: { insert(trie: object, timestamp: object): object; prune(trie: object): object }
  makeClientId(): string
  getClock(): { merkle: object }
  serializeClock(clock: object): string
}

/** What the saved contact has a value in: a message each. */
const FIELDS = [
  'kind',
  'startedAt',
  'durationMinutes',
  'note',
  'sensitive',
  'place',
  'credits',
  'recordedById',
  'recordedByName',
]
const MINUTES_BETWEEN_SAVES = 7
const COUNTED_OF_HISTORY = 1_000
const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/**
 * A local-first store in the manner of Actual Budget: one message a field with a hybrid clock, its log with its two indexes,
 * a Merkle trie and the clock row, in one durable transaction. Not encrypted, no search of words, no audit, no outbox.
 *
 * @param history contacts that are in its log before the first save.
 */
export async function openPeer(
  folder: string,
  history: number,
): Promise<{ readonly save: (note: string) => number; readonly end: () => void }> {
  const name: string = '@actual-app/crdt'
  const crdt = (await import(name)) as Crdt // as its documentation says
  const db = new Sqlite(join(folder, 'peer.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('cache_size = -65536')
  db.exec(`
    CREATE TABLE messages_crdt(id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL UNIQUE, dataset TEXT NOT NULL, row TEXT NOT NULL,
      column TEXT NOT NULL, value BLOB NOT NULL);
    CREATE INDEX messages_crdt_search ON messages_crdt(dataset, row, column, timestamp);
    CREATE TABLE messages_clock(id INTEGER PRIMARY KEY, clock TEXT);
    CREATE TABLE contacts(id TEXT PRIMARY KEY, ${FIELDS.join(' TEXT, ')} TEXT);`)
  const node = crdt.makeClientId()
  crdt.Timestamp.init({ node })
  const message = db.prepare('INSERT INTO messages_crdt(timestamp, dataset, row, column, value) VALUES (?, ?, ?, ?, ?)')
  const insert = db.prepare('INSERT OR IGNORE INTO contacts(id) VALUES (?)')
  const sets = new Map(FIELDS.map(field => [field, db.prepare(`UPDATE contacts SET ${field} = ? WHERE id = ?`)]))
  const clockRow = db.prepare('INSERT OR REPLACE INTO messages_clock(id, clock) VALUES (1, ?)')

  function write(note: string, stampOf: (place: number) => Timestamp): readonly Timestamp[] {
    const id = crypto.randomUUID()
    insert.run(id)
    return FIELDS.map((field, place) => {
      const stamp = stampOf(place)
      const value = field === 'note' ? note : field
      sets.get(field)?.run(value, id)
      message.run(stamp.toString(), 'contacts', id, field, `S:${value}`)
      return stamp
    })
  }

  function count(stamps: readonly Timestamp[]): void {
    const clock = crdt.getClock()
    for (const stamp of stamps) clock.merkle = crdt.merkle.insert(clock.merkle, stamp)
    clock.merkle = crdt.merkle.prune(clock.merkle)
  }

  const save = db.transaction((note: string) => {
    count(
      write(note, () => {
        const stamp = crdt.Timestamp.send()
        if (!stamp) throw new Error('the clock of the peer is not set')
        return stamp
      }),
    )
    clockRow.run(crdt.serializeClock(crdt.getClock()))
  })
  const past = db.transaction((note: string) => {
    for (let turn = 0; turn < history; turn++) {
      const at = Date.now() - YEAR_MS * 2 + turn * MINUTES_BETWEEN_SAVES * 60_000
      const stamps = write(note, place => new crdt.Timestamp(at, place, node))
      // A pruned trie has only its newest branches.
      if (turn >= history - COUNTED_OF_HISTORY) count(stamps)
    }
  })
  past('A note of the past that is as long as most of them are. '.repeat(8))
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma('synchronous = FULL')
  return {
    save: note =>
      time(() => {
        save(note)
      }),
    end() {
      db.close()
    },
  }
}
