import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls, getCACertificates } from 'node:tls'
import type { LineProbe, ProbeStep } from '../engine/ports.ts'

/** No step is waited for any longer. */
const STEP_MS = 10_000

interface Place {
  readonly host: string
  readonly port: number
}

/**
 * Tries the parts of the line below HTTP one after the other, up to the first that fails. Nothing is sent but what opens a
 * tunnel through a proxy; no certificate is passed over.
 *
 * @param resolveProxy the system's answer for an address, as `PROXY host:port` or `DIRECT`.
 */
export const createLineProbe = (
  resolveProxy: (url: string) => Promise<string>,
  now: () => number,
  stepMs = STEP_MS,
): LineProbe => ({
  async probe(url) {
    const service = placeOf(new URL(url))
    const isSecure = url.startsWith('https:')
    const proxy = proxyOf(await resolveProxy(url).catch(() => 'DIRECT'))
    const steps: ProbeStep[] = []
    let socket: Socket | undefined
    const step = async (hop: ProbeStep['hop'], work: () => Promise<unknown>): Promise<boolean> => {
      const start = now()
      const code = await within(stepMs, work()).then(() => null, codeOf)
      steps.push({ hop, state: code === null ? 'passed' : 'failed', code, tookMs: Math.round(now() - start) })
      return code === null
    }
    const skip = (hop: ProbeStep['hop']): boolean => {
      steps.push({ hop, state: 'not-used', code: null, tookMs: 0 })
      return true
    }
    const nearest = proxy ?? service
    try {
      void (
        (await step('name', () => lookup(nearest.host))) &&
        (await step('connection', async () => (socket = await open(nearest)))) &&
        (proxy ? await step('proxy', () => passProxy(socket, service, isSecure ? null : url)) : skip('proxy')) &&
        (isSecure ? await step('tls', () => shakeHands(socket, service.host)) : skip('tls'))
      )
    } finally {
      socket?.destroy()
    }
    return steps
  },
})

function placeOf({ hostname, port, protocol }: URL): Place {
  const host = hostname.replace(/^\[|\]$/g, '')
  return { host, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) }
}

/** The first proxy of a list as the system gives it; undefined where the way is direct. */
function proxyOf(list: string): Place | undefined {
  const [, address] = /^\s*(?:PROXY|HTTPS)\s+([^\s;]+)/.exec(list) ?? []
  return address === undefined ? undefined : placeOf(new URL(`http://${address}`))
}

function open({ host, port }: Place): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      resolve(socket)
    })
    // Also after the handshake, so that a reset is nobody's uncaught error.
    socket.on('error', reject)
  })
}

/** Asks the proxy for a tunnel, or for the page itself where the service has no TLS. */
async function passProxy(socket: Socket | undefined, { host, port }: Place, page: string | null): Promise<void> {
  const to = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const asked = page === null ? `CONNECT ${to}` : `GET ${page}/health`
  socket?.write(`${asked} HTTP/1.1\r\nHost: ${to}\r\n\r\n`)
  const status = await readStatus(socket)
  if (status === 407 || (page === null && status !== 200)) throw new StepError(String(status))
}

function readStatus(socket: Socket | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    let head = ''
    const onData = (data: Buffer): void => {
      head += data.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      socket?.off('data', onData)
      resolve(Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? 0))
    }
    socket?.on('data', onData)
    socket?.once('close', () => {
      reject(new StepError('ECONNRESET'))
    })
  })
}

function shakeHands(socket: Socket | undefined, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const ca = [...getCACertificates('default'), ...getCACertificates('system')]
    const secure = connectTls({ ...(socket && { socket }), ca, host, ...(isIP(host) === 0 && { servername: host }) })
    secure.once('secureConnect', () => {
      secure.destroy()
      resolve()
    })
    secure.on('error', reject)
    secure.once('close', () => {
      reject(new StepError('ECONNRESET'))
    })
  })
}

class StepError extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'StepError'
    this.code = code
  }
}

function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    reject(new StepError('ETIMEDOUT'))
  }, limitMs)
  return Promise.race([work, promise]).finally(() => {
    clearTimeout(timer)
  })
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
