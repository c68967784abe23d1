/**
 * The second half of `npm start`, on Node 24: the central service, its demo office, and the application. Everything it
 * starts goes with it, however it ends: the children stop when the pipe from here ends.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { lockInstance } from '../electron/platform/instanceLock.ts'
import { checkFlags } from './launchFlags.mjs'
import { root } from './node24.mjs'
import { whenOrphaned } from './parents.mjs'

/**
 * `window` names the program of Electron or else of Chromium; neither: no window.
 *
 * @type {{ flags: Record<string, string | boolean | undefined>, window: { electron?: string, chromium?: string } }}
 */
const { flags, window } = JSON.parse(process.argv[2] ?? '')
const folder = resolve(checkFlags(flags).folder)
const centralFolder = join(folder, 'central')
const demoUser = 'morgan.ashby'
const isOwnCentral = flags.central === undefined

/** @type {import('node:child_process').ChildProcess[]} */
const children = []
let isStopping = false

const lock = takeLock()

process.on('SIGINT', () => void stop(130))
process.on('SIGTERM', () => void stop(143))
process.on('SIGHUP', () => void stop(129))
whenOrphaned(() => void stop(1))

const central = isOwnCentral ? await startCentral() : String(flags.central)
const application = startApplication(central, await enrolment(central))
application.once('exit', code => void stop(code ?? 1))

/** Holds the data folder, or names who does and ends with 2. */
function takeLock() {
  const taken = lockInstance(join(folder, 'launcher'))
  if (!('heldBy' in taken)) return taken
  const { heldBy } = taken
  const where = heldBy ? ` It is process ${heldBy.pid}, at ${heldBy.address}, since ${heldBy.since}.` : ''
  console.error(
    `Holdfast is already running with the data in ${folder}.${where} Close it first, or choose another folder with --user-data-dir.`,
  )
  process.exit(2)
}

/** Starts the service on its own database and makes the demo office where there is none. */
async function startCentral() {
  console.error('Starting the central service...')
  const service = startChild(process.execPath, [
    'central/main.ts',
    '--data-folder',
    centralFolder,
    '--port',
    '0',
    '--stop-with-stdin',
    '--demo',
    '--people',
    String(flags.people ?? 40),
    '--seed',
    String(flags.seed ?? 1),
  ])
  service.once('exit', code => {
    if (!isStopping) void fail(`The central service stopped (code ${code}). Its messages are above.`)
  })
  return lineMatching(service, /ready at (\S+)/)
}

/** Flags that say who signs in. The demo officer is enrolled with our own service at the first start. */
async function enrolment(url) {
  const user = typeof flags.user === 'string' ? flags.user : undefined
  if (typeof flags.enrol === 'string') return ['--enrol', flags.enrol, '--central', url]
  if (!isOwnCentral) return [...(user ? ['--user', user] : []), '--central', url]
  const wanted = user ?? demoUser
  if (existsSync(join(folder, 'officers', wanted, 'enrolment.json'))) return ['--user', wanted, '--central', url]
  const token = await askCentral(['enrol', '--user', wanted])
  return ['--enrol', token.trim(), '--central', url]
}

/** What the service's program prints; it shows problems and progress itself. */
async function askCentral(command) {
  const child = startChild(process.execPath, ['central/main.ts', ...command, '--data-folder', centralFolder])
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', text => (output += text))
  const [code] = await once(child, 'close')
  return code === 0 || isStopping ? output : fail('The central service could not do this; see above.')
}

function startApplication(url, whoSignsIn) {
  console.error('Starting Holdfast...')
  const { program, args: itsArgs, env } = host()
  const args = [
    ...itsArgs,
    '--user-data-dir',
    folder,
    ...whoSignsIn,
    '--stop-with-stdin',
    ...(flags['no-demo'] === true ? ['--no-demo'] : []),
    ...(flags.people === undefined ? [] : ['--people', String(flags.people)]),
    ...(flags.seed === undefined ? [] : ['--seed', String(flags.seed)]),
  ]
  const child = startChild(program, args, env)
  void lineMatching(child, /ready at (\S+)/).then(address => lock.announce(address))
  child.stdout?.pipe(process.stdout)
  return child
}

/** Electron, or the browser shell with a Chromium window or none. */
function host() {
  if (window.electron) return { program: window.electron, args: ['.'], env: {} }
  return {
    program: process.execPath,
    args: ['--import', './tests/browser-shell/register.ts', 'build/app/main/main.js'],
    env: { HOLDFAST_SHELL_PORT: String(flags.port ?? 0), HOLDFAST_SHELL_BROWSER: window.chromium ?? '' },
  }
}

function startChild(program, args, env = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin?.on('error', () => undefined)
  children.push(child)
  return child
}

/** The first group of the first line of its output that fits; never, if it ends before. */
function lineMatching(child, pattern) {
  return new Promise(found => {
    createInterface({ input: child.stdout }).on('line', line => {
      const match = pattern.exec(line)
      if (match) found(match[1])
    })
  })
}

/** Says why, stops everything, and never returns. */
function fail(message) {
  console.error(message)
  void stop(1)
  return new Promise(() => undefined)
}

/** Asks every child to stop, the application first, and ends when all have. */
async function stop(code) {
  if (isStopping) return
  isStopping = true
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  lock.release()
  process.exit(code)
}
