import { existsSync, realpathSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { helloAnswer, pullAnswer, SERVICE_HEADER, SERVICE_NAME } from '../shared/sync/protocol.ts'
import { openEmbeddedPostgres } from './postgres/embedded.ts'
import { aReport } from '../tests/support/builders.ts'
import { makePrivateFolder, processesWith, removeDataFolder, runProgram } from '../tests/support/centre/programs.ts'

const READY = /^Holdfast central ready at (http:\/\/127\.0\.0\.1:\d+) - data in (.*)$/
const TOKEN = /^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/

let folder: string
beforeAll(() => {
  folder = makePrivateFolder()
})
afterAll(() => {
  removeDataFolder(folder)
})

const central = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runProgram(join(import.meta.dirname, 'main.ts'), args, { DATABASE_URL: '', PORT: '', ...env })
const here = (...args: readonly string[]) => central([...args, '--data-folder', folder])

async function ready(program: ReturnType<typeof central>) {
  const [, url = '', place = ''] = READY.exec(await program.line(READY)) ?? []
  return { url, place }
}

/** Nothing that was started for the folder is left. */
async function nothingLeft(): Promise<void> {
  const home = realpathSync(join(folder, 'postgres'))
  await vi.waitFor(
    () => {
      expect(processesWith(folder, home)).toEqual([])
    },
    { timeout: 20_000, interval: 100 },
  )
  expect(existsSync(join(home, 'data', 'postmaster.pid'))).toBe(false)
}

// Each of these starts a program or several, so each looks at all that can be seen of it.
describe('npm run central', () => {
  it('makes the demo office in an empty centre, and refuses in one that is not', async () => {
    const made = here('demo', '--people', '2', '--contacts-per-person', '10')
    expect(await made.ended).toBe(0)
    expect(made.output.out).toMatch(/^Northfold: 2 people with \d+ records, in [\d.]+ s\n$/)
    expect(made.output.error).toBe('Preparing PostgreSQL for its first start\n')

    const again = here('demo')

    expect(await again.ended).toBe(2)
    expect(again.output.error).toMatch(/^This centre has users or records already\./)
    await nothingLeft()
  })

  it('serves, with other programs beside it, and stops with everything it started', async () => {
    const service = here('--port', '0')
    const { url, place } = await ready(service)
    const { port } = new URL(url)
    const [enrolled, unknown, second] = [
      here('enrol', '--user', 'morgan.ashby'),
      here('enrol', '--user', 'nobody'),
      here('--port', port),
    ]
    expect(await Promise.all([enrolled.ended, unknown.ended, second.ended])).toEqual([0, 2, 2])
    const token = enrolled.output.out.trim()
    const authorization = `Bearer ${token}`

    const hello = await fetch(`${url}/v1/hello`, { headers: { authorization } })
    const pulled = await fetch(`${url}/v1/pull`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ protocol: 1, report: aReport(), cursor: null, known: [], limitBytes: 4_096 }),
    })
    const notHttp = await sendRaw(Number(port), 'what is this?\r\n\r\n')
    service.child.kill('SIGINT')

    expect(place).toBe(folder)
    expect(token).toMatch(TOKEN)
    expect(unknown.output.out).toBe('')
    expect(unknown.output.error).toMatch(
      /^There is no user 'nobody'. There are:\n(.*\n)* {2}morgan\.ashby \(Morgan Ashby, officer\)\n/,
    )
    expect(second.output.error).toBe(`Port ${port} is taken. Give another with --port, or 0 for any free one.\n`)
    expect(hello.headers.get(SERVICE_HEADER)).toBe(SERVICE_NAME)
    expect(helloAnswer.parse(await hello.json())).toMatchObject({
      user: { id: 'morgan.ashby' },
      office: { isDemo: true },
    })
    expect(pullAnswer.parse(await pulled.json()).items.length).toBeGreaterThan(1)
    expect(notHttp).toContain(`${SERVICE_HEADER}: ${SERVICE_NAME}`)
    expect(notHttp).toContain('"code":"INVALID"')
    expect(await service.ended).toBe(0)
    expect(service.output).toEqual({ out: expect.stringMatching(/^.*\n$/) as string, error: '' })
    await nothingLeft()
  })

  it('goes on from a backup: no cursor of before holds any more, and new numbers are above all that were lost', async () => {
    const postgres = await openEmbeddedPostgres(folder, () => undefined)
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    const state = async () =>
      (await client.query<{ n: string; secret: string }>('SELECT n, cursor_secret AS secret FROM counter, centre'))
        .rows[0]
    const before = await state()

    const devices = here('devices')
    expect(await devices.ended).toBe(0)
    expect(devices.output.out).toMatch(/^ +user +last seen +unsent[^\n]*\n +Morgan Ashby \(morgan\.ashby\) +\d{4}-/)

    const [late, lateOfCase] = [here('late'), here('late', '--case', 'c1')]
    expect(await late.ended).toBe(0)
    expect(late.output.out).toBe('No work came too late to become a record.\n')
    expect(await lateOfCase.ended).toBe(2)
    expect(lateOfCase.output.error).toContain("Nothing came too late for the case 'c1'.")

    const [purges, restored] = [here('purges', '--confirm', 'morgan.ashby'), here('restored')]

    expect(await purges.ended).toBe(0)
    expect(purges.output.out).toBe(
      '0 purges of morgan.ashby confirmed\nNo workstation still has a case that was taken away a day ago.\n',
    )
    expect(await restored.ended).toBe(0)
    expect(restored.output.out).toMatch(/^This centre may serve again\./)
    const after = await state()
    expect(Number(after?.n)).toBe(Number(before?.n) + 1_000_000_000)
    expect(after?.secret).not.toBe(before?.secret)
    await client.end()
    await postgres.close()
    await nothingLeft()
  })

  it('leaves nothing behind when it is killed, starts again, and stops when its standard input ends', async () => {
    const killed = here('--port', '0')
    await ready(killed)
    killed.child.kill('SIGKILL')
    await nothingLeft()

    const next = here('--port', '0', '--stop-with-stdin', '--log-level', 'info', '--demo')
    const { url } = await ready(next)
    await fetch(`${url}/health`)
    next.child.stdin?.end()

    expect(await next.ended).toBe(0)
    expect(next.output.error).toMatch(/"route":"\/health","status":200/)
    await nothingLeft()
  })

  it('ends with the reason, and with everything it started, when its database is not what it expects', async () => {
    const postgres = await openEmbeddedPostgres(folder, () => undefined)
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    await client.query('DROP SCHEMA IF EXISTS drizzle CASCADE; CREATE TABLE IF NOT EXISTS centre ()')
    await client.end()
    await postgres.close()

    const service = here('--port', '0')

    expect(await service.ended).toBe(1)
    expect(service.output.error).toBe('Holdfast central cannot go on: relation "centre" already exists\n')
    await nothingLeft()
  })

  it('says what is wrong with how it was called, and that a database cannot be reached, without its password', async () => {
    const wrong = central(['--pot'])
    const outOfReach = central([], { DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/holdfast' })

    expect(await wrong.ended).toBe(2)
    expect(wrong.output).toEqual({ out: '', error: "Unknown option '--pot'. See --help.\n" })
    expect(await outOfReach.ended).toBe(1)
    expect(outOfReach.output.error).toBe('Holdfast central cannot go on: connect ECONNREFUSED 127.0.0.1:1\n')
  })
})

async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(text)
  let answer = ''
  for await (const data of socket) answer += String(data)
  return answer
}
