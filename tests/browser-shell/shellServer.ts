import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import * as z from 'zod'
import { shellScript } from './shellScript.ts'

interface ShellServerDeps {
  /** 0 for any free one. */
  readonly port: number
  /** Text of the built preload. */
  readonly preload: string
  /** The application's own answer to a path of its page. */
  readonly serve: (path: string) => Response | Promise<Response>
  readonly invoke: (channel: string, args: readonly unknown[]) => unknown
}

export interface ShellServer {
  /** With the token that opens it. */
  readonly address: string
  /** To the window, if one is connected. */
  send(channel: string, args: readonly unknown[]): void
  /** Whether a window has ever been connected. */
  wasConnected(): boolean
  /** Resolves when the first window is connected. */
  readonly connected: Promise<void>
  close(): void
}

const PRELOAD_PATH = '/__shell/preload.js'
const SOCKET_PATH = '/__shell/ipc'
const COOKIE = 'holdfast-shell'

const call = z.strictObject({ id: z.int(), channel: z.string(), args: z.array(z.unknown()) })

/**
 * Serves the application's page on loopback. The token in the address is exchanged for a cookie at the first request and
 * leaves the address; one window at a time is connected.
 */
export async function startShellServer({ port, preload, serve, invoke }: ShellServerDeps): Promise<ShellServer> {
  const token = randomBytes(24).toString('base64url')
  const secret = randomBytes(24).toString('base64url')
  let window: WebSocket | undefined
  const firstWindow = Promise.withResolvers<void>()

  const server = createServer((request, response) => {
    respond(request, response).catch(() => {
      response.writeHead(500).end()
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: listening } = server.address() as AddressInfo // a TCP server that listens has one
  const host = `127.0.0.1:${listening}`
  const origin = `http://${host}`

  const isOurs = (request: IncomingMessage): boolean =>
    request.headers.host === host && isSame(cookieOf(request), secret) && (request.headers.origin ?? origin) === origin

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    if (request.headers.host !== host) return refuseWith(response, 403, 'Wrong host')
    if (url.searchParams.has('token')) return exchangeToken(url, response)
    if (!isOurs(request)) return refuseWith(response, 403, 'Open Holdfast with the address that it printed.')
    if (url.pathname === PRELOAD_PATH) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' })
      response.end(shellScript(preload, SOCKET_PATH))
      return
    }
    await passOn(url, response)
  }

  function exchangeToken(url: URL, response: ServerResponse): void {
    if (!isSame(url.searchParams.get('token') ?? '', token)) return refuseWith(response, 403, 'Wrong token')
    if (window?.readyState === WebSocket.OPEN) return refuseWith(response, 409, 'Holdfast is open in another window.')
    const cookie = `${COOKIE}=${secret}; HttpOnly; SameSite=Strict; Path=/`
    response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' }).end()
  }

  async function passOn(url: URL, response: ServerResponse): Promise<void> {
    const answer = await serve(url.pathname)
    const headers = Object.fromEntries(answer.headers)
    const body = Buffer.from(await answer.arrayBuffer())
    const isPage = headers['content-type']?.startsWith('text/html') ?? false
    response.writeHead(answer.status, isPage ? withSocket(headers, host) : headers)
    response.end(isPage ? withPreload(body.toString('utf8')) : body)
  }

  server.on('upgrade', (request, socket, head) => {
    const isAllowed = request.url === SOCKET_PATH && isOurs(request) && window?.readyState !== WebSocket.OPEN
    if (!isAllowed) {
      socket.destroy()
      return
    }
    sockets.handleUpgrade(request, socket, head, connected => {
      window = connected
      firstWindow.resolve()
      connected.on('message', message => {
        // ws gives text as one Buffer
        answerCall(connected, (message as Buffer).toString('utf8')).catch(() => {
          connected.terminate() // it was no call
        })
      })
    })
  })

  async function answerCall(connected: WebSocket, message: string): Promise<void> {
    const { id, channel, args } = call.parse(JSON.parse(message))
    const result = await Promise.resolve()
      .then(() => invoke(channel, args))
      .then(
        value => ({ value }),
        () => ({ failed: true }),
      )
    connected.send(JSON.stringify({ id, ...result }))
  }

  return {
    address: `${origin}/?token=${token}`,
    send(channel, args) {
      if (window?.readyState === WebSocket.OPEN) window.send(JSON.stringify({ channel, args }))
    },
    wasConnected: () => window !== undefined,
    connected: firstWindow.promise,
    close() {
      window?.terminate()
      server.close()
      server.closeAllConnections()
    },
  }
}

function refuseWith(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text)
}

function cookieOf(request: IncomingMessage): string {
  const pairs = (request.headers.cookie ?? '').split('; ')
  return pairs.find(pair => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? ''
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The one thing that the shell's page may do beyond the product's: talk to its own socket. */
export const withSocket = (headers: Readonly<Record<string, string>>, host: string): Record<string, string> => ({
  ...headers,
  'content-security-policy': (headers['content-security-policy'] ?? '').replace(
    `connect-src 'none'`,
    `connect-src ws://${host}`,
  ),
})

const withPreload = (page: string): string => page.replace('<head>', `<head><script src="${PRELOAD_PATH}"></script>`)
