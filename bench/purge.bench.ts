/** A case with 5,000 contacts is taken away from a store of 300,000: hidden, removed and gone from every page, in small steps. */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inTransaction, openDatabase, PAGE_BYTES, type Database } from '../db/database.ts'
import { emptyLog, mergeSearchIndex } from '../db/housekeeping.ts'
import { settleDue } from '../db/summary/settleDue.ts'
import { applyItem, applyItems, storeBackfill } from '../db/sync/applyPage.ts'
import { applyRow } from '../db/sync/applyRow.ts'
import type { EnginePorts, NetworkAnswer } from '../electron/engine/ports.ts'
import { newId } from '../shared/ids.ts'
import { PROTOCOL_VERSION, SERVICE_HEADER, SERVICE_NAME, type WireRow } from '../shared/sync/protocol.ts'
import { londonDate } from '../shared/time.ts'
import { aContact, anAssignment, aPerson } from '../tests/support/builders.ts'
import { BIG, makeStore, storeFile } from './support/bigStore.ts'
import { aCentreAt, BENCH_KEY, benchPorts, openBenchEngine, senior } from './support/engine.ts'
import { judge, printTimes, summarise, time } from './support/measure.ts'
import { times } from './support/quick.ts'
import { until } from './support/until.ts'
import { reference } from '../tests/support/reference.ts'

const CONTACTS = times(5_000, 100)
const NOTE = 'Talked about the tenancy, the rent account and the course. '.repeat(6)
/** In every note of the case, and in nothing else. The index keeps a word without the beginning that it shares with another. */
const MARKER = `zqx${randomBytes(8).toString('hex')}`
const MARKER_END = MARKER.slice(-12)
/** Also in every note, for the search: what is searched for stands in the audit. */
const SEARCHED = `qzx${randomBytes(8).toString('hex')}`
const QUIET_MS = 2_000
const LONGEST_MS = 120_000

const today = londonDate(Date.now())
const random = { bytes: (count: number) => randomBytes(count) }
const id = (): string => newId(Date.now(), random)
const caseId = id()
const centreId = id()

const work = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
const folder = join(work, 'pc')
cpSync(makeStore({ ...BIG, today }).folder, folder, { recursive: true })
addCase()
const markersBefore = countMarkers('before')

// ---- The engine, over a service that takes the case away when it is asked for news the next time.

const steps: { readonly at: number; readonly milliseconds: number }[] = []
/** When the engine last came to its turn; not a number while it waits. */
let resumedAt = NaN
let lastWorkAt = performance.now()
let isRevoked = false
let revokedAt = Infinity
const sight = openDatabase(storeFile(folder), BENCH_KEY)
const stageOf = sight.$client.prepare('SELECT stage FROM purge WHERE case_id = ?').pluck()
const seen = new Map<unknown, number>()
let wasHidden: boolean | undefined

/** Between two pauses the engine works: no call of the window gets its turn. */
function stepEnded(): void {
  const now = performance.now()
  if (now > revokedAt && !Number.isNaN(resumedAt)) steps.push({ at: now, milliseconds: now - resumedAt })
  resumedAt = NaN
  lastWorkAt = now
  if (!sight.$client.open) return
  const stage = stageOf.get(caseId)
  if (stage === undefined || seen.has(stage)) return
  seen.set(stage, now)
  wasHidden ??= !engine.call(senior, 'cases.open', { caseId }).ok && noteHits() === 0
}

const answer = (status: number, body: unknown): NetworkAnswer => ({
  status,
  headers: { [SERVICE_HEADER]: SERVICE_NAME },
  body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
})
const answers: Readonly<Record<string, () => NetworkAnswer>> = {
  '/v1/hello': () =>
    answer(200, {
      service: SERVICE_NAME,
      protocol: PROTOCOL_VERSION,
      centreId,
      serverTime: Date.now(),
      user: { id: senior.userId, name: senior.userName, role: senior.role },
      device: { id: senior.deviceId, incarnation: 1 },
      office: { name: 'Northfold', isDemo: true },
    }),
  '/v1/pull': () => {
    if (!isRevoked || revokedAt < Infinity) return answer(204, undefined)
    revokedAt = performance.now()
    const items = [{ kind: 'revoke', caseId, epoch: 1 }]
    return answer(200, { items, cursor: 'after', more: false, serverTime: Date.now() })
  },
  '/v1/audit': () => answer(200, { serverTime: Date.now() }),
  '/v1/purges': () => answer(200, { confirmed: [], serverTime: Date.now() }),
}
const ports: EnginePorts = {
  ...benchPorts,
  timers: {
    after: (delayMs, task) =>
      benchPorts.timers.after(delayMs, () => {
        resumedAt = performance.now()
        task()
        stepEnded()
      }),
    yield: () => {
      stepEnded()
      return new Promise(resolve =>
        setImmediate(() => {
          resumedAt = performance.now()
          resolve()
        }),
      )
    },
  },
  network: {
    request({ url }) {
      resumedAt = performance.now()
      return Promise.resolve(answers[new URL(url).pathname]?.() ?? answer(404, undefined))
    },
  },
}
const { engine, value } = openBenchEngine(folder, { ports, centre: aCentreAt(centreId) })
const noteHits = (): number =>
  value('find.notes', { text: SEARCHED, within: null, without: null, limit: 1, offset: 0 }).notes.length

await until(() => performance.now() - lastWorkAt > QUIET_MS, LONGEST_MS)
const hitsBefore = noteHits()
isRevoked = true
value('sync.now', {})
await until(() => seen.has('receipt') || seen.has('done'), LONGEST_MS)
const logBytes = statSync(`${storeFile(folder)}-wal`).size
const markersAfter = countMarkers('after')
await engine.stop()
sight.$client.close()

