import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { answerAppRequest } from '../../electron/platform/appProtocol.ts'
import { aFolder } from '../support/temporary.ts'
import { startShellServer } from './shellServer.ts'

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A started shell server over the product's own answers, and ways to knock at it. */
async function aShell() {
  const folder = aFolder()
  writeFileSync(join(folder, 'index.html'), '<head></head>__STYLE_NONCE__')
  writeFileSync(join(folder, 'icon.svg'), '<svg/>')
  const product = (path: string) => answerAppRequest(new Request(`app://holdfast${path}`), folder)
  const invoked: unknown[] = []
  const shell = await startShellServer({
    port: 0,
    preload: 'const preload = 1',
    serve: product,
    invoke: (channel, args) => {
      invoked.push([channel, ...args])
      if (channel !== 'api') throw new Error('nobody handles it')
      return 'answered'
    },
  })
  onTestFinished(() => {
    shell.close()
  })
  const { host, pathname, search } = new URL(shell.address)

  async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const [hostname, port] = host.split(':')
    const asked = request({ host: hostname, port, path, headers: { host, connection: 'close', ...headers } }).end()
    const [response] = (await once(asked, 'response')) as [IncomingMessage] // of Node's own event
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
  }

  /** The cookie that the first request gets for the token of the address. */
  async function enter(): Promise<string> {
    const { headers } = await ask(`${pathname}${search}`)
    return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  }

  /** Opens the socket; `refused` when the server hangs up instead. */
  async function connect(headers: Readonly<Record<string, string>>): Promise<WebSocket | 'refused'> {
    const socket = new WebSocket(`ws://${host}/__shell/ipc`, { headers: { origin: `http://${host}`, ...headers } })
    onTestFinished(() => {
      socket.terminate()
    })
    const opened = new Promise<WebSocket>(resolve => socket.once('open', () => resolve(socket)))
    return Promise.race([opened, new Promise<'refused'>(resolve => socket.once('error', () => resolve('refused')))])
  }

  async function connected(cookie: string): Promise<WebSocket> {
    const socket = await connect({ cookie })
    if (socket === 'refused') throw new Error('the window could not connect')
    return socket
  }

  return { shell, host, token: `${pathname}${search}`, product, invoked, ask, enter, connect, connected }
}

/** What HTTP itself needs; everything else is said by the application. */
const OF_HTTP = new Set(['date', 'connection', 'transfer-encoding', 'content-length', 'keep-alive'])

