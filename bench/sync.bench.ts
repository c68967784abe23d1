/** B4 and B5: a first fetch of 60 cases and the daily loop, counted on the line, against PouchDB with express-pouchdb. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { acceptOperations } from '../central/features/sync/acceptOperations.ts'
import { postgresStores } from '../central/postgresStores.ts'
import { generateDemo } from '../demo/generate.ts'
import { demoOffice } from '../demo/office.ts'
import type { EnginePorts } from '../electron/engine/ports.ts'
import { createNetwork } from '../electron/platform/network.ts'
import type { Actor } from '../shared/access/actor.ts'
import { newId } from '../shared/ids.ts'
import { londonDate } from '../shared/time.ts'
import { aContact } from '../tests/support/builders.ts'
import { makeOperations } from '../tests/support/centre/builders.ts'
import { type Counts, type LossyLink, openLossyLink, type Quality } from '../tests/support/lossyLink.ts'
import { aNewContact } from './support/aNewContact.ts'
import { openBenchCentre } from './support/centre.ts'
import { type BenchEngine, benchPorts, openBenchEngine, senior } from './support/engine.ts'
import { judge, summarise } from './support/measure.ts'
import { openPeerSync, type PeerDocument } from './support/peerSync.ts'
import { times } from './support/quick.ts'
import { until } from './support/until.ts'

export const needsPeers = true

const PEOPLE = times(60, 4)
const CONTACTS_PER_PERSON = times(83, 5)
const DAILY = times(50, 5)
const BURST = times(200, 5)
const PCS = times(5, 1)
const ROUNDS = times(4, 1)
const BREAK_MS = 60_000
const UNDO_OVER_MS = 11_000
/** 2G, as an office beyond the town has it: 35 kbit/s, 600 ms there and back. */
const SLOW: Quality = { bitsPerSecond: 35_000, roundTripMs: 600 }
const BAD: Quality = { ...SLOW, loseOneOf: 20 }
const SUBJECTS =
  'tenancy,rent,course,brother,bus,shifts,curfew,GP,letter,debts,training,visits,sleep,drink,work,court'.split(',')

const cases = [
  ...generateDemo({ people: PEOPLE, contactsPerPerson: CONTACTS_PER_PERSON, seed: 1, today: londonDate(Date.now()) }),
]
const rows = cases.flatMap(one => one.rows)
const caseIds = cases.map(one => one.caseId).filter(caseId => !caseId.includes(':'))
const centre = await openBenchCentre(demoOffice, cases)
const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))

// ---- Holdfast

interface Pc extends BenchEngine {
  readonly link: LossyLink
  /** What went over the line for each path of the service. */
  readonly byPath: ReadonlyMap<string, Traffic>
  /** Undo is over for everything that was saved. */
  undoIsOver(): void
  isQuiet(): boolean
  end(): Promise<void>
}

interface Traffic {
  readonly requests: number
  readonly bytes: number
}

let pcs = 0

async function openPc(quality: Quality | null = null): Promise<Pc> {
  const link = await openLossyLink(centre.url, { quality })
  const byPath = new Map<string, Traffic>()
  let undoneMs = 0
  const network = createNetwork(fetch)
  const ports: EnginePorts = {
    ...benchPorts,
    clock: { ...benchPorts.clock, now: () => Date.now() + undoneMs },
    network: {
      async request(asked) {
        const before = link.counts()
        const path = new URL(asked.url).pathname
        try {
          return await network.request(asked)
        } finally {
          byPath.set(path, sum(byPath.get(path), trafficSince(before, link.counts())))
        }
      },
    },
  }
  const token = await centre.enrol(senior.userId)
  const actor = actorOf(token)
  const { engine, value } = openBenchEngine(join(folder, `pc-${++pcs}`), {
    ports,
    actor,
    centre: { url: link.url, token, centreId: centre.centre.id },
  })
  const status = () => value('sync.status', {})
  return {
    engine,
    value,
    link,
    byPath,
    undoIsOver() {
      undoneMs += UNDO_OVER_MS
    },
    isQuiet() {
      const { isWorking, reason, saved, sent, cases: known } = status()
      const isAllHere = known.all > 0 && known.complete === known.all
      return !isWorking && reason === 'up' && saved.count + sent.count === 0 && isAllHere
    },
    async end() {
      await engine.stop()
      await link.close()
    },
  }
}

const actorOf = (token: string): Actor => ({ ...senior, deviceId: token.split('.')[0] ?? '' })

const trafficSince = (before: Counts, after: Counts): Traffic => ({
  requests: after.requests - before.requests,
  bytes: after.bytesUp + after.bytesDown - before.bytesUp - before.bytesDown,
})

