import { once } from 'node:events'
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hopNames, type Hop } from '../../shared/features/sync/lineCheck.ts'
import { PROTOCOL_VERSION, SERVICE_HEADER, SERVICE_NAME } from '../../shared/sync/protocol.ts'
import { anId, morgan } from '../../tests/support/builders.ts'
import { aMachine } from '../../tests/support/ports.ts'
import { SELF_SIGNED } from '../../tests/support/selfSigned.ts'
import { createCentralClient } from '../sync/centralClient.ts'
import { createLineCheck } from '../sync/checkLine.ts'
import { createLineProbe } from './lineProbe.ts'
import { createNetwork } from './network.ts'

const CENTRE_ID = anId()
const TOKEN = 'the token'
const MINUTE_MS = 60_000

async function listening<Listener extends Server | HttpServer>(server: Listener): Promise<number> {
  server.listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port // a TCP server that listens has one
}

/** The service as a workstation meets it, whose clock is `behindMs` behind this PC's. */
const service =
  (behindMs = 0, centreId = CENTRE_ID): RequestListener =>
  (request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${TOKEN}`
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json', [SERVICE_HEADER]: SERVICE_NAME })
    const hello = {
      service: SERVICE_NAME,
      protocol: PROTOCOL_VERSION,
      centreId,
      serverTime: Date.now() - behindMs,
      user: { id: morgan.userId, name: morgan.userName, role: morgan.role },
      device: { id: anId(), incarnation: 1 },
      office: { name: 'Northfold', isDemo: false },
    }
    response.end(JSON.stringify(isKnown ? hello : { code: 'WRONG_TOKEN', field: null, message: '' }))
  }

interface Line {
  readonly url: string
  readonly token?: string
  /** What the system says of proxies. */
  readonly proxies?: string
  readonly fetch?: typeof fetch
  readonly stepMs?: number
}

/** Checks a line with real sockets; each part as `state` or `state: why`. */
async function check({ url, token = TOKEN, proxies = 'DIRECT', fetch: ask = fetch, stepMs = 5_000 }: Line) {
  const done = Promise.withResolvers<readonly Hop[]>()
  const checker = createLineCheck({
    ...aMachine(),
    clock: { now: () => Date.now() },
    probe: createLineProbe(
      () => Promise.resolve(proxies),
      () => performance.now(),
      stepMs,
    ),
    client: createCentralClient(createNetwork(ask), url, token),
    url,
    centreId: () => CENTRE_ID,
    onChange() {
      const { isRunning, last } = checker.state()
      if (!isRunning) done.resolve(last?.hops ?? [])
    },
  })
  checker.start()
  const hops = await done.promise
  expect(hops.map(one => one.hop)).toEqual([...hopNames])
  return Object.fromEntries(hops.map(one => [one.hop, one.code === null ? one.state : `${one.state}: ${one.code}`]))
}

const NOTHING = {
  name: 'not-tried',
  connection: 'not-tried',
  proxy: 'not-tried',
  tls: 'not-tried',
  service: 'not-tried',
  'sign-in': 'not-tried',
  clock: 'not-tried',
}
const BELOW = { name: 'passed', connection: 'passed', proxy: 'not-used', tls: 'not-used' }
const local = (port: number, scheme = 'http') => `${scheme}://127.0.0.1:${port}`

describe('the check of the line', () => {
  it('passes everything of a service that is as it should be', async () => {
    const port = await listening(createServer(service()))

    expect(await check({ url: local(port) })).toEqual({
      ...BELOW,
      service: 'passed',
      'sign-in': 'passed',
      clock: 'passed',
    })
  })

  it('names a name that nobody knows', async () => {
    const { name, ...rest } = await check({ url: 'http://centre.invalid' })

    expect(name).toMatch(/^failed: name-(not-found|server-silent)$/)
    expect({ ...rest, name: 'not-tried' }).toEqual(NOTHING)
  })

  it('names a port on which nobody listens', async () => {
    const port = await listening(createTcpServer())
    const other = createTcpServer()
    const closed = await listening(other)
    other.close()

    expect(closed).not.toBe(port)
    expect(await check({ url: local(closed) })).toEqual({
      ...NOTHING,
      name: 'passed',
      connection: 'failed: connection-refused',
    })
  })

  it('names a certificate that nobody vouches for', async () => {
    const port = await listening(createSecureServer(SELF_SIGNED, service()))

    expect(await check({ url: local(port, 'https') })).toEqual({
      ...NOTHING,
      ...BELOW,
      tls: 'failed: certificate-unknown',
    })
  })

  it('leaves the last word on a certificate to the system: where the service answers, it is good', async () => {
    const port = await listening(createSecureServer(SELF_SIGNED, service()))
    const plain = await listening(createServer(service()))
    const trusting: typeof fetch = (_url, init) => fetch(`${local(plain)}/v1/hello`, init)

    expect(await check({ url: local(port, 'https'), fetch: trusting })).toMatchObject({
      tls: 'passed',
      service: 'passed',
    })
  })

  it('names a line on which TLS meets something else', async () => {
    const port = await listening(createTcpServer(socket => socket.end('what is this?\r\n')))

    expect(await check({ url: local(port, 'https') })).toMatchObject({
      tls: 'failed: tls-failed',
      service: 'not-tried',
    })
  })

  it('does not wait for ever for somebody who says nothing', async () => {
    const port = await listening(createTcpServer(socket => socket.resume()))

    expect(
      await check({ url: local(port, 'https'), stepMs: 50, fetch: () => Promise.reject(new Error('down')) }),
    ).toMatchObject({ connection: 'passed', tls: 'failed: tls-failed' })
  })

  it('names a page that answers in place of the service', async () => {
    const portal = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in to the network</title>')
    })

    expect(await check({ url: local(await listening(portal)) })).toEqual({
      ...NOTHING,
      ...BELOW,
      service: 'failed: not-our-service',
    })
  })

  it.each(['http', 'https'])('names a proxy that wants a sign-in before %s', async scheme => {
    const proxy = createServer((_request, response) => response.writeHead(407).end())
    proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'))
    const port = await listening(proxy)
    const asProxy: typeof fetch = () => Promise.resolve(new Response('', { status: 407 }))

    const found = await check({
      url: `${scheme}://centre.invalid`,
      proxies: `PROXY 127.0.0.1:${port}; DIRECT`,
      fetch: asProxy,
    })

    expect(found).toEqual({ ...NOTHING, name: 'passed', connection: 'passed', proxy: 'failed: proxy-sign-in' })
  })

  it('goes through a proxy that opens the way', async () => {
    const port = await listening(createServer(service()))
    const proxy = createServer((_request, response) => response.writeHead(200).end())
    const through: typeof fetch = (_url, init) => fetch(`${local(port)}/v1/hello`, init)

    const found = await check({
      url: 'http://centre.invalid',
      proxies: `PROXY 127.0.0.1:${await listening(proxy)}`,
      fetch: through,
    })

    expect(found).toMatchObject({ proxy: 'passed', service: 'passed', 'sign-in': 'passed' })
  })

  it('names a token that the service does not know', async () => {
    const port = await listening(createServer(service()))

    expect(await check({ url: local(port), token: 'another' })).toEqual({
      ...NOTHING,
      ...BELOW,
      service: 'passed',
      'sign-in': 'failed: wrong-token',
    })
  })

  it.each([
    [61, 'warned: clock-fast'],
    [4, 'passed'],
    [-4, 'passed'],
    [-61, 'warned: clock-slow'],
  ])('with a clock %s minutes fast is %s', async (minutes, clock) => {
    const port = await listening(createServer(service(minutes * MINUTE_MS)))

    expect(await check({ url: local(port) })).toMatchObject({ 'sign-in': 'passed', clock })
  })

  it('names a service that is another than before', async () => {
    const port = await listening(createServer(service(0, anId())))

    expect(await check({ url: local(port) })).toMatchObject({ service: 'failed: other-centre', clock: 'not-tried' })
  })

  it.each([
    [426, 'UPGRADE', 'failed: service-newer'],
    [500, 'FAULT', 'failed: service-fault'],
    [503, 'FAULT', 'failed: service-busy'],
  ])('with the answer %s of the service is %s', async (status, code, found) => {
    const faulty = createServer((_request, response) => {
      response
        .writeHead(status, { [SERVICE_HEADER]: SERVICE_NAME })
        .end(JSON.stringify({ code, field: null, message: '' }))
    })

    expect(await check({ url: local(await listening(faulty)) })).toMatchObject({ service: found })
  })
})
