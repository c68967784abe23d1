import { describe, expect, it } from 'vitest'
import { PROTOCOL_VERSION, SERVICE_HEADER, SERVICE_NAME } from '../../shared/sync/protocol.ts'
import { aCase, anEntry, anId, formIds, morgan } from '../../tests/support/builders.ts'
import { anEngine } from '../../tests/support/engine.ts'
import { aMachine } from '../../tests/support/ports.ts'
import { aStore } from '../../tests/support/store.ts'
import type { NetworkAnswer, NetworkRequest } from '../engine/ports.ts'
import { createCentralClient } from './centralClient.ts'
import { createSyncLoop } from './syncLoop.ts'

const CENTRE_ID = anId()
const NOW = Date.parse('2026-03-02T10:15:00Z')
const MINUTE_MS = 60_000

const answer = (status: number, body: unknown, headers: NetworkAnswer['headers'] = {}): NetworkAnswer => ({
  status,
  headers: { [SERVICE_HEADER]: SERVICE_NAME, ...headers },
  body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
})

const hello = answer(200, {
  service: SERVICE_NAME,
  protocol: PROTOCOL_VERSION,
  centreId: CENTRE_ID,
  serverTime: NOW,
  user: { id: morgan.userId, name: morgan.userName, role: morgan.role },
  device: { id: morgan.deviceId, incarnation: 1 },
  office: { name: 'Northfold', isDemo: false },
})

type Answering = (request: NetworkRequest) => NetworkAnswer | Promise<NetworkAnswer>

/** An engine with one contact that is due, over a service that says hello, has no news, and answers a push as given. */
async function withWork(push: Answering, others: Answering = () => answer(204, undefined)) {
  const asked: string[] = []
  const machine = aMachine({
    network: {
      async request(request) {
        const path = new URL(request.url).pathname
        asked.push(path)
        if (path === '/v1/hello') return hello
        return path === '/v1/push' ? push(request) : others(request)
      },
    },
  })
  const { caseId, rows } = aCase()
  const centre = { url: 'http://centre.test', token: 'token', centreId: CENTRE_ID }
  const test = anEngine({ rows, machine, enrolment: { centre } })
  const rest = { caseId, appointmentId: null, appointmentBaseRev: 0, mends: null }
  test.value('contacts.record', { ids: formIds(), ...rest, entry: anEntry() })
  const pass = async (milliseconds: number) => {
    machine.clock.forward(milliseconds)
    machine.timers.run()
    await new Promise(resolve => setImmediate(resolve)) // everything here answers at once
  }
  await pass(MINUTE_MS)
  await pass(MINUTE_MS)
  return { ...test, pass, pushes: () => asked.filter(path => path === '/v1/push').length }
}

describe('a push', () => {
  it('that is always answered with a new incarnation waits before it is tried again', async () => {
    let incarnation = 1
    const refused = () =>
      answer(409, { code: 'INCARNATION', field: 'incarnation', message: '', incarnation: ++incarnation })
    const { pushes, value } = await withWork(refused)

    expect(pushes()).toBeLessThanOrEqual(4)
    expect(value('sync.status', {})).toMatchObject({ reason: 'service-fault', sent: { count: 1 } })
  })

  it('whose answer leaves an operation out waits before that is sent again', async () => {
    const { pushes, value } = await withWork(() => answer(200, { answers: [], serverTime: NOW }))

    expect(pushes()).toBeLessThanOrEqual(2)
    expect(value('sync.status', {})).toMatchObject({ reason: 'service-fault', sent: { count: 1 } })
  })

  it('that is too large is sent in halves, down to one action', async () => {
    const { pushes, value } = await withWork(() => answer(413, { code: 'TOO_LARGE', field: null, message: '' }))

    expect(pushes()).toBeLessThanOrEqual(2 * 9)
    expect(value('sync.status', {})).toMatchObject({ reason: 'service-fault', sent: { count: 1 } })
  })
})

describe('what came instead of an answer', () => {
  const html = Buffer.from('<!doctype html>')
  const error = (code: string) => ({ code, field: null, message: '' })
  it.each<[string, NetworkAnswer, string]>([
    ['a page of something in between', { status: 200, headers: {}, body: html }, 'not-our-service'],
    ['a page where JSON belongs', { ...answer(200, undefined), body: html }, 'service-fault'],
    ['half of an answer', { ...answer(200, undefined), body: Buffer.from('{"answers":[') }, 'service-fault'],
    ['an answer of another shape', answer(200, { answers: 'none' }), 'service-fault'],
    ['a fault', answer(500, error('FAULT')), 'service-fault'],
    ['too much to do', answer(429, undefined), 'busy'],
    ['a database that is away', answer(503, error('FAULT')), 'busy'],
    ['a token that is not known', answer(401, error('WRONG_TOKEN')), 'wrong-token'],
    ['a version that is too old', answer(426, error('UPGRADE')), 'upgrade'],
  ])('%s leaves everything as it is, and is named', async (_, given, reason) => {
    const { value } = await withWork(() => given)

    expect(value('sync.status', {})).toMatchObject({ reason, sent: { count: 1 }, needsYou: { count: 0 } })
  })
})

describe('closing the application', () => {
  it('does not wait for an answer that never comes', async () => {
    const machine = aMachine({ network: { request: () => new Promise(() => undefined) } })
    const nothing = (): void => undefined
    const loop = createSyncLoop({
      ...machine,
      db: aStore(),
      client: createCentralClient(machine.network, 'http://centre.test', 'token'),
      centreId: CENTRE_ID,
      heard: nothing,
      rowsChanged: nothing,
      statusChanged: nothing,
    })
    loop.start()
    expect(loop.line().isWorking).toBe(true)

    await loop.stop()

    expect(loop.line().isWorking).toBe(false)
  })
})