const sum = (a: Traffic | undefined, b: Traffic): Traffic => ({
  requests: (a?.requests ?? 0) + b.requests,
  bytes: (a?.bytes ?? 0) + b.bytes,
})

async function counted(link: LossyLink, work: () => Promise<void>): Promise<Traffic> {
  const before = link.counts()
  await work()
  return trafficSince(before, link.counts())
}

/** One look of the loop: everything out and everything in. */
async function syncNow({ value, link, isQuiet }: Pc): Promise<void> {
  const { requests } = link.counts()
  value('sync.now', {})
  await until(() => link.counts().requests > requests && isQuiet())
}

/** Looks until every case was compared with the centre's, as happens once a day. */
async function untilCompared(pc: Pc): Promise<void> {
  const compared = () => pc.byPath.get('/v1/digests')?.requests ?? 0
  for (let before = -1; before < compared();) {
    before = compared()
    await syncNow(pc)
  }
}

/** A note of some 430 characters, different from every other. */
function aNote(place: number): string {
  const words = Array.from(
    { length: 62 },
    (_, at) => SUBJECTS[(place * 7 + at * at * 3 + at * place) % SUBJECTS.length],
  )
  return `${words.join(' ')} ${place}.`
}

let notes = 0
const aCaseAt = (place: number): string => caseIds[place % caseIds.length] ?? ''

function record({ value }: Pc, count: number): void {
  for (let at = 0; at < count; at++) value('contacts.record', aNewContact(aCaseAt(at), aNote(++notes)))
}

/** Somebody else's contacts, at the centre. */
async function writeThere(count: number): Promise<void> {
  const actor = actorOf(await centre.enrol(senior.userId))
  const make = makeOperations({ newId: () => newId(Date.now(), benchPorts.random) })
  const operations = Array.from({ length: count }, (_, at) => {
    const { userId: recordedById, userName: recordedByName } = actor
    const fields = aContact({ recordedById, recordedByName, note: aNote(++notes) })
    return make.create('contact.create@1', aCaseAt(at), fields)
  })
  const accepted = await acceptOperations(
    { store: postgresStores(centre.db).store, clock: centre.clock },
    {
      actor,
      incarnation: 1,
      operations,
    },
  )
  const isTaken = 'answers' in accepted && accepted.answers.every(one => one.status === 'as-sent')
  if (!isTaken) throw new Error('the centre did not take what somebody else sent')
}

const pc = await openPc()
const ours = {
  first: await counted(pc.link, async () => {
    await until(pc.isQuiet)
    await untilCompared(pc)
  }),
}
const nothing = await counted(pc.link, () => syncNow(pc))
await writeThere(DAILY)
const pulled = await counted(pc.link, () => syncNow(pc))
record(pc, DAILY)
pc.undoIsOver()
const pushBefore = pc.byPath.get('/v1/push')
const whole = await counted(pc.link, () => syncNow(pc))
const pushed = less(pc.byPath.get('/v1/push'), pushBefore)
await pc.end()

function less(after: Traffic | undefined, before: Traffic | undefined): Traffic {
  return {
    requests: (after?.requests ?? 0) - (before?.requests ?? 0),
    bytes: (after?.bytes ?? 0) - (before?.bytes ?? 0),
  }
}

/** Whether an officer can open the case and read what was last recorded. */
function hasNotes({ value }: Pc, caseId: string): boolean {
  const filter = { words: '', category: null, compliance: null, showSystem: true }
  return value('cases.timeline', { caseId, filter, before: null, limit: 20 }).entries.length > 0
}

const slow = await openPc(SLOW)
const started = performance.now()
await until(() => {
  const [first] = slow.value('caseload.list', { words: '', sort: 'name', limit: 1, offset: 0 }).rows
  return first !== undefined && hasNotes(slow, first.person.caseId)
})
const firstUsableMs = performance.now() - started
await slow.end()

// ---- The bad line

async function converge(): Promise<readonly number[]> {
  const one = await openPc()
  const { link } = one
  await until(one.isQuiet)
  link.setQuality(BAD)
  const breaking = setInterval(() => {
    link.breakConnections()
  }, BREAK_MS)
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    record(one, BURST)
    one.undoIsOver()
    await writeThere(DAILY)
    const start = performance.now()
    await syncNow(one)
    took.push(performance.now() - start)
  }
  clearInterval(breaking)
  await one.end()
  return took
}
const convergence = summarise((await Promise.all(Array.from({ length: PCS }, converge))).flat())

// ---- PouchDB

