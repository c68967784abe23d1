/** B6: pushes of 500 PCs to the real service over real PostgreSQL, against the same rows written straight into its tables. */
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { getTableName } from 'drizzle-orm'
import { changeTable, resultTable, rowTable } from '../central/db/tables.ts'
import type { GivenCase } from '../central/demoOffice.ts'
import { newId } from '../shared/ids.ts'
import { PROTOCOL_VERSION, type PullAnswer } from '../shared/sync/protocol.ts'
import { anAssignment, aContact, aPerson } from '../tests/support/builders.ts'
import { makeOperations } from '../tests/support/centre/builders.ts'
import { openBenchCentre } from './support/centre.ts'
import { benchPorts } from './support/engine.ts'
import { judge, summarise, type Times, printTimes } from './support/measure.ts'
import { times } from './support/quick.ts'

const BATCH = 20
const ROUNDS = times(5)
const BATCHES_A_ROUND = times(300, 8)
/** Requests that are under way at once, and connections that write the floor. */
const WRITERS = 8
const GOAL_SIZE = times(500, 10)
const SIZES = [times(100, 5), GOAL_SIZE, times(2_000, 20)]
const STEADY_MS = times(30_000, 1_000)
const OPERATIONS_A_SECOND = times(500, 100)
/** Each PC looks for news this often. */
const LOOK_MS = 60_000
const NOTE = 'Talked about the tenancy, the rent account and the course. '.repeat(7)

const id = (): string => newId(Date.now(), benchPorts.random)
const largest = Math.max(...SIZES)
const userAt = (place: number): string => `officer.${String(place).padStart(4, '0')}`
const users = Array.from({ length: largest }, (_, place) => ({
  id: userAt(place),
  name: `Officer ${place}`,
  role: 'officer' as const,
}))
const READER = { id: 'reader.of-all', name: 'Reader of all', role: 'officer' as const }

function aCaseOf(userId: string, userName: string): GivenCase {
  const caseId = id()
  const row = (entity: GivenCase['rows'][number]['entity'], fields: object, rowId = id()) => {
    return { entity, caseId, id: rowId, fields: { ...fields } as GivenCase['rows'][number]['fields'] } // records are flat
  }
  const assignments = [
    { userId, userName },
    { userId: READER.id, userName: READER.name },
  ].map(one => row('assignment', anAssignment({ ...one, startOn: '2026-01-05' })))
  return { caseId, rows: [row('case', aPerson(), caseId), ...assignments] }
}
const cases = users.map(one => aCaseOf(one.id, one.name))
const centre = await openBenchCentre({ officeName: 'Northfold', users: [...users, READER] }, cases)

// ---- PCs

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

const asText = (body: object): string => JSON.stringify({ protocol: PROTOCOL_VERSION, ...body })

function post<Answer>(token: string, path: string, payload: string): Promise<{ status: number; answer: Answer }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const asked = request(`${centre.url}${path}`, { method: 'POST', agent, headers }, answered => {
      const parts: Buffer[] = []
      answered.on('data', (part: Buffer) => parts.push(part))
      answered.on('end', () => {
        const text = Buffer.concat(parts).toString()
        resolve({ status: answered.statusCode ?? 0, answer: (text ? JSON.parse(text) : null) as Answer })
      })
    })
    asked.on('error', reject)
    asked.end(payload)
  })
}

interface Pc {
  readonly userId: string
  readonly userName: string
  readonly token: string
  readonly caseId: string
  readonly make: ReturnType<typeof makeOperations>
  cursor: string | null
}

async function aPc(place: number): Promise<Pc> {
  const { id: userId, name: userName } = users[place] ?? READER
  const token = await centre.enrol(userId)
  const caseId = cases[place]?.caseId ?? ''
  return { userId, userName, token, caseId, make: makeOperations({ newId: id }), cursor: null }
}
const pcs: Pc[] = []
while (pcs.length < largest) pcs.push(await aPc(pcs.length))
const reader = await aPc(largest)

/** A push as it is sent, made before the clock starts: a PC makes it on its own processor. */
function aPush({ userId, userName, caseId, make }: Pc): string {
  const operations = Array.from({ length: BATCH }, (_, place) =>
    make.create(
      'contact.create@1',
      caseId,
      aContact({ recordedById: userId, recordedByName: userName, note: `${NOTE}${place}` }),
    ),
  )
  return asText({ incarnation: 1, operations })
}

