import { connect } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  JSON_DEPTH_MAX,
  PAGE_BYTES_MAX,
  PAGE_BYTES_MIN,
  PUSH_OPERATIONS_MAX,
  REQUEST_BYTES_MAX,
  SERVICE_HEADER,
  SERVICE_NAME,
} from '../shared/sync/protocol.ts'
import { openDatabase } from './db/database.ts'
import { postgresStores } from './postgresStores.ts'
import { buildServer, type RequestLimits } from './server.ts'
import { aContact, anId, aReport } from '../tests/support/builders.ts'
import { aCaseOf, makeOperations } from '../tests/support/centre/builders.ts'
import { documentedService } from '../tests/support/centre/documented.ts'
import { aCentre, type CentreRow, MONDAY } from '../tests/support/centre/testCentre.ts'
import { useTestServer } from '../tests/support/centre/testServer.ts'

const server = useTestServer()

/** A service over a centre, an officer with one case, and a way to ask as their workstation does. */
async function setUp(limits?: RequestLimits) {
  const service = await startService(limits)
  onTestFinished(() => service.app.close())
  return service
}

async function startService(limits?: RequestLimits) {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  const { token, actor } = await centre.addDevice('morgan.ashby')
  const lines: string[] = []
  const log = { level: 'info' as const, stream: { write: (line: string) => void lines.push(line) } }
  const app = await buildServer({ ...centre, centre, log, ...(limits && { limits }) })
  const askAnyhow = await documentedService(app)
  const ask = (request: InjectOptions) =>
    askAnyhow({ ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } })
  return { centre, caseId, app, token, actor, ask, askAnyhow, lines, make: makeOperations(centre) }
}

const post = (url: string, payload: object | string): InjectOptions => {
  return { method: 'POST', url, payload, headers: { 'content-type': 'application/json' } }
}
const push = (operations: readonly unknown[], rest: object = {}) =>
  post('/v1/push', { protocol: 1, incarnation: 1, operations, ...rest })
const pull = (rest: object = {}) =>
  post('/v1/pull', { protocol: 1, report: aReport(), cursor: null, known: [], limitBytes: PAGE_BYTES_MIN, ...rest })
const rowsOf = (caseId: string, { after = null, ...rest }: Readonly<Record<string, unknown>> = {}) =>
  post('/v1/rows', { protocol: 1, cases: [{ caseId, after }], limitBytes: PAGE_BYTES_MIN, ...rest })
const anOperation = () => makeOperations({ newId: anId }).create('contact.create@1', anId(), aContact())

type Refused = readonly [status: number, code: string, field: string | null]

/** Objects in one another, `depth` of them. */
const nested = (depth: number): unknown => (depth === 0 ? 'x' : { inner: nested(depth - 1) })