const peerOf = async (): Promise<Readonly<Record<'first' | 'pull' | 'push' | 'nothing', Traffic>>> => {
  const peer = await openPeerSync(folder)
  const link = await openLossyLink(peer.url)
  const asDocument = ({ entity, caseId, id, fields }: (typeof rows)[number]): PeerDocument => ({
    _id: `${entity}:${id}`,
    ...{ caseId, entity, fields },
  })
  const aDocument = (): PeerDocument => {
    const id = newId(Date.now(), benchPorts.random)
    const fields = { ...aContact({ note: aNote(++notes) }) }
    return asDocument({ entity: 'contact', caseId: aCaseAt(notes), id, fields })
  }
  const many = (): readonly PeerDocument[] => Array.from({ length: DAILY }, aDocument)
  await peer.writeThere(rows.map(asDocument))
  const here = peer.openPc('peer', link.url)
  const first = await counted(link, () => here.pull())
  // The first push of all looks through everything that was pulled; from then on it has its place.
  await here.write([aDocument()])
  await here.push()
  await here.pull()
  await peer.writeThere(many())
  const pull = await counted(link, () => here.pull())
  await here.push()
  await here.write(many())
  const push = await counted(link, () => here.push())
  await here.pull()
  const nothingNew = await counted(link, async () => {
    await here.push()
    await here.pull()
  })
  await here.close()
  await link.close()
  await peer.close()
  return { first, pull, push, nothing: nothingNew }
}
const peer = await peerOf()
await centre.close()
rmSync(folder, { recursive: true, force: true })

// ---- What came out

const seconds = ({ requests, bytes }: Traffic): number =>
  (requests * SLOW.roundTripMs) / 1000 + (bytes * 8) / SLOW.bitsPerSecond
const shown = (traffic: Traffic): string =>
  `${String(traffic.requests).padStart(5)} requests ${(traffic.bytes / 1000).toFixed(1).padStart(8)} KB ${seconds(traffic).toFixed(1).padStart(7)} s`
const packed = gzipSync(rows.map(row => JSON.stringify(row)).join('\n'), { level: 9 }).length
const limit: Traffic = { requests: 1, bytes: packed }
console.log(`${rows.length} records of ${caseIds.length} cases. Seconds are worked out for 35 kbit/s and 600 ms.`)
const lines: readonly (readonly [string, Traffic, Traffic])[] = [
  ['first fetch', ours.first, peer.first],
  [`${DAILY} of others`, pulled, peer.pull],
  [`${DAILY} of one's own`, pushed, peer.push],
  ['nothing new', nothing, peer.nothing],
]
for (const [name, mine, theirs] of lines) {
  console.log(
    `${name.padEnd(16)} Holdfast ${shown(mine)}   PouchDB ${shown(theirs)}   ${(seconds(theirs) / seconds(mine)).toFixed(2)}x`,
  )
}
console.log(
  `all records at once, gzip -9: ${shown(limit)}; the first fetch takes ${(seconds(ours.first) / seconds(limit)).toFixed(2)}x of that`,
)
console.log(
  `with the look for news and the audit of ${DAILY} saves, for which PouchDB has nothing: ${shown(whole)}, ${(seconds(peer.push) / seconds(whole)).toFixed(2)}x`,
)
console.log(`first case usable at 35 kbit/s after ${(firstUsableMs / 1000).toFixed(1)} s`)
console.log(
  `${BURST} saves out and ${DAILY} contacts in, 5 % of segments lost, every connection broken each minute: p50 ${(convergence.p50 / 1000).toFixed(1)} s, p95 ${(convergence.p95 / 1000).toFixed(1)} s, longest ${(convergence.max / 1000).toFixed(1)} s`,
)
judge([
  {
    what: 'bytes of the first fetch, PouchDB / ours',
    value: peer.first.bytes / ours.first.bytes,
    limit: 2,
    is: 'at least',
    unit: 'x',
  },
  {
    what: 'requests of the first fetch, PouchDB / ours',
    value: peer.first.requests / ours.first.requests,
    limit: 5,
    is: 'at least',
    unit: 'x',
  },
  {
    what: `${DAILY} of others, seconds`,
    value: seconds(peer.pull) / seconds(pulled),
    limit: 4,
    is: 'at least',
    unit: 'x',
  },
  {
    what: `${DAILY} of one's own, seconds`,
    value: seconds(peer.push) / seconds(pushed),
    limit: 4,
    is: 'at least',
    unit: 'x',
  },
  {
    what: 'nothing new, seconds',
    value: seconds(peer.nothing) / seconds(nothing),
    limit: 8,
    is: 'at least',
    unit: 'x',
  },
  {
    what: 'first fetch against its limit',
    value: seconds(ours.first) / seconds(limit),
    limit: 1.15,
    is: 'at most',
    unit: 'x',
  },
  { what: 'first case usable', value: firstUsableMs / 1000, limit: 10, is: 'at most', unit: ' s' },
  { what: 'converged on the bad line, p95', value: convergence.p95 / 1000, limit: 45, is: 'at most', unit: ' s' },
])
