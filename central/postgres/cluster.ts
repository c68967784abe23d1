import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findPrograms, isRoot, moveIntoPlace, type Program, type Programs, ROOT_HOME } from './programs.ts'

/** The user of the database that Holdfast signs in as. */
export const DATABASE_USER = 'holdfast'

/** One PostgreSQL of ours: its programs and its folder, which holds `data`, `password`, `port` and `log`. */
export interface Cluster {
  readonly programs: Programs
  readonly home: string
  readonly password: string
}

/** Finds the cluster of a data folder, and makes it when the folder has none yet. */
export async function prepareCluster(dataFolder: string, say: (line: string) => void): Promise<Cluster> {
  const programs = findPrograms()
  const home = clusterHome(dataFolder)
  const cluster = { programs, home, password: keptPassword(home) }
  if (!existsSync(join(home, 'data'))) {
    say('Preparing PostgreSQL for its first start')
    await initialise(cluster)
  }
  return cluster
}

/** `postgres` in the data folder; as root a link to a folder that the user PostgreSQL runs as can enter. */
function clusterHome(dataFolder: string): string {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const home = join(dataFolder, 'postgres')
  if (!lstatSync(home, { throwIfNoEntry: false })) makeHome(home)
  if (!existsSync(home)) throw new Error(`${home} is a link to a folder that is gone. Remove the link to start afresh.`)
  return realpathSync(home)
}

function makeHome(home: string): void {
  if (isRoot()) linkToOwnFolder(home)
  else mkdirSync(home, { recursive: true, mode: 0o700 })
}

function linkToOwnFolder(home: string): void {
  removeForgotten()
  const folder = join(ROOT_HOME, `data-${randomBytes(8).toString('hex')}`)
  const { uid, gid } = userForPostgres()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, OWNER_FILE), dirname(home), { mode: 0o600 })
  chownSync(folder, uid, gid)
  try {
    symlinkSync(folder, home)
  } catch (error) {
    rmSync(folder, { recursive: true })
    if (!existsSync(home)) throw error // otherwise another process was first, and its folder is used
  }
}

/** In a cluster's folder: the data folder that it belongs to. */
const OWNER_FILE = 'data-folder'

/** Whoever removes a temporary data folder cannot know that its database is elsewhere. Others may come back, as on a disk. */
function removeForgotten(): void {
  for (const name of readdirSync(ROOT_HOME)) {
    const folder = join(ROOT_HOME, name)
    try {
      if (isForgotten(folder)) rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another process removes it at the same time.
    }
  }
}

function isForgotten(folder: string): boolean {
  const path = join(folder, OWNER_FILE)
  const owner = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const isRunning = existsSync(join(folder, 'data', 'postmaster.pid'))
  return owner.startsWith(join(tmpdir(), '/')) && !existsSync(owner) && !isRunning
}

function userForPostgres(): { readonly uid: number; readonly gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  const user = users.find(line => line.startsWith('postgres:')) ?? users.find(line => line.startsWith('nobody:'))
  if (!user)
    throw new Error('PostgreSQL cannot run as root, and there is no user postgres or nobody. Set DATABASE_URL.')
  const [, , uid, gid] = user.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** The password of this cluster; made at first. A link is made or not made as a whole, so two processes agree on one. */
function keptPassword(home: string): string {
  const path = join(home, 'password')
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600 })
    const { uid, gid } = statSync(home)
    if (isRoot()) chownSync(draft, uid, gid)
    try {
      linkSync(draft, path)
    } catch (error) {
      if (!existsSync(path)) throw error
    }
    rmSync(draft)
  }
  return readFileSync(path, 'utf8')
}