async function push({ token }: Pc, payload: string): Promise<void> {
  const { status, answer } = await post<{ answers: { status: string }[] }>(token, '/v1/push', payload)
  const isTaken = status === 200 && answer.answers.every(one => one.status === 'as-sent')
  if (!isTaken) throw new Error(`a push was answered ${status}: ${JSON.stringify(answer).slice(0, 300)}`)
}

const report = { unsent: 0, oldestUnsentAt: null, refused: 0, appVersion: '0.0.0' }

/** One look for news. Returns the versions that came. */
async function look(pc: Pc): Promise<readonly number[]> {
  const versions: number[] = []
  for (;;) {
    const asked = { report, cursor: pc.cursor, known: [], limitBytes: 262_144 }
    const { status, answer } = await post<PullAnswer>(pc.token, '/v1/pull', asText(asked))
    if (status === 204) return versions
    if (status !== 200) throw new Error(`a look for news was answered ${status}`)
    pc.cursor = answer.cursor
    versions.push(...answer.items.flatMap(item => (item.kind === 'row' ? [item.row.version] : [])))
    if (!answer.more) return versions
  }
}

/** Works through tasks with so many at once. */
async function together(tasks: readonly (() => Promise<void>)[], atOnce = WRITERS): Promise<number> {
  const start = performance.now()
  const waiting = [...tasks]
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await next()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return performance.now() - start
}

// ---- The floor: the rows that the service wrote, written again into tables of the same shape.

const admin = new pg.Client({ connectionString: String(centre.db.$client.options.connectionString) })
await admin.connect()
const tables = [rowTable, changeTable, resultTable].map(getTableName)
for (const table of tables) await admin.query(`CREATE TABLE floor_${table} (LIKE ${table} INCLUDING ALL)`)
const pool = new pg.Pool({ connectionString: String(centre.db.$client.options.connectionString), max: WRITERS })

async function lastNumber(): Promise<number> {
  const { rows } = await admin.query<{ n: number }>('SELECT n FROM counter')
  return Number(rows[0]?.n)
}

/** What was written after that number, in batches as it came. */
async function writtenSince(after: number): Promise<readonly string[][]> {
  const [row, change, result] = tables
  const texts = [
    `SELECT to_jsonb(t) AS json FROM ${row} t WHERE version > $1 ORDER BY version`,
    `SELECT to_jsonb(t) AS json FROM ${change} t WHERE seq > $1 ORDER BY seq`,
    `SELECT to_jsonb(r) AS json FROM ${result} r JOIN ${change} c USING (region, op_id) WHERE c.seq > $1 ORDER BY c.seq`,
  ]
  const parts: { readonly rows: readonly { readonly json: object }[] }[] = []
  for (const text of texts) parts.push(await admin.query<{ json: object }>(text, [after]))
  const rows = parts.map(part => part.rows.map(one => one.json))
  const count = Math.ceil((rows[0]?.length ?? 0) / BATCH)
  return Array.from({ length: count }, (_, at) =>
    rows.map(part => JSON.stringify(part.slice(at * BATCH, (at + 1) * BATCH))),
  )
}