describe('the service', () => {
  it('says who it is and who asks', async () => {
    const { ask, actor } = await setUp()

    expect(await ask({ url: '/v1/hello' })).toMatchObject({
      status: 200,
      body: {
        service: 'holdfast-central',
        protocol: 1,
        serverTime: MONDAY,
        user: { id: 'morgan.ashby', name: 'Morgan Ashby', role: 'officer' },
        device: { id: actor.deviceId, incarnation: 1 },
        office: { isDemo: false },
      },
    })
  })

  it('takes operations, gives out what is new, and a case from its newest contacts back', async () => {
    const { ask, caseId, make } = await setUp()
    const first = await ask(pull())
    const { cursor } = first.body as { cursor: string }
    const contact = make.create('contact.create@1', caseId, aContact())

    const pushed = await ask(push([contact]))
    const pulled = await ask(pull({ cursor }))
    const rows = await ask(rowsOf(caseId))

    expect(pushed).toMatchObject({ status: 200, body: { answers: [{ status: 'as-sent' }], serverTime: MONDAY } })
    expect(pulled).toMatchObject({
      status: 200,
      body: { items: [{ kind: 'row', row: { id: contact.id } }], more: false },
    })
    expect(rows).toMatchObject({
      status: 200,
      body: { cases: [{ caseId, rows: [{ entity: 'case' }, {}, { id: contact.id }], after: null }], notFound: [] },
    })
    // Nobody asks of a record that is written once which change set a field.
    const [item] = (pulled.body as { items: { row: { fieldRev: object } }[] }).items
    expect(item?.row.fieldRev).toEqual({})
    const { cursor: next } = pulled.body as { cursor: string }
    expect(await ask(pull({ cursor: next }))).toMatchObject({ status: 204, body: undefined })
  })

  it('is healthy while it reaches its database, without a token', async () => {
    const { askAnyhow } = await setUp()

    expect(await askAnyhow({ url: '/health' })).toMatchObject({ status: 200, body: { healthy: true } })
  })

  it('says that it cannot reach its database, and nothing about where that is', async () => {
    const { centre } = await setUp()
    const lost = openDatabase('postgresql://holdfast:secret@127.0.0.1:1/postgres')
    const app = await buildServer({ ...centre, ...postgresStores(lost.db), centre })
    const ask = await documentedService(app)

    const answers = [
      await ask({ url: '/health' }),
      await ask({ url: '/v1/hello', headers: { authorization: `Bearer ${anId()}.${'x'.repeat(43)}` } }),
    ]

    for (const { status, body } of answers) {
      expect(status).toBe(503)
      expect(body).toMatchObject({ code: 'FAULT' })
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|secret|connect/i)
    }
    await app.close()
    await lost.close()
  })

  it('says the same when the connection breaks before a push is committed: nobody knows then that nothing was changed', async () => {
    const { centre, token, caseId, make } = await setUp()
    const breakOff = sql`SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'idle in transaction'`
    const write: typeof centre.store.write = work =>
      centre.store.write(tx =>
        work({
          ...tx,
          async storePushes(decided) {
            await centre.db.execute(breakOff)
            await tx.storePushes(decided)
          },
        }),
      )
    const app = await buildServer({ ...centre, store: { ...centre.store, write }, centre })
    const ask = await documentedService(app)
    const request = push([make.create('contact.create@1', caseId, aContact())])

    const answer = await ask({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } })

    expect(answer).toMatchObject({ status: 503, body: { code: 'FAULT' } })
    await app.close()
  })

  it('packs its answers and unpacks requests', async () => {
    const { app, ask, caseId, make, token } = await setUp()
    const payload = gzipSync(
      JSON.stringify({
        protocol: 1,
        incarnation: 1,
        operations: [make.create('contact.create@1', caseId, aContact())],
      }),
    )
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const pushed = await ask({ method: 'POST', url: '/v1/push', payload, headers })

    const packed = await app.inject({
      ...rowsOf(caseId),
      headers: { ...rowsOf(caseId).headers, authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' },
    })

    expect(pushed.status).toBe(200)
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(packed.rawPayload).toString())).toEqual((await ask(rowsOf(caseId))).body)
  })
})

describe('a request without the right token', () => {
  it.each<[string, (token: string, other: string) => string | undefined, string]>([
    ['has none', () => undefined, 'NO_TOKEN'],
    ['is signed in another way', token => `Basic ${token}`, 'WRONG_TOKEN'],
    ['has half of one', token => `Bearer ${token.split('.')[0]}`, 'WRONG_TOKEN'],
    ['has a wrong secret', token => `Bearer ${token.slice(0, -4)}AAAA`, 'WRONG_TOKEN'],
    [
      'has the secret of another device',
      (token, other) => `Bearer ${token.split('.')[0]}.${other.split('.')[1]}`,
      'WRONG_TOKEN',
    ],
    ['names a device that is not there', token => `Bearer ${anId()}.${token.split('.')[1]}`, 'WRONG_TOKEN'],
  ])('%s', async (_, headerOf, code) => {
    const { centre, askAnyhow, token } = await setUp()
    const authorization = headerOf(token, (await centre.addDevice('dev.larkhill')).token)
    const headers = authorization === undefined ? {} : { authorization }

    const requests: InjectOptions[] = [{ url: '/v1/hello' }, rowsOf('ref:templates'), push([anOperation()]), pull()]
    for (const request of requests) {
      const answer = await askAnyhow({ ...request, headers: { ...request.headers, ...headers } })
      expect(answer).toMatchObject({ status: 401, body: { code, field: null } })
    }
  })
})

