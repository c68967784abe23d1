import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** What the line does to one request. Bytes count from the first of the request or of its answer, headers included. */
export type Fault =
  /** The connection breaks before anything has gone through. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** The service gets so many bytes of the request, then the connection breaks. */
  | { readonly kind: 'cut-request'; readonly afterBytes: number }
  /** The service has answered, but no more than so many bytes of that come through. */
  | { readonly kind: 'cut-answer'; readonly afterBytes: number }
  /** The service gets the request on two connections at once. */
  | { readonly kind: 'twice' }
  /** Something in between answers with a page of its own; the service hears nothing. */
  | { readonly kind: 'page'; readonly status: 200 | 302 | 407 }

export interface SeenRequest {
  /** 1 for the first that came to this line. */
  readonly number: number
  readonly method: string
  /** With its query. */
  readonly path: string
}

/** How fast the line is; every connection on it shares this. */
export interface Quality {
  /** In each direction. */
  readonly bitsPerSecond: number
  readonly roundTripMs: number
  /** Of so many segments one is lost and sent again; without it none. */
  readonly loseOneOf?: number
}

/** What has gone over the line at the client's end: bytes of TCP's payload, headers and all. */
export interface Counts {
  readonly requests: number
  readonly bytesUp: number
  readonly bytesDown: number
}

export interface LossyLink {
  /** Where a client finds the service behind the line. */
  readonly url: string
  readonly counts: () => Counts
  /** From now on the line does this to each request. */
  setFaults(faultOf: FaultOf): void
  /** From now on it is so fast; null for no limit. */
  setQuality(quality: Quality | null): void
  /** Breaks every connection, as a modem that dials anew. */
  breakConnections(): void
  close(): Promise<void>
}

type FaultOf = (request: SeenRequest) => Fault | undefined

interface LinkOptions {
  readonly faultOf?: FaultOf
  readonly quality?: Quality | null
  /** 0 for any that is free. */
  readonly port?: number
}

const SEGMENT_BYTES = 1_400
/** TCP waits about so long before it sends a lost segment again. */
const ROUND_TRIPS_OF_A_LOSS = 2
// Clients send one request after the other, each in writes of its own.
const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/

/**
 * A bad line between two real processes: a TCP proxy that sees where requests of HTTP/1.1 begin and does to each what it is
 * told to. It never changes a byte that it lets through.
 *
 * @param target the service's address, as `http://127.0.0.1:8440`.
 */
export async function openLossyLink(
  target: string,
  { faultOf = () => undefined, quality = null, port = 0 }: LinkOptions = {},
): Promise<LossyLink> {
  const line: Line = { faultOf, quality, up: { freeAt: 0 }, down: { freeAt: 0 }, segments: 0, counts: noCounts() }
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, client => {
    const service = connectTo(target)
    for (const socket of [client, service]) keepWhileOpen(open, socket)
    void carry(line, { client, service, connectAgain: () => keepWhileOpen(open, connectTo(target)) })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const breakConnections = (): void => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    counts: () => ({ ...line.counts }),
    setFaults(next) {
      line.faultOf = next
    },
    setQuality(next) {
      line.quality = next
    },
    breakConnections,
    async close() {
      const closed = once(server, 'close')
      server.close()
      breakConnections()
      await closed
    },
  }
}

interface Line {
  faultOf: FaultOf
  quality: Quality | null
  readonly up: Direction
  readonly down: Direction
  /** Segments so far. */
  segments: number
  readonly counts: { requests: number; bytesUp: number; bytesDown: number }
}

/** One direction of the line. */
interface Direction {
  /** When everything so far has left, by `performance.now`. */
  freeAt: number
}

const noCounts = () => ({ requests: 0, bytesUp: 0, bytesDown: 0 })

function connectTo(target: string): Socket {
  const { hostname, port } = new URL(target)
  return connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true })
}

function keepWhileOpen(open: Set<Socket>, socket: Socket): Socket {
  open.add(socket)
  socket.on('error', () => undefined) // `close` follows
  return socket.once('close', () => open.delete(socket))
}

interface Ends {
  readonly client: Socket
  readonly service: Socket
  readonly connectAgain: () => Socket
}

/** The request that is under way on a connection. */
interface OpenRequest {
  readonly fault: Fault | undefined
  bytesUp: number
  bytesDown: number
  /** The second connection of one that is delivered twice. */
  readonly again: Socket | undefined
}

