/** Whether the window can be Electron's, fetching its program where that is missing. Imports no package. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exitCodeOf, node24In, root, run } from './node24.mjs'

const FETCH_MS_MAX = 120_000
const ANSWER_MS_MAX = 20_000
const FAILURE_MS_MAX = 24 * 60 * 60_000

/** Whether a window could be seen here. An empty variable names no display. */
export const hasDisplay = (env = process.env) =>
  process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

/**
 * The program of Electron, or why it cannot show the window here. What was found is kept, a failure for a day, so that
 * later starts wait for nothing. `HOLDFAST_WINDOW=chromium` leaves Electron alone, `HOLDFAST_WINDOW=electron` looks anew.
 *
 * @param {{ mayFetch?: boolean, clone?: string, env?: Record<string, string | undefined>, isRoot?: boolean }} [machine]
 * @returns {Promise<{ path?: string, why: string }>}
 * @throws when `HOLDFAST_WINDOW` is something else
 */
export async function findElectron({
  mayFetch = false,
  clone = root,
  env = process.env,
  isRoot = process.getuid?.() === 0,
} = {}) {
  const wanted = env.HOLDFAST_WINDOW ?? ''
  if (!['', 'chromium', 'electron'].includes(wanted))
    throw new Error(`HOLDFAST_WINDOW=${wanted}: give chromium or electron, or leave it out.`)
  if (wanted === 'chromium') return { why: 'Electron is not wanted (HOLDFAST_WINDOW=chromium)' }
  if (isRoot) return { why: 'Electron does not run as root' }
  if (!hasDisplay(env)) return { why: 'Electron needs a display' }
  const known = wanted === 'electron' ? undefined : readNote(clone)
  if (known) return known
  if (!programPath(clone) && !mayFetch) return { why: 'Electron’s program is not here' }
  const found = await tryElectron(clone, env)
  writeNote(clone, found)
  return found
}

async function tryElectron(clone, env) {
  if (!programPath(clone)) {
    console.error('Fetching Electron...')
    await runBriefly(node24In(clone), [join(folderIn(clone), 'install.js')], { env, timeoutMs: FETCH_MS_MAX })
  }
  const path = programPath(clone)
  if (!path) return { why: `Electron could not be fetched; ${again}` }
  const { code, output } = await runBriefly(path, ['--version'], { env, timeoutMs: ANSWER_MS_MAX })
  if (code === 0) return { path, why: '' }
  return { why: `Electron does not run here (code ${code}: ${output.trim().split('\n')[0]}); ${again}` }
}

const again = 'it is tried again tomorrow, or now with HOLDFAST_WINDOW=electron'

async function runBriefly(program, args, options) {
  const ended = await run(program, args, { ...options, keepOutput: true })
  if (ended.stoppedBy !== undefined) process.exit(exitCodeOf(ended.stoppedBy))
  return ended
}

/** The program that is there already. */
export function programPath(clone = root) {
  const pointer = join(folderIn(clone), 'path.txt')
  if (!existsSync(pointer)) return undefined
  const path = join(folderIn(clone), 'dist', readFileSync(pointer, 'utf8'))
  return existsSync(path) ? path : undefined
}

const folderIn = clone => join(clone, 'node_modules', 'electron')
const noteFile = clone => join(clone, 'build', 'electron.json')

/** What was found the last time, while it still holds. */
function readNote(clone) {
  if (!existsSync(noteFile(clone))) return undefined
  const { of, at, found } = JSON.parse(readFileSync(noteFile(clone), 'utf8'))
  const holds = of === whatIsThere(clone) && (found.path !== undefined || Date.now() - at < FAILURE_MS_MAX)
  return holds ? found : undefined
}

function writeNote(clone, found) {
  mkdirSync(dirname(noteFile(clone)), { recursive: true })
  writeFileSync(noteFile(clone), JSON.stringify({ of: whatIsThere(clone), at: Date.now(), found }))
}

/** Another version, or a program where there was none, is looked at anew. */
function whatIsThere(clone) {
  const { version } = JSON.parse(readFileSync(join(folderIn(clone), 'package.json'), 'utf8'))
  return `${version} ${programPath(clone) ?? ''}`
}