async function initialise(cluster: Cluster): Promise<void> {
  const unfinished = join(cluster.home, `data.${process.pid}`)
  rmSync(unfinished, { recursive: true, force: true })
  await runProgram(cluster, 'initdb', [
    `--pgdata=${unfinished}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${join(cluster.home, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
    '--set=listen_addresses=127.0.0.1',
    '--set=unix_socket_directories=',
    '--set=random_page_cost=1.1', // no disk has a head to move any more
    // A statement or a key in PostgreSQL's log would be case data in a plain file.
    '--set=log_min_error_statement=panic',
    '--set=log_error_verbosity=terse',
  ])
  moveIntoPlace(unfinished, join(cluster.home, 'data'))
}

/**
 * Starts PostgreSQL and waits until it answers.
 *
 * @throws when it does not start: because another process was faster, or for a reason that its log tells.
 */
export async function startCluster(cluster: Cluster): Promise<void> {
  forgetDeadServer(cluster)
  const port = await choosePort(cluster)
  const log = join(cluster.home, 'log')
  await runProgram(cluster, 'pg_ctl', [
    'start',
    '-w',
    '-s',
    '-D',
    join(cluster.home, 'data'),
    '-l',
    log,
    '-o',
    `-p ${port}`,
  ])
  writeFileSync(portFilePath(cluster), String(port), { mode: 0o600 })
}

export async function stopCluster(cluster: Cluster): Promise<void> {
  await runProgram(cluster, 'pg_ctl', ['stop', '-w', '-s', '-m', 'fast', '-D', join(cluster.home, 'data')])
}

/** The port in the file that a running server keeps, or undefined when there is no such file. It may be of a server that died. */
export function portInUse(cluster: Cluster): number | undefined {
  const [, , , port] = serverFile(cluster)
  return port ? Number(port) : undefined
}

const serverFilePath = (cluster: Cluster): string => join(cluster.home, 'data', 'postmaster.pid')

const serverFile = (cluster: Cluster): readonly string[] =>
  existsSync(serverFilePath(cluster)) ? readFileSync(serverFilePath(cluster), 'utf8').split('\n') : []

/**
 * After everything was killed and the machine or container started again, the number in the file may be that of some other
 * process, and PostgreSQL would refuse to start for ever.
 */
function forgetDeadServer(cluster: Cluster): void {
  const [pid] = serverFile(cluster)
  const name = `/proc/${pid}/comm`
  if (pid && existsSync(name) && readFileSync(name, 'utf8').trim() !== 'postgres') rmSync(serverFilePath(cluster))
}

/** The port of last time where it is free, so that the address stays; else any free one. */
async function choosePort(cluster: Cluster): Promise<number> {
  const path = portFilePath(cluster)
  const last = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
  return (await freePort(last)) ?? (await freePort(0)) ?? 0
}

const portFilePath = (cluster: Cluster): string => join(cluster.home, 'port')

/** @param wanted 0 for any. @returns undefined when that port is taken. */
function freePort(wanted: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => {
      resolve(undefined)
    })
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' ? address?.port : undefined)
      })
    })
  })
}

/** Runs a program as the owner of the cluster's folder, with nothing of our own environment that could turn its settings. */
export async function runProgram(
  { programs, home }: Pick<Cluster, 'programs' | 'home'>,
  program: Program,
  options: readonly string[],
): Promise<void> {
  const { uid, gid } = statSync(home)
  const child = spawn(programs[program], options, {
    cwd: home,
    windowsHide: true,
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, TEMP: process.env.TEMP, LC_ALL: 'C' },
    // The server that pg_ctl starts would hold a pipe open for as long as it runs; it has its own log.
    stdio: ['ignore', 'ignore', program === 'initdb' ? 'pipe' : 'ignore'],
    ...(isRoot() ? { uid, gid } : {}),
  })
  const [code, complaint] = await Promise.all([
    once(child, 'exit').then(([status]: readonly (number | null)[]) => status),
    child.stderr ? text(child.stderr) : '',
  ])
  if (code !== 0) throw new Error(`${program} failed: ${complaint.trim() || `see ${join(home, 'log')}`}`)
}