// ---- The same rows in one go, on a copy that nobody else works with.

const oneGo = removeInOneGo()
rmSync(work, { recursive: true, force: true })

const since = (stage: string): number => (seen.get(stage) ?? Infinity) - revokedAt
const gone = Math.min(since('receipt'), since('done'))
const [rows, all] = [since('index'), gone]
const stepsOf = (isOf: (at: number) => boolean): readonly number[] =>
  steps.filter(step => isOf(step.at)).map(step => step.milliseconds)
const rowsGoneAt = seen.get('index') ?? Infinity
const removing = summarise(stepsOf(at => at <= rowsGoneAt))
const tidying = summarise(stepsOf(at => at > rowsGoneAt))
console.log(
  `case of ${CONTACTS} contacts, ${hitsBefore > 0 ? 'found by' : 'NOT found by'} its word before; its word lay at ${markersBefore} places, and at ${markersAfter} after`,
)
console.log(`hidden at the first look: ${wasHidden ? 'yes' : 'NO'}`)
console.log(
  `rows and index entries gone after ${rows.toFixed(0)} ms; nothing left after ${all.toFixed(0)} ms, in ${steps.length} steps`,
)
console.log(
  `in one go, on a store of its own: rows ${oneGo.rows.toFixed(0)} ms, index merged ${oneGo.merge.toFixed(0)} ms; ours / in one go ${(all / (oneGo.rows + oneGo.merge)).toFixed(2)}x`,
)
printTimes({ 'a step while rows go': removing, 'a step while the index is merged': tidying })
judge([
  { what: 'places with its word before', value: markersBefore, limit: 1, is: 'at least' },
  { what: 'hidden from the transaction of the revoke', value: wasHidden ? 1 : 0, limit: 1, is: 'at least' },
  { what: 'rows and index entries gone', value: rows, limit: 2_000, is: 'at most', unit: ' ms' },
  { what: 'longest step while rows go', value: removing.max, limit: 15, is: 'at most', unit: ' ms' },
  { what: 'index merged and log emptied', value: all, limit: 10_000, is: 'at most', unit: ' ms' },
  { what: 'log on disk after', value: logBytes / PAGE_BYTES, limit: 24, is: 'at most', unit: ' pages' },
  { what: 'places with its word after', value: markersAfter, limit: 0, is: 'at most' },
])

/** A case of this officer's with many contacts, as sync brings it. */
function addCase(): void {
  const db = openDatabase(storeFile(folder), BENCH_KEY)
  const row = (entity: string, fields: object): WireRow => {
    return {
      entity,
      caseId,
      id: entity === 'case' ? caseId : id(),
      version: 1,
      deleted: false,
      fields: { ...fields },
      fieldRev: {},
    }
  }
  const { userId, userName } = senior
  const contacts = Array.from({ length: CONTACTS }, (_, at) =>
    row('contact', aContact({ startedAt: Date.now() - at * 3_600_000, note: `${NOTE} ${MARKER} ${SEARCHED} ${at}` })),
  )
  const rows = [row('case', aPerson()), row('assignment', anAssignment({ userId, userName })), ...contacts]
  inTransaction(db, tx => {
    applyItem(tx, { kind: 'grant', caseId, epoch: 1, until: null }, 0)
  })
  const applied = applyItems(db, rows, applyRow, tx => {
    storeBackfill(tx, caseId, null)
  })
  for (const _step of applied);
  while (settleDue(db, reference, Date.now(), 200));
  while (mergeSearchIndex(db));
  emptyLog(db)
  db.$client.close()
}

/** How often the word stands in the pages of the store, with what its log brings, decrypted on a copy. Old frames of the log are not seen. */
function countMarkers(name: string): number {
  const copy = join(work, name)
  cpSync(folder, copy, { recursive: true })
  const db = openDatabase(storeFile(copy), BENCH_KEY)
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  db.$client.pragma('journal_mode = DELETE')
  db.$client.pragma(`rekey = ''`)
  db.$client.close()
  const pages = readFileSync(storeFile(copy))
  rmSync(copy, { recursive: true })
  let places = 0
  for (let at = pages.indexOf(MARKER_END); at >= 0; at = pages.indexOf(MARKER_END, at + 1)) places++
  return places
}

function removeInOneGo(): { readonly rows: number; readonly merge: number } {
  const copy = join(work, 'one-go')
  cpSync(makeStore({ ...BIG, today }).folder, copy, { recursive: true })
  const db: Database = openDatabase(storeFile(copy), BENCH_KEY)
  const found = 'SELECT search_id FROM search_doc ORDER BY search_id DESC LIMIT ?'
  const ids = db.$client.prepare(found).pluck().all(CONTACTS)
  const remove = db.$client.prepare('DELETE FROM search_text WHERE rowid = ?')
  const removeContacts = db.$client.prepare(
    'DELETE FROM contacts WHERE (case_id, started_at, id) IN (SELECT case_id, started_at, id FROM contacts LIMIT ?)',
  )
  const took = {
    rows: time(() => {
      inTransaction(db, () => {
        for (const one of ids) remove.run(one)
        removeContacts.run(CONTACTS)
      })
    }),
    merge: time(() => {
      db.$client.prepare(`INSERT INTO search_text(search_text) VALUES('optimize')`).run()
      emptyLog(db)
    }),
  }
  db.$client.close()
  return took
}
