/** B2: the header of a case and its newest 50 contacts, of 300,000, on a cold connection, against an unencrypted table and RxDB. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { londonDate } from '../shared/time.ts'
import { openDatabase, type Database } from '../db/database.ts'
import { findPerson, listIdentifiers } from '../db/features/cases/casesRepository.ts'
import { listContacts, NEWEST } from '../db/features/contacts/contactsRepository.ts'
import { listEvents } from '../db/features/sentences/sentencesRepository.ts'
import { listRegisters } from '../db/features/registers/registersRepository.ts'
import { findSummary } from '../db/summary/caseloadRepository.ts'
import { BIG, makeStore, storeFile } from './support/bigStore.ts'
import { BENCH_KEY, openBenchEngine } from './support/engine.ts'
import { judge, printTimes, summarise, time } from './support/measure.ts'
import { openPeer, type PeerContact } from './support/peerCases.ts'
import { times } from './support/quick.ts'

export const needsPeers = true

const CASES = times(1_000, 20)
const NEWEST_CONTACTS = 50
const NO_CASE = 'no such case'
/** What the header is read from. */
const HEADER_TABLES = ['cases', 'identifiers', 'case_summary', 'registers', 'events']

const { folder } = makeStore({ ...BIG, today: londonDate(Date.now()) })
const work = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
const plainFile = join(work, 'plain.db')
const caseIds = chooseCases()
const peer = await openPeer(copyContacts())
const { engine, value } = openBenchEngine(folder)

const taken = {
  limit: [] as number[],
  plain: [] as number[],
  peer: [] as number[],
  prepared: [] as number[],
  contacts: [] as number[],
  header: [] as number[],
  first: [] as number[],
  call: [] as number[],
}
const steps: readonly ((caseId: string) => void)[] = [
  caseId => taken.limit.push(onNewConnection(openPlain, headerOfPlain, caseId)),
  caseId => taken.plain.push(onNewConnection(openPlain, newestOfPlain, caseId)),
  caseId => taken.prepared.push(onNewConnection(openOurs, newestPrepared, caseId)),
  caseId => taken.contacts.push(onNewConnection(openOurs, db => id => newestOf(db, id), caseId)),
  caseId => taken.header.push(onNewConnection(openOurs, db => id => readHeader(db, id), caseId)),
  caseId => taken.first.push(firstOfAll(caseId)),
  caseId => taken.call.push(time(() => value('cases.open', { caseId }))),
]
for (const [turn, caseId] of caseIds.entries()) {
  // The order changes, so that none of them always comes after the same one.
  for (let step = 0; step < steps.length; step++) steps[(turn + step) % steps.length]?.(caseId)
  const start = performance.now()
  await peer.newest(caseId)
  taken.peer.push(performance.now() - start)
}
await engine.stop()
await peer.end()
rmSync(work, { recursive: true, force: true })

function chooseCases(): readonly string[] {
  const db = openOurs()
  const ids = db.$client.prepare('SELECT case_id FROM case_summary ORDER BY random() LIMIT ?').pluck().all(CASES)
  db.$client.close()
  return ids as string[] // one text column
}

/** The same contacts, unencrypted and clustered as ours are, in the file of the limit; and as the peer takes them. */
function copyContacts(): readonly PeerContact[] {
  const plain = openPlain()
  plain.pragma('journal_mode = WAL')
  plain.exec(`CREATE TABLE contacts(case_id TEXT, started_at INTEGER, id TEXT, kind TEXT, outcome TEXT, note TEXT, place TEXT,
    PRIMARY KEY(case_id, started_at, id)) WITHOUT ROWID`)
  const ours = openOurs()
  const contacts = ours.$client
    .prepare('SELECT case_id AS caseId, started_at AS startedAt, id, kind, outcome, note, place FROM contacts')
    .all() as PeerContact[] // as the columns say
  const insert = plain.prepare('INSERT INTO contacts VALUES (@caseId, @startedAt, @id, @kind, @outcome, @note, @place)')
  plain.transaction(() => {
    for (const contact of contacts) insert.run(contact)
  })()
  for (const table of HEADER_TABLES) copyTable(ours.$client, plain, table)
  plain.pragma('wal_checkpoint(TRUNCATE)')
  plain.close()
  ours.$client.close()
  return contacts
}

function copyTable(from: Sqlite.Database, to: Sqlite.Database, table: string): void {
  const layout = from.prepare(`SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql NOT NULL ORDER BY type DESC`)
  for (const statement of layout.pluck().all(table)) to.exec(String(statement))
  const rows = from.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][] // a row each
  const insert = to.prepare(`INSERT INTO ${table} VALUES (${rows[0]?.map(() => '?').join(', ') ?? ''})`)
  to.transaction(() => {
    for (const row of rows) insert.run(...row)
  })()
}

