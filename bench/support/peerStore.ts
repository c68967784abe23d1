import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { time } from './measure.ts'

/** The part of @actual-app/crdt that is used. Its own types are there only once the peers are installed. */
interface Crdt {
  readonly Timestamp: { init(options: { node: string }): void; send(): { toString(): string } | null }
  readonly merkle: { insert(trie: object, timestamp: object): object; prune(trie: object): object }
  makeClientId(): string
  makeClock(timestamp: object): { merkle: object }
  getClock(): { merkle: object }
  setClock(clock: object): void
  serializeClock(clock: object): string
}

/** Fields of a contact that Actual would send as a message each. */
const FIELDS = ['kind', 'startedAt', 'outcome', 'note']

/**
 * A local-first store in the manner of Actual Budget: one message a field with a hybrid clock, a Merkle trie and the clock
 * row, in one durable transaction. Not encrypted, no search index, no audit.
 */
export async function openPeer(
  folder: string,
): Promise<{ readonly save: (note: string) => number; readonly end: () => void }> {
  const name: string = '@actual-app/crdt'
  const crdt = (await import(name)) as Crdt // as its documentation says
  const db = new Sqlite(join(folder, 'peer.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(`
    CREATE TABLE messages_crdt(id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL UNIQUE, dataset TEXT, row TEXT, column TEXT, value BLOB);
    CREATE TABLE messages_clock(id INTEGER PRIMARY KEY, clock TEXT);
    CREATE TABLE contacts(id TEXT PRIMARY KEY, kind TEXT, startedAt TEXT, outcome TEXT, note TEXT);`)
  crdt.Timestamp.init({ node: crdt.makeClientId() })
  const message = db.prepare('INSERT INTO messages_crdt(timestamp, dataset, row, column, value) VALUES (?, ?, ?, ?, ?)')
  const insert = db.prepare('INSERT OR IGNORE INTO contacts(id) VALUES (?)')
  const sets = new Map(FIELDS.map(field => [field, db.prepare(`UPDATE contacts SET ${field} = ? WHERE id = ?`)]))
  const clockRow = db.prepare('INSERT OR REPLACE INTO messages_clock(id, clock) VALUES (1, ?)')

  const save = db.transaction((id: string, note: string) => {
    insert.run(id)
    const clock = crdt.getClock()
    for (const field of FIELDS) {
      const stamp = crdt.Timestamp.send()
      if (!stamp) throw new Error('the clock of the peer is not set')
      const value = field === 'note' ? note : field
      sets.get(field)?.run(value, id)
      message.run(stamp.toString(), 'contacts', id, field, `S:${value}`)
      clock.merkle = crdt.merkle.insert(clock.merkle, stamp)
    }
    clock.merkle = crdt.merkle.prune(clock.merkle)
    clockRow.run(crdt.serializeClock(clock))
  })
  return {
    save: note =>
      time(() => {
        save(crypto.randomUUID(), note)
      }),
    end() {
      db.close()
    },
  }
}