describe('a bad request is refused with its place', () => {
  let service: Awaited<ReturnType<typeof startService>>
  beforeAll(async () => {
    service = await startService() // none of these requests changes anything
  })
  afterAll(() => service.app.close())

  const deepValue = nested(JSON_DEPTH_MAX)
  it.each<[string, () => InjectOptions, Refused]>([
    ['an unknown field', () => push([anOperation()], { hurry: true }), [400, 'INVALID', 'hurry']],
    [
      'an unknown field in an operation',
      () => push([anOperation(), { ...anOperation(), hurry: true }]),
      [400, 'INVALID', 'operations.1.hurry'],
    ],
    [
      'an unknown field in a patch',
      () =>
        push([
          { ...anOperation(), body: { patch: [{ field: 'town', baseRev: 0, baseOp: null, value: '', hurry: 1 }] } },
        ]),
      [400, 'INVALID', 'operations.0.body.patch.0.hurry'],
    ],
    [
      'a nested value',
      () => push([{ ...anOperation(), body: { create: { note: { text: 'x' } } } }]),
      [400, 'INVALID', 'operations.0.body.create.note'],
    ],
    [
      'a note without end',
      () => push([{ ...anOperation(), body: { create: { note: 'x'.repeat(20_001) } } }]),
      [400, 'INVALID', 'operations.0.body.create.note'],
    ],
    [
      'a body of two kinds',
      () => push([{ ...anOperation(), body: { create: {}, patch: [] } }]),
      [400, 'INVALID', 'operations.0.body.patch'],
    ],
    ['a case that is no id', () => push([{ ...anOperation(), caseId: 'me' }]), [400, 'INVALID', 'operations.0.caseId']],
    ['a number as text', () => push([{ ...anOperation(), n: '1' }]), [400, 'INVALID', 'operations.0.n']],
    [
      'a missing field',
      () => post('/v1/push', { protocol: 1, operations: [anOperation()] }),
      [400, 'INVALID', 'incarnation'],
    ],
    ['no operation', () => push([]), [400, 'INVALID', 'operations']],
    [
      'too many operations',
      () => push(Array.from({ length: PUSH_OPERATIONS_MAX + 1 }, anOperation)),
      [400, 'INVALID', 'operations'],
    ],
    ['a page too small', () => pull({ limitBytes: PAGE_BYTES_MIN - 1 }), [400, 'INVALID', 'limitBytes']],
    ['a page too large', () => pull({ limitBytes: PAGE_BYTES_MAX + 1 }), [400, 'INVALID', 'limitBytes']],
    ['a cursor of nobody', () => pull({ cursor: 'eyJ9' }), [400, 'BAD_CURSOR', 'cursor']],
    ['a list where an object belongs', () => post('/v1/pull', []), [400, 'INVALID', null]],
    [
      'a page of rows without a size',
      () => rowsOf('ref:templates', { limitBytes: undefined }),
      [400, 'INVALID', 'limitBytes'],
    ],
    ['something unknown', () => rowsOf('ref:templates', { hurry: 1 }), [400, 'INVALID', 'hurry']],
    ['a position that is none', () => rowsOf('ref:templates', { after: 'x' }), [400, 'INVALID', 'cases.0.after']],
    ['a page of no case', () => rowsOf('ref:templates', { cases: [] }), [400, 'INVALID', 'cases']],
    ['a case that is no id', () => rowsOf('x'), [400, 'INVALID', 'cases.0.caseId']],
    [
      'nesting without end',
      () => push([{ ...anOperation(), body: deepValue }]),
      [400, 'TOO_DEEP', `operations.0.body${'.inner'.repeat(JSON_DEPTH_MAX - 3)}`],
    ],
    [
      'nesting without end, as text',
      () => post('/v1/pull', '['.repeat(500_000) + ']'.repeat(500_000)),
      [400, 'TOO_DEEP', '0.0.0.0.0.0.0.0'],
    ],
    [
      'another version of the protocol, whatever else it holds',
      () => post('/v1/push', { protocol: 2, work: [] }),
      [426, 'UPGRADE', 'protocol'],
    ],
    ['another version at a pull', () => pull({ protocol: 9 }), [426, 'UPGRADE', 'protocol']],
    ['text that is no JSON', () => post('/v1/push', '{"protocol":1'), [400, 'NOT_JSON', null]],
    ['nothing at all', () => post('/v1/push', ''), [400, 'NOT_JSON', null]],
    ['a key that would change every object', () => post('/v1/push', '{"__proto__":{"a":1}}'), [400, 'NOT_JSON', null]],
    [
      'a form',
      () => ({
        method: 'POST',
        url: '/v1/push',
        payload: 'a=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      [415, 'NOT_JSON', null],
    ],
    [
      'another packing',
      () => ({ ...pull(), headers: { 'content-type': 'application/json', 'content-encoding': 'br' } }),
      [415, 'NOT_JSON', null],
    ],
    [
      'a packing that is broken',
      () => ({ ...pull(), headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } }),
      [400, 'NOT_JSON', null],
    ],
    ['too many bytes', () => post('/v1/push', `"${'x'.repeat(REQUEST_BYTES_MAX)}"`), [413, 'TOO_LARGE', null]],
    [
      'too many bytes once unpacked',
      () => ({
        method: 'POST',
        url: '/v1/push',
        payload: gzipSync(Buffer.alloc(50 * REQUEST_BYTES_MAX, 'x')),
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      }),
      [413, 'TOO_LARGE', null],
    ],
    ['an address that nobody knows', () => ({ url: '/v2/hello' }), [404, 'NOT_FOUND', null]],
    ['an address that is none', () => ({ url: '/v1/blobs/%E0%A4%A' }), [400, 'INVALID', null]],
  ])('%s', async (_, request, [status, code, field]) => {
    const answer = await service.ask(request())

    expect(answer).toMatchObject({ status, body: { code, field } })
  })
})

describe('too many requests in a minute', () => {
  const limits = { ofDevice: 3, ofAddress: 2 }
  const tooMany = { status: 429, body: { code: 'TOO_MANY', field: null } }
  const statusesOf = async (times: number, ask: () => Promise<{ readonly status: number }>) => {
    const statuses: number[] = []
    for (let time = 0; time < times; time++) statuses.push((await ask()).status)
    return statuses
  }

  it('of one device are refused until the minute is over, and hold up no other device', async () => {
    const { ask, centre } = await setUp(limits)
    const other = { headers: { authorization: `Bearer ${(await centre.addDevice('morgan.ashby')).token}` } }

    expect(await statusesOf(3, () => ask({ url: '/v1/hello' }))).toEqual([200, 200, 200])
    const refused = await ask(pull())

    expect(refused).toMatchObject(tooMany)
    const seconds = Number(refused.headers['retry-after'])
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await ask({ url: '/v1/hello', ...other })).toMatchObject({ status: 200 })
  })

  it('with the wrong token are counted by address, and hold up nobody with the right one', async () => {
    const { ask, askAnyhow } = await setUp(limits)
    const wrong = { url: '/v1/hello', headers: { authorization: 'Bearer x' } }

    expect(await statusesOf(3, () => askAnyhow(wrong))).toEqual([401, 401, 429])
    expect(await askAnyhow({ url: '/v1/hello' })).toMatchObject(tooMany)
    expect(await askAnyhow({ ...wrong, remoteAddress: '192.0.2.1' })).toMatchObject({ status: 401 })
    expect(await ask({ url: '/v1/hello' })).toMatchObject({ status: 200 })
  })

  it('after its health are counted by address, apart from the others', async () => {
    const { askAnyhow } = await setUp(limits)

    expect(await statusesOf(3, () => askAnyhow({ url: '/health' }))).toEqual([200, 200, 429])
    expect(await askAnyhow({ url: '/v1/hello' })).toMatchObject({ status: 401 })
  })

  it('are more than a workstation makes at its first sync on a fast line', async () => {
    const { app, token } = await setUp()
    const page = { ...rowsOf('x'), headers: { authorization: `Bearer ${token}` } } // counted, and quick to answer

    const pages = Array.from({ length: 1_000 }, () => app.inject(page)) // 60 cases of 5,000 contacts are 600

    expect(new Set((await Promise.all(pages)).map(answer => answer.statusCode))).toEqual(new Set([400]))
  })
})