async function writeFloor(batch: readonly string[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    for (const [place, table] of tables.entries()) {
      const text = `INSERT INTO floor_${table} SELECT * FROM jsonb_populate_recordset(NULL::floor_${table}, $1)`
      await client.query({ name: `floor-${table}`, text, values: [batch[place]] })
    }
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

// ---- As fast as it goes

const { rows: sure } = await admin.query<{ fsync: string; commit: string }>(
  `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
)
const rates: { readonly ours: number; readonly floor: number }[] = []
let turn = 0
const nextPc = (size: number): Pc => {
  const pc = pcs[turn++ % size]
  if (!pc) throw new Error('there are fewer PCs than asked for')
  return pc
}
await look(reader)
const firstNumber = await lastNumber()
const seen: number[] = []
for (let round = 0; round <= ROUNDS; round++) {
  const before = await lastNumber()
  const tasks = Array.from({ length: BATCHES_A_ROUND }, () => {
    const pc = nextPc(GOAL_SIZE)
    const payload = aPush(pc)
    return () => push(pc, payload)
  })
  const oursMs = await together(tasks)
  const batches = await writtenSince(before)
  const floorMs = await together(batches.map(batch => () => writeFloor(batch)))
  const rate = (ms: number) => (BATCHES_A_ROUND * BATCH * 1_000) / ms
  // The first round warms both.
  if (round > 0) rates.push({ ours: rate(oursMs), floor: rate(floorMs) })
}

// ---- Steadily, with as many PCs as an area has, while they look for news

interface Steady {
  readonly size: number
  readonly push: Times
  readonly look: Times
}

async function steadily(size: number): Promise<Steady> {
  const pushes: number[] = []
  const looks: number[] = []
  const under: Promise<void>[] = []
  const start = performance.now()
  const pushEveryMs = (BATCH * 1_000) / OPERATIONS_A_SECOND
  const lookEveryMs = LOOK_MS / size
  let [nextPush, nextLook, looker] = [start, start, 0]
  const timed = async (due: number, into: number[], work: () => Promise<unknown>) => {
    await work()
    into.push(performance.now() - due)
  }
  while (performance.now() - start < STEADY_MS) {
    const now = performance.now()
    for (; nextPush <= now; nextPush += pushEveryMs) {
      const pc = nextPc(size)
      const payload = aPush(pc)
      under.push(timed(nextPush, pushes, () => push(pc, payload)))
    }
    for (; nextLook <= now; nextLook += lookEveryMs) {
      const pc = pcs[looker++ % size]
      if (pc) under.push(timed(nextLook, looks, () => look(pc)))
    }
    await sleep(1)
  }
  await Promise.all(under)
  return { size, push: summarise(pushes), look: summarise(looks) }
}

/** A PC that has every case reads along: what it is given must leave nothing out. */
let isReading = true
const reading = (async () => {
  while (isReading) {
    seen.push(...(await look(reader)))
    await sleep(50)
  }
  seen.push(...(await look(reader)))
})()
const steady: Steady[] = []
for (const size of SIZES) steady.push(await steadily(size))
isReading = false
await reading

const { rows: counted } = await admin.query<{ changes: number; lowest: number; highest: number }>(
  'SELECT count(*) AS changes, min(seq) AS lowest, max(seq) AS highest FROM change WHERE seq > $1',
  [firstNumber],
)
const [{ changes = 0, lowest = 0, highest = 0 } = {}] = counted
const gapsInNumbers = Number(highest) - firstNumber - Number(changes)
const distinct = new Set(seen)
const missed = Number(changes) - distinct.size
const outOfOrder = seen.filter((version, place) => version <= (seen[place - 1] ?? 0)).length
await pool.end()
await admin.end()
agent.destroy()
await centre.close()

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
const ours = median(rates.map(one => one.ours))
const floor = median(rates.map(one => one.floor))
const ratio = median(rates.map(one => one.ours / one.floor))
console.log(
  `PostgreSQL with fsync ${sure[0]?.fsync}, synchronous_commit ${sure[0]?.commit}; ${WRITERS} at once, ${BATCH} operations a push, ${GOAL_SIZE} PCs`,
)
console.log(
  `as fast as it goes: ${ours.toFixed(0)} operations/s; the same rows straight into the tables ${floor.toFixed(0)}/s; ${ratio.toFixed(2)}x`,
)
console.log(`\n${OPERATIONS_A_SECOND} operations/s, each PC looking for news every ${LOOK_MS / 1_000} s`)
printTimes(
  Object.fromEntries(
    steady.flatMap(one => [
      [`a push, ${one.size} PCs`, one.push],
      [`a look for news, ${one.size} PCs`, one.look],
    ]),
  ),
)
console.log(
  `${changes} changes, numbered from ${lowest} to ${highest}; a PC that reads along was given ${distinct.size}, ${outOfOrder} out of order`,
)
const goal = steady.find(one => one.size === GOAL_SIZE)
judge([
  { what: 'of the floor', value: ratio, limit: 0.5, is: 'at least', unit: 'x' },
  { what: `p99 of a push, ${GOAL_SIZE} PCs`, value: goal?.push.p99 ?? NaN, limit: 50, is: 'at most', unit: ' ms' },
  { what: 'gaps in the numbers', value: gapsInNumbers, limit: 0, is: 'at most' },
  { what: 'changes that a reader was not given', value: missed, limit: 0, is: 'at most' },
  { what: 'changes out of order', value: outOfOrder, limit: 0, is: 'at most' },
])
