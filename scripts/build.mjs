/** Builds main, preload and window into build/app when their sources have changed since the last build. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readFlags } from './flags.mjs'
import { root, runOnNode24 } from './node24.mjs'
import { setUp } from './setup.mjs'
import { withLock } from './setupLock.mjs'

/** What the build is made from. */
const sources = ['electron', 'renderer', 'shared', 'db', 'demo', 'electron.vite.config.ts', 'package-lock.json']
const stamp = join(root, 'build', 'app', '.made-from')

const lockFile = join(root, 'build', 'build.lock')

/** One build at a time. Ends the process with 1 and shows why when it cannot be built. */
export async function buildIfStale() {
  if (isBuilt(hashOfSources())) return
  const { code, output } = await withLock(lockFile, buildOnce, {
    onWait: pid =>
      console.error(`Another build of this clone is running (process ${pid ?? 'unknown'}); waiting for it.`),
  })
  if (code === 0) return
  console.error(output)
  process.exit(1)
}

/** The stamp is gone while building: a build that fails or is killed leaves a folder that nobody takes for whole. */
async function buildOnce(lock) {
  const made = hashOfSources()
  if (isBuilt(made)) return { code: 0, output: '' }
  console.error('Building the application...')
  rmSync(stamp, { force: true })
  const ended = await runOnNode24(
    [join('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--config', 'electron.vite.config.ts'],
    { keepOutput: true, onStart: lock.addProcess },
  )
  if (ended.code === 0) {
    mkdirSync(dirname(stamp), { recursive: true })
    writeFileSync(stamp, made)
  }
  return ended
}

const isBuilt = made => readText(stamp) === made

function hashOfSources() {
  const hash = createHash('sha256')
  for (const path of sources.flatMap(filesIn)) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

/** Every file of a folder, or the file itself; tests are no part of the product. */
function filesIn(path) {
  try {
    return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name).slice(root.length))
      .sort()
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [path]
    throw error
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.filename === process.argv[1]) {
  readFlags('Usage: node scripts/build.mjs\nBuilds the application into build/app if its sources have changed.', {})
  await setUp()
  await buildIfStale()
}
