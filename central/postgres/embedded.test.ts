import { once } from 'node:events'
import { existsSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  isAlive,
  makePrivateFolder,
  processesWith,
  type Program,
  removeDataFolder,
  runProgram,
} from '../../tests/support/centre/programs.ts'
import { prepareCluster, runProgram as runPostgres, startCluster } from './cluster.ts'
import { openEmbeddedPostgres } from './embedded.ts'

const holder = fileURLToPath(new URL('../../tests/support/centre/holdPostgres.ts', import.meta.url))
const PATIENCE = { timeout: 20_000, interval: 50 }

let folder: string
beforeAll(() => {
  folder = makePrivateFolder()
})
afterAll(() => {
  removeDataFolder(folder)
})

const hold = (): Program => runProgram(holder, [folder])
const home = () => realpathSync(join(folder, 'postgres'))
const serverFile = () => join(home(), 'data', 'postmaster.pid')
const serverPid = () => Number(readFileSync(serverFile(), 'utf8').split('\n')[0])

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(question)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

async function gone(pid: number): Promise<void> {
  await vi.waitFor(() => {
    expect(isAlive(pid)).toBe(false)
  }, PATIENCE)
}

/** Kills everything that has to do with the folder, at once. */
function killAll(): void {
  for (const pid of processesWith(folder, home())) process.kill(pid, 'SIGKILL')
}

