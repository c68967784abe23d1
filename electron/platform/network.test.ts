import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { NetworkRequest } from '../engine/ports.ts'
import { createNetwork } from './network.ts'

const network = createNetwork(fetch)
/** Longer than any answer here takes. */
const LONG_MS = 20_000

const aRequest = (url: string, changes: Partial<NetworkRequest> = {}): NetworkRequest => ({
  method: 'GET',
  url,
  headers: {},
  body: null,
  timeoutMs: LONG_MS,
  ...changes,
})

/** A service on this machine; gives its address and what it was asked. */
async function aService(answer: RequestListener) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return { url: `http://127.0.0.1:${port}`, asked }
}

/** A line on which somebody listens who does this with every connection. */
async function aLine(meet: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer(socket => {
    socket.on('error', () => undefined)
    onTestFinished(() => {
      socket.destroy()
    })
    meet(socket)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server that listens has one
}

const lineDown = (kind: string) => ({ name: 'LineDownError', kind })

describe('a request to the service', () => {
  it('carries method, headers and every byte, and brings back status, headers and every byte', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    let received = Buffer.from('')
    const { url, asked } = await aService((request, response) => {
      void buffer(request).then(body => {
        received = body
        response.writeHead(409, { 'X-Holdfast-Service': 'holdfast-central' }).end(bytes.toReversed())
      })
    })

    const answer = await network.request(
      aRequest(`${url}/v1/push?x=1`, { method: 'POST', headers: { authorization: 'Bearer t' }, body: bytes }),
    )

    expect(asked[0]).toMatchObject({ method: 'POST', url: '/v1/push?x=1', headers: { authorization: 'Bearer t' } })
    expect(received).toEqual(Buffer.from(bytes))
    expect(answer).toMatchObject({ status: 409, headers: { 'x-holdfast-service': 'holdfast-central' } })
    expect(answer.body).toEqual(bytes.toReversed())
  })

  it('brings back the body unpacked', async () => {
    const { url } = await aService((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"items":[]}'))
    })

    const { body } = await network.request(aRequest(url))

    expect(Buffer.from(body).toString()).toBe('{"items":[]}')
  })

  it.each([[301], [302], [303], [307], [308]])('follows nobody elsewhere with its token: %i', async status => {
    const elsewhere = await aService((_request, response) => response.end('signed in'))
    const { url } = await aService((_request, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/login` }).end()
    })

    const answer = await network.request(aRequest(url, { headers: { authorization: 'Bearer t' } }))

    expect(answer.status).toBe(status)
    expect(elsewhere.asked).toEqual([])
  })
})

describe('a line without an answer', () => {
  it('is unreachable where nobody listens', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo // a TCP server that listens has one
    server.close()
    await once(server, 'close')

    const asked = network.request(aRequest(`http://127.0.0.1:${port}`))

    await expect(asked).rejects.toMatchObject(lineDown('unreachable'))
  })

  it.each<[string, string]>([
    ['a name that nobody has', 'http://holdfast.invalid/'],
    ['an address that is none', 'http://'],
    ['a scheme that is not for it', 'gopher://127.0.0.1/'],
  ])('is unreachable by %s', async (_what, url) => {
    await expect(network.request(aRequest(url))).rejects.toMatchObject(lineDown('unreachable'))
  })

  it.each<[string, (socket: Socket) => void]>([
    ['hangs up', socket => socket.destroy()],
    ['speaks something else', socket => socket.end('220 mail.test ESMTP\r\n\r\n')],
    [
      'hangs up in the middle of the answer',
      socket =>
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy())
        }),
    ],
  ])('is unreachable when the other end %s', async (_what, meet) => {
    const url = await aLine(meet)

    await expect(network.request(aRequest(url))).rejects.toMatchObject(lineDown('unreachable'))
  })

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    [
      'stops in the middle of the answer',
      socket => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
    ],
  ])('has timed out when the other end %s', async (_what, meet) => {
    const url = await aLine(meet)

    await expect(network.request(aRequest(url, { timeoutMs: 50 }))).rejects.toMatchObject(lineDown('timed-out'))
  })
})
