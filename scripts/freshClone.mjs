/**
 * Proves that a fresh clone works: clones HEAD into new folders, as this user and, as root, as an ordinary one too, and
 * does there what a newcomer does. Linux only; half an hour and more for each clone.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { badFlag, readFlags } from './flags.mjs'
import { root } from './node24.mjs'
import { parentOf } from './parents.mjs'
import { table } from './summary.mjs'

const MINUTE_MS = 60_000
const TEST_MS_MAX = 60 * MINUTE_MS
const START_MS_MAX = 20 * MINUTE_MS
const STOP_MS_MAX = MINUTE_MS
const LINES_SHOWN = 30
const READY = /^Holdfast ready at /m

const { flags } = readFlags(
  `Usage: node scripts/freshClone.mjs [--only start] [--user NAME] [--keep VARIABLE]
Clones HEAD under the folder for temporary files and under the home folder, with nothing in the environment but PATH and
HOME, and there runs npm test, npm start, kill -9 of all that it started, npm start again, and a second one beside it.

  --only start      leave out npm test
  --user NAME       as root: the ordinary user whose clones are tried as well (default: holdfast-fresh); one that is not
                    there is made for it and removed afterwards
  --keep VARIABLE   leave this one in the environment too, as NODE_EXTRA_CA_CERTS; can be given again`,
  { only: { type: 'string' }, user: { type: 'string' }, keep: { type: 'string', multiple: true } },
)
if (flags.only !== undefined && flags.only !== 'start') badFlag(`--only ${flags.only}: give start`)
const isRoot = process.getuid?.() === 0
if (flags.user !== undefined && !isRoot) badFlag('--user: only root can act as another user')

/** @typedef {{ name: string, home: string, ids: { uid?: number, gid?: number } }} User */

/** Whoever runs this, and for root an ordinary user. */
function usersToBe(ordinary) {
  const me = { name: userInfo().username, home: homedir(), ids: {} }
  return isRoot ? [me, readUser(ordinary)] : [me]
}

/** @returns {User} */
function readUser(name) {
  const line = lineOf(name) ?? ''
  const [, , uid, gid, , home = ''] = line.split(':')
  return { name, home, ids: { uid: Number(uid), gid: Number(gid) } }
}

const lineOf = name =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(line => line.startsWith(`${name}:`))

/** A new folder of this user's. The space in its name is meant. */
function newFolder({ ids, home }, where) {
  const folder = mkdtempSync(join(where === 'home' ? home : tmpdir(), 'holdfast fresh-'))
  if (ids.uid !== undefined && ids.gid !== undefined) chownSync(folder, ids.uid, ids.gid)
  return folder
}

/** Every process that this one has started, and theirs. */
function startedBy(pid) {
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(one => readParent(one) === pid)
  return children.flatMap(child => [child, ...startedBy(child)])
}

function readParent(pid) {
  try {
    return parentOf(pid)
  } catch {
    return undefined // it has just ended
  }
}

/** `kill -9` of a process and of everything that it started. */
function killAll(pid) {
  const pids = [pid, ...startedBy(pid)]
  for (const one of pids) {
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
  return pids
}

/** Starts a program as this user in this folder, in a process group as a terminal makes one. */
function start({ user, folder }, command) {
  const kept = Object.fromEntries(['PATH', ...(flags.keep ?? [])].map(name => [name, process.env[name]]))
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    ...user.ids,
    cwd: folder,
    env: { ...kept, HOME: user.home },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  const ended = new Promise(resolve => child.once('close', code => resolve(code ?? 1)))
  const printed = new Set()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text
      for (const look of printed) look()
    })
  }
  const pid = child.pid ?? 0
  const inTime = (wanted, ms) =>
    Promise.race([
      wanted,
      sleep(ms, undefined, { ref: false }).then(() => {
        throw new Error(`not within ${ms / MINUTE_MS} minutes:\n${lastLines(output)}`)
      }),
    ])
  return {
    pid,
    output: () => output,
    /** Resolves once it printed this. */
    says: (pattern, ms) =>
      inTime(
        new Promise((resolve, reject) => {
          const look = () => pattern.test(output) && resolve(undefined)
          printed.add(look)
          look()
          void ended.then(code => reject(new Error(`it ended with ${code}:\n${lastLines(output)}`)))
        }),
        ms,
      ),
    /** Fails when it ends with another code. */
    endsWith: async (expected, ms) => {
      const code = await inTime(ended, ms)
      if (code !== expected) throw new Error(`it ended with ${code}, not ${expected}:\n${lastLines(output)}`)
    },
    interrupt: () => process.kill(-pid, 'SIGINT'),
  }
}

