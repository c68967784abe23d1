/** Where Chromium is, and how to get it. Imports no package: it runs before there are any. */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { node24In, root } from './node24.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const knownPlaces = {
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
}

/**
 * The program of Chromium: `CHROMIUM_PATH`, else the system's, else the one that set-up fetched; `undefined` if none.
 *
 * @param {{ env?: Record<string, string | undefined>, clone?: string, places?: readonly string[] }} [where]
 * @returns {string | undefined}
 * @throws when `CHROMIUM_PATH` names a file that is not there
 */
export function chromiumPath({ env = process.env, clone = root, places = knownPlaces[process.platform] ?? [] } = {}) {
  const chosen = env.CHROMIUM_PATH
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, and there is no such file.`)
    return chosen
  }
  return findOnPath(names, env) ?? places.find(isProgram) ?? readFetched(clone)
}

/** @returns {string | undefined} */
function findOnPath(programs, env) {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean)
  return programs.flatMap(name => folders.map(folder => join(folder, name))).find(isProgram)
}

/**
 * The program that draws the windows of the tests: Debian's Chromium without a window where it is there, because it takes
 * two thirds of the time, else `chromiumPath`. `CHROMIUM_PATH` holds here as well.
 *
 * @param {{ env?: Record<string, string | undefined>, clone?: string, places?: readonly string[] }} [where]
 * @returns {string | undefined}
 */
export const headlessPath = (where = {}) =>
  ((where.env ?? process.env).CHROMIUM_PATH ? undefined : headlessShell(where.env)) ?? chromiumPath(where)

/** Whether set-up should try to get Debian's Chromium without a window; it tries once in a clone. */
export const isHeadlessShellLeft = () => isDebianRoot() && !headlessShell() && !existsSync(triedFile())

/** Gets Debian's Chromium without a window, where this Debian has it. */
export async function installHeadlessShell(runQuietly) {
  const isInstalled = await aptInstall(runQuietly, 'chromium-headless-shell')
  if (!isInstalled || !headlessShell()) writeFileSync(triedFile(), '')
}

const headlessShell = (env = process.env) => findOnPath(['chromium-headless-shell'], env)
const triedFile = () => join(root, 'build', 'no-headless-shell')

/** @typedef {(program: string, args: readonly string[]) => Promise<{ code: number, output: string }>} RunQuietly */

/**
 * Gets Chromium: Debian's package as root, else Playwright's, which must run here.
 *
 * @param {RunQuietly} runQuietly
 * @throws when neither works; the message says what to install
 */
export async function installChromium(runQuietly, clone = root) {
  if (isDebianRoot() && (await aptInstall(runQuietly, 'chromium')) && chromiumPath() !== undefined) return
  const fetched = playwrightChromium(clone)
  if (!existsSync(fetched)) {
    await runQuietly(node24In(clone), [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium'])
  }
  if (!existsSync(fetched)) throw new Error(`Chromium is missing and could not be fetched. ${remedy()}`)
  const { code, output } = await runQuietly(fetched, ['--version'])
  if (code !== 0) {
    throw new Error(`Chromium was fetched but does not run here: ${output.trim().split('\n')[0]}\n${remedy()}`)
  }
  writeFileSync(fetchedFile(clone), fetched)
}

const remedy = () =>
  `Install ${existsSync('/etc/debian_version') ? 'the package chromium (sudo apt-get install chromium)' : 'Chromium or Google Chrome'}, or set CHROMIUM_PATH to its program, and run this again.`

const isDebianRoot = () => existsSync('/etc/debian_version') && process.getuid?.() === 0

/** Whether the package is there now. */
async function aptInstall(runQuietly, name) {
  const wait = ['-o', 'DPkg::Lock::Timeout=120']
  const updated = await runQuietly('apt-get', [...wait, 'update'])
  if (updated.code !== 0) return false
  const installed = await runQuietly('apt-get', [...wait, 'install', '-y', '--no-install-recommends', name])
  return installed.code === 0
}

/** Where Playwright keeps (or would keep) its Chromium. */
const playwrightChromium = clone =>
  execFileSync(node24In(clone), ['-p', "require('@playwright/test').chromium.executablePath()"], {
    cwd: clone,
    encoding: 'utf8',
  }).trim()

/** Set-up notes the place of the fetched one here, because asking Playwright costs a third of a second. */
const fetchedFile = clone => join(clone, 'build', 'chromium-path')

/** @returns {string | undefined} */
function readFetched(clone) {
  if (!existsSync(fetchedFile(clone))) return undefined
  const program = readFileSync(fetchedFile(clone), 'utf8')
  return existsSync(program) ? program : undefined
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