const withoutNonce = (headers: Readonly<Record<string, unknown>>) => {
  const ours = Object.entries(headers).filter(([name]) => !OF_HTTP.has(name))
  return Object.fromEntries(ours.map(([name, value]) => [name, String(value).replace(/'nonce-[^']+'/, `'nonce'`)]))
}

describe('the headers of the browser shell', () => {
  it("are the product's on the page, but for its own socket", async () => {
    const { ask, enter, product, host } = await aShell()
    const cookie = await enter()

    const shown = withoutNonce((await ask('/', { cookie })).headers)

    const expected = withoutNonce(Object.fromEntries((await product('/')).headers))
    const policy = expected['content-security-policy'] ?? ''
    expect(policy.split(`connect-src 'none'`)).toHaveLength(2)
    expect(shown).toEqual({
      ...expected,
      'content-security-policy': policy.replace(`connect-src 'none'`, `connect-src ws://${host}`),
    })
    expect(host).toMatch(/^127\.0\.0\.1:\d+$/)
  })

  it.each([['/icon.svg'], ['/nothing'], ['/../store-key.json']])(
    "are the product's everywhere else, and so is the answer: %s",
    async path => {
      const { ask, enter, product } = await aShell()
      const cookie = await enter()

      const shown = await ask(path, { cookie })

      const expected = await product(path)
      expect(withoutNonce(shown.headers)).toEqual(withoutNonce(Object.fromEntries(expected.headers)))
      expect([shown.status, shown.body]).toEqual([expected.status, await expected.text()])
    },
  )

  it('keep the nonce of the page', async () => {
    const { ask, enter } = await aShell()

    const { headers, body } = await ask('/', { cookie: await enter() })

    const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
    expect(nonce).not.toBe('')
    expect(body).toBe(`<head><script src="/__shell/preload.js"></script></head>${nonce}`)
  })
})

describe('entering the browser shell', () => {
  it('takes the token out of the address and gives a cookie that no script can read and no other site can send', async () => {
    const { ask, token } = await aShell()

    const { status, headers } = await ask(token)

    expect([status, headers.location]).toEqual([303, '/'])
    expect(headers['set-cookie']?.[0]).toMatch(/^holdfast-shell=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/)
  })

  it('is refused with a wrong token, without one, and with one of another length', async () => {
    const { ask, token } = await aShell()
    const wrong = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')

    for (const path of [wrong, '/?token=', `${token}A`, token.slice(0, -1), `/?token=${'%C3%A9'.repeat(32)}`]) {
      const { status, headers } = await ask(path)
      expect([path, status, headers['set-cookie']]).toEqual([path, 403, undefined])
    }
  })

  it('is refused to a second window while the first is connected, and open again after it', async () => {
    const { ask, token, enter, connect, connected } = await aShell()
    const cookie = await enter()
    const first = await connected(cookie)

    expect((await ask(token)).status).toBe(409)
    expect(await connect({ cookie })).toBe('refused')

    first.terminate()
    await once(first, 'close')
    await expect.poll(async () => (await ask(token)).status).toBe(303)
    expect(await connect({ cookie })).not.toBe('refused')
  })
})

describe('the browser shell', () => {
  it.each([['/'], ['/icon.svg'], ['/__shell/preload.js'], ['/nothing']])(
    'shows %s to its own window only',
    async path => {
      const { ask, enter, host } = await aShell()
      const cookie = await enter()
      const refused: readonly Record<string, string>[] = [
        {},
        { cookie: `${cookie}x` },
        { cookie: cookie.slice(0, -1) },
        { cookie: `holdfast-shell=${'é'.repeat(32)}` },
        { cookie, host: 'elsewhere.test' },
        { cookie, host: `localhost:${host.split(':')[1]}` },
        { cookie, origin: 'https://elsewhere.test' },
        { cookie, origin: 'null' },
      ]

      for (const headers of refused) expect([headers, (await ask(path, headers)).status]).toEqual([headers, 403])

      expect((await ask(path, { cookie })).status).not.toBe(403)
      expect((await ask(path, { cookie, origin: `http://${host}` })).status).not.toBe(403)
    },
  )

  it('does not give a cookie for the right token at another host', async () => {
    const { ask, token } = await aShell()

    const { status, headers } = await ask(token, { host: 'elsewhere.test' })

    expect([status, headers['set-cookie']]).toEqual([403, undefined])
  })

  it('carries calls of its own window only', async () => {
    const { enter, connect, invoked, host } = await aShell()
    const cookie = await enter()
    const refused: readonly Record<string, string>[] = [
      {},
      { cookie: `${cookie}x` },
      { cookie: `holdfast-shell=${'é'.repeat(32)}` },
      { cookie, host: 'elsewhere.test' },
      { cookie, origin: 'https://elsewhere.test' },
      { cookie, origin: `http://localhost:${host.split(':')[1]}` },
    ]

    for (const headers of refused) expect([headers, await connect(headers)]).toEqual([headers, 'refused'])

    expect(invoked).toEqual([])
  })

  it('answers a call, and says only that it failed when it did', async () => {
    const { enter, connected, invoked } = await aShell()
    const socket = await connected(await enter())
    const send = async (channel: string): Promise<unknown> => {
      socket.send(JSON.stringify({ id: 1, channel, args: ['caseload.list', {}] }))
      const [message] = (await once(socket, 'message')) as [Buffer]
      return JSON.parse(message.toString('utf8'))
    }

    expect(await send('api')).toEqual({ id: 1, value: 'answered' })
    expect(await send('other')).toEqual({ id: 1, failed: true })
    expect(invoked).toEqual([
      ['api', 'caseload.list', {}],
      ['other', 'caseload.list', {}],
    ])
  })

  it.each([['half of a call{'], ['{}'], ['{"id":1,"channel":"api","args":[],"more":1}']])(
    'hangs up on what is no call: %s',
    async message => {
      const { enter, connected, invoked } = await aShell()
      const socket = await connected(await enter())

      socket.send(message)
      await once(socket, 'close')

      expect(invoked).toEqual([])
    },
  )

  it('listens at its one address of this machine alone', async () => {
    const { host, shell } = await aShell()
    const port = host.split(':')[1]

    expect(new URL(shell.address).hostname).toBe('127.0.0.1')
    for (const other of ['127.0.0.2', '[::1]']) await expect(fetch(`http://${other}:${port}/`)).rejects.toThrow()
  })
})