const lastLines = output => output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n')

/** What a newcomer does, in order; each step needs the one before. */
function stepsOf(clone, bundle) {
  const data = join(clone.folder, 'data of the officer')
  const startHeadless = () => start(clone, ['npm', 'start', '--', '--headless', '--user-data-dir', data])
  let running
  return {
    'git clone': () =>
      start({ ...clone, folder: tmpdir() }, ['git', 'clone', bundle, clone.folder]).endsWith(0, START_MS_MAX),
    ...(flags.only === 'start' ? {} : { 'npm test': () => start(clone, ['npm', 'test']).endsWith(0, TEST_MS_MAX) }),
    'npm start': async () => {
      running = startHeadless()
      await running.says(READY, START_MS_MAX)
    },
    'kill -9 of all': async () => {
      const killed = killAll(running.pid)
      await gone(killed)
    },
    'npm start again': async () => {
      running = startHeadless()
      await running.says(READY, START_MS_MAX)
    },
    'a second one beside it': async () => {
      const second = startHeadless()
      await second.endsWith(2, START_MS_MAX)
      const names = /is already running with the data in .* It is process (\d+)/.exec(second.output())
      if (!startedBy(running.pid).includes(Number(names?.[1])))
        throw new Error(`it names no first:\n${second.output()}`)
    },
    'Ctrl-C': async () => {
      const all = startedBy(running.pid)
      running.interrupt()
      await gone(all)
    },
  }
}

/** Resolves once none of these processes is there. */
async function gone(pids) {
  const deadline = Date.now() + STOP_MS_MAX
  while (pids.some(isThere)) {
    if (Date.now() > deadline) throw new Error(`still there: ${pids.filter(isThere).join(', ')}`)
    await sleep(100)
  }
}

/** A process that only waits to be collected is gone. */
function isThere(pid) {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

let isStopped = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    isStopped = true
    for (const pid of startedBy(process.pid)) killAll(pid)
  })
}

/** Every step until one fails; a row of the table for each. */
async function tryClone(user, where, bundle) {
  const clone = { user, folder: newFolder(user, where) }
  const rows = []
  try {
    for (const [step, take] of Object.entries(stepsOf(clone, bundle))) {
      const startedAt = Date.now()
      const problem = await take().then(
        () => undefined,
        error => error,
      )
      const seconds = Math.round((Date.now() - startedAt) / 1000)
      const row = [clone.folder, user.name, step, problem ? 'FAILED' : 'ok', `${seconds} s`]
      console.log(row.join('  '))
      rows.push(row)
      if (problem) console.log(problem.message)
      if (problem || isStopped) break
    }
  } finally {
    for (const pid of startedBy(process.pid)) killAll(pid)
    removeClone(clone.folder)
  }
  return rows
}

/** With the PostgreSQL of root, which is elsewhere. */
function removeClone(folder) {
  const postgres = join(folder, 'data of the officer', 'central', 'postgres')
  if (existsSync(postgres)) rmSync(realpathSync(postgres), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
}

/** HEAD in one file that every user may read. */
function makeBundle(folder) {
  const bundle = join(folder, 'head.bundle')
  execFileSync('git', ['bundle', 'create', '--quiet', bundle, 'HEAD'], { cwd: root })
  chmodSync(folder, 0o755)
  chmodSync(bundle, 0o644)
  return bundle
}

const ordinary = flags.user ?? 'holdfast-fresh'
const isMade = isRoot && lineOf(ordinary) === undefined
const aside = mkdtempSync(join(tmpdir(), 'holdfast-bundle-'))
try {
  if (isMade) execFileSync('useradd', ['-m', ordinary])
  const bundle = makeBundle(aside)
  const rows = []
  for (const user of usersToBe(ordinary)) {
    for (const where of ['temporary', 'home']) if (!isStopped) rows.push(...(await tryClone(user, where, bundle)))
  }
  console.log(`\n${table([['clone', 'user', 'step', 'result', 'time'], ...rows])}`)
  if (isStopped || rows.some(([, , , result]) => result !== 'ok')) process.exitCode = 1
} finally {
  rmSync(aside, { recursive: true, force: true })
  if (isMade) execFileSync('userdel', ['-r', ordinary], { stdio: 'ignore' })
}
