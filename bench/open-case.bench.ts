/** B2: the header of a case and its newest 50 contacts, from a store of 300,000, against an unencrypted table. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { londonDate } from '../shared/time.ts'
import { openDatabase } from '../db/database.ts'
import { findPerson, listIdentifiers } from '../db/features/cases/casesRepository.ts'
import { listContacts, NEWEST } from '../db/features/contacts/contactsRepository.ts'
import { listEvents } from '../db/features/sentences/sentencesRepository.ts'
import { listRegisters } from '../db/features/registers/registersRepository.ts'
import { findSummary } from '../db/summary/caseloadRepository.ts'
import { BIG, makeStore, storeFile } from './support/bigStore.ts'
import { BENCH_KEY, openBenchEngine } from './support/engine.ts'
import { judge, printTimes, summarise, time } from './support/measure.ts'
import { times } from './support/quick.ts'

const CASES = times(400, 20)
const ROUNDS = times(5)
const NEWEST_CONTACTS = 50

const { folder } = makeStore({ ...BIG, today: londonDate(Date.now()) })
const work = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))

/** The same contacts, unencrypted, clustered as ours are, read by a prepared statement of the driver. */
function openFloor(): (caseId: string) => number {
  const plain = new Sqlite(join(work, 'plain.db'))
  plain.pragma('journal_mode = WAL')
  plain.exec(`CREATE TABLE contacts(case_id TEXT, started_at INTEGER, id TEXT, kind TEXT, outcome TEXT, note TEXT, place TEXT,
    PRIMARY KEY(case_id, started_at, id)) WITHOUT ROWID`)
  const ours = openDatabase(storeFile(folder), BENCH_KEY, { readonly: true })
  const insert = plain.prepare('INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?, ?)')
  plain.transaction(() => {
    const rows = ours.$client.prepare('SELECT case_id, started_at, id, kind, outcome, note, place FROM contacts').raw()
    for (const row of rows.iterate()) insert.run(...(row as unknown[]))
  })()
  ours.$client.close()
  plain.pragma('wal_checkpoint(TRUNCATE)')
  const newest = plain.prepare('SELECT * FROM contacts WHERE case_id = ? ORDER BY started_at DESC, id DESC LIMIT 50')
  return caseId => time(() => newest.all(caseId))
}

const floor = openFloor()
const db = openDatabase(storeFile(folder), BENCH_KEY)
const prepared = db.$client.prepare(
  `SELECT id, started_at, kind, outcome, note, place, duration_minutes, sensitive, appointment_id, event_id, requirement_id, credits,
    recorded_by_id, recorded_by_name, amends, strikes, reason
   FROM contacts WHERE case_id = ? AND amends IS NULL AND strikes IS NULL ORDER BY started_at DESC, id DESC LIMIT 50`,
)
const caseIds = db.$client
  .prepare('SELECT case_id FROM case_summary ORDER BY random() LIMIT ?')
  .pluck()
  .all(CASES * ROUNDS) as string[]

const taken = {
  floor: [] as number[],
  prepared: [] as number[],
  contacts: [] as number[],
  header: [] as number[],
  call: [] as number[],
}
const { engine, value } = openBenchEngine(folder)
for (const [turn, caseId] of caseIds.entries()) {
  // The order changes, so that none of them always finds the pages warm.
  const steps = [
    () => taken.floor.push(floor(caseId)),
    () => taken.header.push(time(() => readHeader(caseId))),
    () => taken.call.push(time(() => value('cases.open', { caseId }))),
  ]
  for (let step = 0; step < steps.length; step++) steps[(turn + step) % steps.length]?.()
  const pair = [
    () => taken.prepared.push(time(() => prepared.all(caseId))),
    () => taken.contacts.push(time(() => listContacts(db, caseId, NEWEST, NEWEST_CONTACTS))),
  ]
  for (let step = 0; step < pair.length; step++) pair[(turn + step) % pair.length]?.()
}

/** What the screen needs first: who it is, what to beware of, the order, the newest contacts. */
function readHeader(caseId: string): void {
  findPerson(db, caseId)
  listIdentifiers(db, caseId)
  findSummary(db, caseId)
  listRegisters(db, caseId)
  listEvents(db, caseId)
  listContacts(db, caseId, NEWEST, NEWEST_CONTACTS)
}

await engine.stop()
db.$client.close()
rmSync(work, { recursive: true, force: true })
const [limit, header, ours, raw, call] = [taken.floor, taken.header, taken.contacts, taken.prepared, taken.call].map(
  summarise,
)
if (!limit || !header || !ours || !raw || !call) throw new Error('five summaries were made')
printTimes({
  'limit: newest 50, unencrypted, prepared': limit,
  'newest 50 of ours, prepared by hand': raw,
  'newest 50 of ours, by the repository': ours,
  'header and newest 50': header,
  'the whole call cases.open with audit': call,
})
judge([
  { what: 'p95 of header and newest 50', value: header.p95, limit: 1, is: 'at most', unit: ' ms' },
  { what: 'p95 of header and newest 50 / limit', value: header.p95 / limit.p95, limit: 2.5, is: 'at most', unit: 'x' },
  { what: 'repository / prepared by hand, p50', value: ours.p50 / raw.p50, limit: 1.3, is: 'at most', unit: 'x' },
  { what: 'p95 of the whole call', value: call.p95, limit: 100, is: 'at most', unit: ' ms' },
])