describe('the embedded PostgreSQL', () => {
  it('starts once for several that come at the same time to a new folder, and stops after the last of them', async () => {
    const said: string[] = []
    const opened = await Promise.all([1, 2, 3].map(() => openEmbeddedPostgres(folder, line => said.push(line))))
    const [first, second, third] = opened
    const pid = serverPid()

    expect(new Set(opened.map(one => one.url)).size).toBe(1)
    await Promise.all([first?.close(), third?.close()])
    expect(await ask(second?.url ?? '', 'SELECT 1')).toBe(1)
    await second?.close()

    await gone(pid)
    expect(existsSync(serverFile())).toBe(false)
    expect(said.every(line => line === 'Preparing PostgreSQL for its first start')).toBe(true)
  })

  it('keeps its data, its address and its password, and writes through to the disk', async () => {
    const before = await openEmbeddedPostgres(folder, () => undefined)
    await ask(before.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await before.close()

    const after = await openEmbeddedPostgres(folder, () => undefined)

    expect(after.url).toBe(before.url)
    expect(await ask(after.url, 'SELECT answer FROM kept')).toBe(42)
    expect(await ask(after.url, 'SHOW fsync')).toBe('on')
    await ask(after.url, 'DROP TABLE kept')
    await after.close()
  })

  it('listens on this machine only, to whom has the password', async () => {
    const postgres = await openEmbeddedPostgres(folder, () => undefined)
    const wrong = new URL(postgres.url)
    wrong.password = 'wrong'

    expect(await ask(postgres.url, 'SHOW listen_addresses')).toBe('127.0.0.1')
    expect(await ask(postgres.url, 'SHOW unix_socket_directories')).toBe('')
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    await postgres.close()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(home(), 'password')).mode & 0o777).toBe(0o600)
    expect(statSync(home()).mode & 0o777).toBe(0o700)
    expect(statSync(join(home(), 'data')).uid).not.toBe(0)
  })

  it('stops when its only user is killed', async () => {
    const owner = hold()
    await owner.line(/^postgresql:/)
    const pid = serverPid()

    process.kill(owner.pid, 'SIGKILL')

    await gone(pid)
    expect(existsSync(serverFile())).toBe(false)
  })

  it('stops when its keeper is asked to end, and tells its user', async () => {
    const postgres = await openEmbeddedPostgres(folder, () => undefined)
    const pid = serverPid()

    for (const keeper of processesWith(`keeper.ts ${folder}`)) process.kill(keeper, 'SIGTERM')

    await postgres.lost
    await gone(pid)
  })

  it('stays for the others when the one that started it is killed', async () => {
    const starter = hold()
    await starter.line(/^postgresql:/)
    const other = hold()
    const url = await other.line(/^postgresql:/)
    const pid = serverPid()

    process.kill(starter.pid, 'SIGKILL')
    await vi.waitFor(() => {
      expect(processesWith(`keeper.ts ${folder}`)).toHaveLength(1)
    }, PATIENCE)

    expect(await ask(url, 'SELECT 1')).toBe(1)
    other.child.stdin?.end()
    expect(await other.ended).toBe(0)
    await gone(pid)
  })

  it('starts after everything was killed, with what was committed', async () => {
    const owner = hold()
    const url = await owner.line(/^postgresql:/)
    await ask(url, 'CREATE TABLE committed AS SELECT 42 AS answer')
    killAll()
    await owner.ended
    expect(existsSync(serverFile())).toBe(true)

    const next = await openEmbeddedPostgres(folder, () => undefined)

    expect(await ask(next.url, 'SELECT answer FROM committed')).toBe(42)
    await ask(next.url, 'DROP TABLE committed')
    await next.close()
  })

  it('starts after everything was killed and its number went to another process', async () => {
    const owner = hold()
    await owner.line(/^postgresql:/)
    const pid = serverPid()
    killAll()
    await gone(pid)
    writeFileSync(serverFile(), readFileSync(serverFile(), 'utf8').replace(String(pid), String(process.pid)))

    const next = await openEmbeddedPostgres(folder, () => undefined)

    expect(await ask(next.url, 'SELECT 1')).toBe(1)
    await next.close()
  })

  it('that was left behind is used by the next, which stops it', async () => {
    const owner = hold()
    const url = await owner.line(/^postgresql:/)
    const pid = serverPid()
    for (const keeper of processesWith(`keeper.ts ${folder}`)) process.kill(keeper, 'SIGKILL')
    process.kill(owner.pid, 'SIGKILL')
    await owner.ended

    const next = await openEmbeddedPostgres(folder, () => undefined)

    expect(next.url).toBe(url)
    expect(serverPid()).toBe(pid)
    await next.close()
    await gone(pid)
  })

  it('comes back at the same address when it alone is killed', async () => {
    const postgres = await openEmbeddedPostgres(folder, () => undefined)
    const pid = serverPid()

    process.kill(pid, 'SIGKILL')

    await vi.waitFor(async () => {
      expect(serverPid()).not.toBe(pid)
      expect(await ask(postgres.url, 'SELECT 1')).toBe(1)
    }, PATIENCE)
    await postgres.close()
    expect(existsSync(serverFile())).toBe(false)
  })

  it('that finds its port taken when it comes back ends, and its user learns why', async () => {
    const postgres = await openEmbeddedPostgres(folder, () => undefined)
    const { port } = new URL(postgres.url)
    const [keeper = 0] = processesWith(`keeper.ts ${folder}`)
    process.kill(keeper, 'SIGSTOP') // so that the port is ours before it looks
    const pid = serverPid()
    process.kill(pid, 'SIGKILL')
    await gone(pid)
    const taker = createServer()
    await vi.waitFor(async () => {
      taker.listen(Number(port), '127.0.0.1')
      await once(taker, 'listening')
    }, PATIENCE)
    onTestFinished(() => {
      taker.close()
    })
    process.kill(keeper, 'SIGCONT')

    expect(await postgres.lost).toBe(`Another program has taken PostgreSQL's port ${port}. Start again.`)

    expect(processesWith(`keeper.ts ${folder}`)).toEqual([])
    expect(existsSync(serverFile())).toBe(false)
  })

  it('keeps its address when another process tried to start it in vain', async () => {
    const postgres = await openEmbeddedPostgres(folder, () => undefined)
    const { port } = new URL(postgres.url)

    await expect(startCluster(await prepareCluster(folder, () => undefined))).rejects.toThrow('pg_ctl failed')

    expect(readFileSync(join(home(), 'port'), 'utf8')).toBe(port)
    await postgres.close()
  })

  it('of a temporary folder goes with it, though as root it is elsewhere', async () => {
    const [forgotten, next] = [makePrivateFolder(), makePrivateFolder()]
    onTestFinished(() => {
      removeDataFolder(next)
    })
    for (const one of [folder, forgotten]) await (await openEmbeddedPostgres(one, () => undefined)).close()
    const itsHome = realpathSync(join(forgotten, 'postgres'))
    rmSync(forgotten, { recursive: true })

    await (await openEmbeddedPostgres(next, () => undefined)).close()

    expect(existsSync(itsHome)).toBe(false)
    expect(existsSync(home())).toBe(true)
  })

  it('says which of its programs cannot be run', async () => {
    const programs = { initdb: '/nowhere/initdb', pg_ctl: '/nowhere/pg_ctl' }

    for (const program of ['initdb', 'pg_ctl'] as const) {
      await expect(runPostgres({ programs, home: home() }, program, [])).rejects.toThrow(
        `spawn /nowhere/${program} ENOENT`,
      )
    }
  })

  it('says why when it cannot be started', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')

    await expect(openEmbeddedPostgres(join(file, 'below'), () => undefined)).rejects.toThrow('ENOTDIR')
  })
})