async function carry(line: Line, ends: Ends): Promise<void> {
  const { client, service } = ends
  let request: OpenRequest | undefined
  const breakBoth = (): void => {
    client.destroy()
    service.destroy()
  }
  client.once('close', breakBoth)
  service.once('close', () => {
    if (request?.fault?.kind !== 'page') breakBoth()
  })
  const toService = channel(line, line.up)
  const toClient = channel(line, line.down)

  async function up(): Promise<void> {
    if (line.quality) await pause(line.quality.roundTripMs) // TCP's own greeting
    for await (const chunk of chunksOf(client)) {
      line.counts.bytesUp += chunk.length
      const [, method = '', path = ''] = REQUEST_LINE.exec(chunk.toString('latin1', 0, SEGMENT_BYTES)) ?? []
      if (method !== '') request = begin(line, ends, { method, path })
      if (request) await sendUp(request, chunk, method !== '')
    }
    toService.afterAll(() => service.end())
  }

  async function sendUp(sent: OpenRequest, chunk: Buffer, isFirst: boolean): Promise<void> {
    const { fault, again } = sent
    const whole = sent.bytesUp + chunk.length
    if (fault?.kind === 'drop') breakBoth()
    else if (fault?.kind === 'page') {
      if (isFirst) await sendPage(fault.status)
    } else if (fault?.kind === 'cut-request' && whole >= fault.afterBytes) {
      await toService.send(service, chunk.subarray(0, fault.afterBytes - sent.bytesUp))
      toService.afterAll(() => service.end(breakBoth))
    } else {
      if (fault?.kind === 'delay' && isFirst) await pause(fault.ms)
      if (again) await toService.send(again, chunk)
      await toService.send(service, chunk)
    }
    sent.bytesUp = whole
  }

  async function sendPage(status: 200 | 302 | 407): Promise<void> {
    service.destroy()
    const page = Buffer.from(pageOf(status))
    line.counts.bytesDown += page.length
    await toClient.send(client, page)
    toClient.afterAll(() => client.end())
  }

  async function down(): Promise<void> {
    for await (const chunk of chunksOf(service)) {
      const { fault, bytesDown } = request ?? { fault: undefined, bytesDown: 0 }
      const isCut = fault?.kind === 'cut-answer' && bytesDown + chunk.length >= fault.afterBytes
      const through = isCut ? chunk.subarray(0, fault.afterBytes - bytesDown) : chunk
      line.counts.bytesDown += through.length
      if (request) request.bytesDown += chunk.length
      await toClient.send(client, through)
      if (isCut) toClient.afterAll(() => client.end(breakBoth))
    }
    toClient.afterAll(() => client.end())
  }

  // A connection that breaks is part of the work.
  await Promise.all([up().catch(breakBoth), down().catch(() => undefined)])
}

function begin(line: Line, { connectAgain }: Ends, seen: Omit<SeenRequest, 'number'>): OpenRequest {
  line.counts.requests++
  const fault = line.faultOf({ number: line.counts.requests, ...seen })
  const again = fault?.kind === 'twice' ? connectAgain().resume() : undefined
  return { fault, bytesUp: 0, bytesDown: 0, again }
}

const chunksOf = (socket: Socket) => socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer> // no encoding is set

/** One direction of one connection: what is sent arrives in its order. */
function channel(line: Line, direction: Direction) {
  const onTheWay: (() => void)[] = []
  let arrivesAt = 0

  function arrive(at: number, work: () => void): void {
    arrivesAt = Math.max(arrivesAt, at)
    onTheWay.push(work)
    setTimeout(() => onTheWay.shift()?.(), arrivesAt - performance.now())
  }

  return {
    /** Resolves when the bytes have left. */
    async send(to: Socket, bytes: Buffer): Promise<void> {
      const { quality } = line
      if (!quality) {
        if (onTheWay.length === 0) write(to, bytes)
        else
          arrive(0, () => {
            write(to, bytes)
          })
        return
      }
      for (let start = 0; start < bytes.length; start += SEGMENT_BYTES) {
        const segment = bytes.subarray(start, start + SEGMENT_BYTES)
        const tookMs = (segment.length * 8_000) / quality.bitsPerSecond
        direction.freeAt = Math.max(direction.freeAt, performance.now()) + tookMs
        line.segments++
        const isLost = quality.loseOneOf !== undefined && line.segments % quality.loseOneOf === 0
        const lossMs = isLost ? tookMs + ROUND_TRIPS_OF_A_LOSS * quality.roundTripMs : 0
        arrive(direction.freeAt + lossMs + quality.roundTripMs / 2, () => {
          write(to, segment)
        })
        await pause(direction.freeAt - performance.now())
      }
    },
    /** Does something when everything that was sent has arrived. */
    afterAll(work: () => void): void {
      if (onTheWay.length === 0) work()
      else arrive(0, work)
    },
  }
}

function write(to: Socket, bytes: Buffer): void {
  if (to.writable) to.write(bytes)
}

function pageOf(status: 200 | 302 | 407): string {
  const html = '<!doctype html><title>Sign in</title><p>Sign in to the network to go on.'
  const head = {
    200: 'HTTP/1.1 200 OK\r\n',
    302: 'HTTP/1.1 302 Found\r\nlocation: http://192.0.2.1/sign-in\r\n',
    407: 'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="office"\r\n',
  }[status]
  return `${head}content-type: text/html\r\ncontent-length: ${html.length}\r\nconnection: close\r\n\r\n${html}`
}

const pause = (ms: number): Promise<void> =>
  // eslint-disable-next-line no-restricted-syntax -- a line that takes its time is what this is
  new Promise(resolve => setTimeout(resolve, ms))