describe('what is no whole request', () => {
  const head = 'GET /health HTTP/1.1\r\nhost: x\r\n'
  it.each<[string, string, string, string]>([
    ['is no HTTP', 'what is this?\r\n\r\n', '400 Bad Request', 'INVALID'],
    [
      'has too long a header',
      `${head}x: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
      'TOO_LARGE',
    ],
  ])('and %s is answered so', async (_, text, status, code) => {
    const { app } = await setUp()

    const answer = await sendRaw(app, text)

    expect(answer).toContain(`HTTP/1.1 ${status}\r\n${SERVICE_HEADER}: ${SERVICE_NAME}\r\n`)
    expect(answer).toContain(`"code":"${code}"`)
  })

  it('and does not come to its end is answered so', async () => {
    const { app } = await setUp()
    // Node looks for those every 30 seconds only.
    app.server.once('connection', socket => {
      app.server.emit('clientError', Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
    })

    const answer = await sendRaw(app, head)

    expect(answer).toContain('HTTP/1.1 408 Request Timeout\r\n')
    expect(answer).toContain('"code":"TOO_SLOW","field":null,"message":"A request must arrive within 300 seconds."')
  })

  async function sendRaw(app: FastifyInstance, text: string): Promise<string> {
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(text)
    let answer = ''
    for await (const data of socket) answer += String(data)
    return answer
  }
})

describe('numbers that were used before', () => {
  it('are answered with the incarnation to go on with', async () => {
    const { ask, caseId, make } = await setUp()
    const contact = (n: number) => make.create('contact.create@1', caseId, aContact(), { n })
    await ask(push([contact(1)]))

    expect(await ask(push([contact(1)]))).toMatchObject({ status: 409, body: { code: 'INCARNATION', incarnation: 2 } })
    expect(await ask({ url: '/v1/hello' })).toMatchObject({ body: { device: { incarnation: 2 } } })
  })
})

describe("another user's case", () => {
  it('is answered byte for byte like one that does not exist', async () => {
    const { centre, ask } = await setUp()
    const theirs = await aCaseOf(centre, 'dev.larkhill')

    const unknown = anId()
    const [first, second] = [await ask(rowsOf(theirs)), await ask(rowsOf(unknown))]

    expect(first).toMatchObject({ status: 200, body: { cases: [], notFound: [theirs] } })
    expect(second).toMatchObject({ status: 200, body: { cases: [], notFound: [unknown] } })
    expect(Object.keys(first.headers)).toEqual(Object.keys(second.headers))
  })
})

describe('a fault', () => {
  it('is answered with a reference that the log has too, and neither says what was recorded', async () => {
    const { centre, ask, caseId, make, lines } = await setUp()
    onTestFinished(async () => {
      await centre.db.execute(sql`DROP FUNCTION refuse CASCADE`)
    })
    await centre.db.execute(sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'found %', NEW.fields USING ERRCODE = 'XX000'; END $$`)
    await centre.db.execute(
      sql`CREATE TRIGGER refuse BEFORE INSERT ON row_state FOR EACH ROW EXECUTE FUNCTION refuse()`,
    )

    const { status, body } = await ask(
      push([make.create('contact.create@1', caseId, aContact({ note: 'Marker-words' }))]),
    )

    expect(status).toBe(500)
    const { code, message } = body as { code: string; message: string }
    expect(code).toBe('FAULT')
    const reference = /Reference (\S+)\./.exec(message)?.[1] ?? 'none'
    expect(lines.find(line => line.includes('"fault"'))).toContain(reference)
    expect(lines.find(line => line.includes('"fault"'))).toContain('XX000')
    expect(`${lines.join('')}${message}`).not.toMatch(/Marker|row_state|found|into/i)
  })
})

describe('the log', () => {
  it('has a line for each answer, without names, notes, tokens or the case that was asked for', async () => {
    const { ask, caseId, make, lines, token } = await setUp()
    const row: CentreRow['fields'] = aContact({ note: 'Marker-words' })

    await ask(push([make.create('contact.create@1', caseId, row)]))
    await ask({ url: `/v1/blobs/${'a'.repeat(64)}?caseId=${caseId}` })
    await ask(push([{ ...anOperation(), 'Marker-field': 1 }]))

    expect(lines.filter(line => line.includes('"answered"'))).toHaveLength(4)
    expect(lines.join('')).toContain('/v1/blobs/:hash')
    expect(lines.join('')).not.toMatch(new RegExp(`Marker|ashby|${caseId}|${token.split('.')[1]}`, 'i'))
  })
})
