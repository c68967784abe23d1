import { createHash } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { expect, it } from 'vitest'
import { AUDIT_START, PAGE_BYTES_MIN, REQUEST_BYTES_MAX } from '../shared/sync/protocol.ts'
import { type Database, openDatabase } from './db/database.ts'
import { postgresStores } from './postgresStores.ts'
import { buildServer, type RequestLimits } from './server.ts'
import { aContact, aDocument, anAddress, anId, aReport } from '../tests/support/builders.ts'
import { aCaseOf, makeOperations } from '../tests/support/centre/builders.ts'
import { documentedAnswers, documentedService } from '../tests/support/centre/documented.ts'
import { aCentre } from '../tests/support/centre/testCentre.ts'
import { useTestServer } from '../tests/support/centre/testServer.ts'

const server = useTestServer()

const post = (url: string, payload: object | string): InjectOptions => ({
  method: 'POST',
  url,
  payload,
  headers: { 'content-type': 'application/json' },
})
const push = (operations: readonly unknown[], protocol = 1) =>
  post('/v1/push', {
    protocol,
    incarnation: 1,
    operations: operations.map((one, n) => Object.assign({}, one, { n: n + 1 })),
  })
const pull = (cursor: string | null = null, protocol = 1) =>
  post('/v1/pull', { protocol, report: aReport(), cursor, known: [], limitBytes: PAGE_BYTES_MIN })
const rowsOf = (caseId: string, some: object = {}) =>
  post('/v1/rows', { protocol: 1, cases: [{ caseId, after: null }], limitBytes: PAGE_BYTES_MIN, ...some })
const digests = (cursor: string, some: object = {}) =>
  post('/v1/digests', { protocol: 1, cursor, cases: [{ caseId: anId(), count: 0, digest: '0'.repeat(16) }], ...some })
const audit = (some: object = {}) =>
  post('/v1/audit', { protocol: 1, after: { n: 0, hash: AUDIT_START }, entries: [anAuditEntry], ...some })
const purges = (some: object = {}) =>
  post('/v1/purges', {
    protocol: 1,
    purges: [{ caseId: anId(), epoch: 1, state: 'held', rows: 0, unsent: 0 }],
    ...some,
  })
const anAuditEntry = {
  n: 1,
  at: 0,
  userId: 'morgan.ashby',
  action: 'search',
  caseId: null,
  detail: { words: 'jacob' },
  hash: 'a'.repeat(64),
}
/** A file of one byte, sealed. */
const sealed = Buffer.alloc(17)
const hash = createHash('sha256').update(sealed).digest('hex')
const offer = (caseId: string, bytes = 17, protocol = 1) => post('/v1/blobs', { protocol, caseId, hash, bytes })
const chunk = (caseId: string, payload: Buffer | string = sealed, place = 0): InjectOptions => ({
  method: 'PUT',
  url: `/v1/blobs/${hash}/chunks/${place}?caseId=${caseId}&hash=${hash}`,
  payload,
  headers: { 'content-type': typeof payload === 'string' ? 'application/json' : 'application/octet-stream' },
})
const commit = (caseId: string, protocol = 1) => post(`/v1/blobs/${hash}/commit`, { protocol, caseId })
const blob = (caseId: string, range?: string): InjectOptions => ({
  url: `/v1/blobs/${hash}?caseId=${caseId}`,
  ...(range !== undefined && { headers: { range } }),
})
const hello: InjectOptions = { url: '/v1/hello' }
const health: InjectOptions = { url: '/health' }
const tooLarge = `"${'x'.repeat(REQUEST_BYTES_MAX)}"`
const aForm = (url: string): InjectOptions => ({
  ...post(url, 'a=1'),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

it('gives every answer that its document names, each as the document says, and no other', async () => {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  const { token } = await centre.addDevice('morgan.ashby')
  const authorization = `Bearer ${token}`
  const seen = new Set<string>()
  const ask = async (db: Database, requests: readonly InjectOptions[], limits?: RequestLimits) => {
    const app = await buildServer({ ...centre, ...postgresStores(db), centre, ...(limits && { limits }) })
    const asked = await documentedService(app, seen)
    for (const request of requests) await asked({ ...request, headers: { authorization, ...request.headers } })
    return app
  }
  const make = makeOperations(centre)
  const address = make.create('address.create@1', caseId, anAddress())
  const town = (value: string) =>
    make.patch('address.patch@1', address, [{ field: 'town', baseRev: 0, baseOp: address.opId, value }])
  const everyKind = [
    address,
    town('Leeds'),
    town('Leeds'),
    town('York'),
    make.create('contact.create@1', anId(), aContact()),
  ]
  const document = aDocument({ bytes: 1, blobHash: hash })
  await centre.write({ entity: 'document', caseId, id: anId(), fields: document })
  const ofFiles = [offer(caseId), chunk(caseId), commit(caseId), blob(caseId)]
  const ofDevice = [hello, pull(), push([address]), audit(), purges(), rowsOf(caseId), digests('x'), ...ofFiles]
  const first = await (
    await buildServer({ ...centre, centre })
  ).inject({ ...pull(), headers: { ...pull().headers, authorization } })
  const { cursor } = first.json<{ cursor: string }>()
  const lost = openDatabase('postgresql://holdfast:secret@127.0.0.1:1/postgres')
  const faulty = {} as Database // whatever is asked of it is a fault

  const app = await ask(centre.db, [
    ...[health, hello, pull(), pull(cursor), pull('x'), pull(null, 2), push(everyKind), push([]), push([], 2)],
    push([make.create('contact.create@1', caseId, aContact())]), // numbered 1, which was used before
    ...[rowsOf(caseId), rowsOf(caseId, { limitBytes: 1 }), rowsOf(caseId, { protocol: 2 })],
    ...[digests(cursor), digests('x'), digests(cursor, { cases: [] }), digests(cursor, { protocol: 2 })],
    ...[audit(), audit({ entries: [] }), audit({ protocol: 2 })],
    ...[purges(), purges({ purges: [] }), purges({ protocol: 2 })],
    ...[offer(anId()), offer(caseId), offer(caseId, 1), offer(caseId, 17, 2)],
    ...[chunk(caseId), chunk(anId()), chunk(caseId, sealed, 1), chunk(caseId, Buffer.alloc(18)), chunk(caseId, '{}')],
    ...[commit(caseId), commit('none'), commit(anId()), commit(caseId, 2)],
    ...[blob(caseId), blob(caseId, 'bytes=0-1'), blob(caseId, 'bytes=17-'), blob(anId()), blob('none')],
    ...[
      '/v1/push',
      '/v1/pull',
      '/v1/rows',
      '/v1/digests',
      '/v1/audit',
      '/v1/purges',
      '/v1/blobs',
      `/v1/blobs/${hash}/commit`,
    ].flatMap(url => [post(url, tooLarge), aForm(url)]),
    ...ofDevice.map(one => ({
      ...one,
      headers: { ...one.headers, authorization: 'x' },
    })),
  ])
  await ask(centre.db, [health, ...ofDevice], { ofDevice: 0, ofAddress: 0 })
  for (const db of [lost.db, faulty]) await ask(db, [health, ...ofDevice])

  expect([...seen].toSorted()).toEqual((await documentedAnswers(app)).toSorted())
  await lost.close()
})