function openPlain(): Sqlite.Database {
  return new Sqlite(plainFile)
}

function openOurs(): Database {
  return openDatabase(storeFile(folder), BENCH_KEY)
}

/** Header and newest 50 by statements of the driver that are ready: what nothing that asks SQLite can be faster than. */
function headerOfPlain(plain: Sqlite.Database): (caseId: string) => unknown {
  const header = HEADER_TABLES.map(table => plain.prepare(`SELECT * FROM ${table} WHERE case_id = ?`))
  const newest = newestOfPlain(plain)
  return caseId => [...header.map(statement => statement.all(caseId)), newest(caseId)]
}

/** The same for the newest 50 alone. */
function newestOfPlain(plain: Sqlite.Database): (caseId: string) => unknown {
  const newest = plain.prepare('SELECT * FROM contacts WHERE case_id = ? ORDER BY started_at DESC, id DESC LIMIT 50')
  return caseId => newest.all(caseId)
}

/** The same statements as the repository's: a correction may lie beyond either end of the page. */
function newestPrepared({ $client }: Database): (caseId: string) => unknown {
  const select = `SELECT id, version, started_at, kind, outcome, note, place, duration_minutes, sensitive, appointment_id, event_id, requirement_id,
      credits, recorded_by_id, recorded_by_name, amends, strikes, reason
     FROM contacts WHERE case_id = ?`
  const newest = $client.prepare(`${select} ORDER BY started_at DESC, id DESC LIMIT 50`)
  const at = $client.prepare(`${select} AND started_at = ?`)
  return caseId => {
    const rows = newest.all(caseId) as { readonly started_at: number }[] // as it says
    const edges = new Set([rows[0], rows.at(-1)].flatMap(row => row?.started_at ?? []))
    return [...rows, ...[...edges].flatMap(startedAt => at.all(caseId, startedAt))]
  }
}

function newestOf(db: Database, caseId: string): unknown {
  return listContacts(db, caseId, NEWEST, NEWEST_CONTACTS)
}

/** What the screen needs first: who it is, what to beware of, the order, the newest contacts. */
function readHeader(db: Database, caseId: string): void {
  findPerson(db, caseId)
  listIdentifiers(db, caseId)
  findSummary(db, caseId)
  listRegisters(db, caseId)
  listEvents(db, caseId)
  newestOf(db, caseId)
}

/**
 * Milliseconds of one case on a connection of its own. Before, a case that is not there is asked for: the layout is known
 * and the statements are prepared, as in an application that has shown its first screen, and no page of a case is in memory.
 */
function onNewConnection<Connection extends Sqlite.Database | Database>(
  open: () => Connection,
  prepare: (connection: Connection) => (caseId: string) => unknown,
  caseId: string,
): number {
  const connection = open()
  const read = prepare(connection)
  read(NO_CASE)
  const milliseconds = time(() => read(caseId))
  close(connection)
  return milliseconds
}

/** Milliseconds of the very first question of a start: the layout is read and every statement prepared for it. */
function firstOfAll(caseId: string): number {
  const db = openOurs()
  const milliseconds = time(() => {
    readHeader(db, caseId)
  })
  close(db)
  return milliseconds
}

function close(connection: Sqlite.Database | Database): void {
  if ('$client' in connection) connection.$client.close()
  else connection.close()
}

const limit = summarise(taken.limit)
const header = summarise(taken.header)
const [plainNewest, raw, ours, rxdb] = [
  summarise(taken.plain),
  summarise(taken.prepared),
  summarise(taken.contacts),
  summarise(taken.peer),
]
const call = summarise(taken.call)
printTimes({
  'limit: header and newest 50, unencrypted, prepared': limit,
  'newest 50, unencrypted, prepared': plainNewest,
  'peer: newest 50, RxDB in memory': rxdb,
  'newest 50 of ours, prepared by hand': raw,
  'newest 50 of ours, by the repository': ours,
  'header and newest 50': header,
  'the same as the first question of a start': summarise(taken.first),
  'the whole call cases.open, with audit': call,
})
console.log(
  `\nnewest 50: ours / peer p50 ${(ours.p50 / rxdb.p50).toFixed(2)}x; ours / unencrypted p50 ${(ours.p50 / plainNewest.p50).toFixed(2)}x`,
)
judge([
  { what: 'p95 of header and newest 50', value: header.p95, limit: 1, is: 'at most', unit: ' ms' },
  { what: 'p95 of header and newest 50 / limit', value: header.p95 / limit.p95, limit: 2.5, is: 'at most', unit: 'x' },
  { what: 'repository / prepared by hand, p50', value: ours.p50 / raw.p50, limit: 1.3, is: 'at most', unit: 'x' },
  { what: 'p95 of the whole call', value: call.p95, limit: 100, is: 'at most', unit: ' ms' },
])
