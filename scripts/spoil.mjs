/** `npm run check -- --spoil`: breaks every wall once, each in its own copy of the clone, and sees whether it is noticed. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { exitCodeOf, plainEnvironment, root, runOnNode24 } from './node24.mjs'
import { table } from './summary.mjs'
import { walls } from './walls.mjs'

/**
 * Spoils a copy for each wall, two at a time, and ends with a table.
 *
 * @param {string | undefined} only the name of one wall
 * @returns {Promise<0 | 1>} the exit code
 */
export async function spoil(only) {
  const files = trackedFiles()
  const folder = temporaryFolder()
  const model = join(folder, 'model')
  for (const file of files) {
    mkdirSync(dirname(join(model, file)), { recursive: true })
    copyFileSync(join(root, file), join(model, file))
  }
  const waiting = [...walls.filter(wall => only === undefined || wall.name === only).entries()]
  const results = []
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, wall] = next
      results[index] = await breakOnce(wall, { model, files, copy: join(folder, String(index)) })
      console.log(`${results[index].problem === undefined ? 'caught    ' : 'NOT CAUGHT'} ${wall.name}`)
    }
  }
  await Promise.all([work(), work()])
  const rows = results.map(({ wall, problem }) => [
    wall.name,
    wall.rule,
    problem === undefined ? 'caught' : 'NOT CAUGHT',
  ])
  console.log(`\n${table([['wall', 'rule', ''], ...rows])}`)
  const missed = results.filter(({ problem }) => problem !== undefined)
  for (const { wall, problem } of missed) console.log(`\n${wall.name}: ${problem}`)
  console.log(`\n${results.length - missed.length} of ${results.length} breaches were caught.`)
  return missed.length === 0 ? 0 : 1
}

/** Breaks one wall. A breach that cannot be made (its file is not there) is a problem too, never a pass. */
async function breakOnce(wall, { model, files, copy }) {
  try {
    cpSync(model, copy, { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
    const { command, says } = wall.spoil(createTree(copy, files))
    const { code, output, stoppedBy } = await runOnNode24(command, {
      cwd: copy,
      keepOutput: true,
      env: plainEnvironment(),
    })
    if (stoppedBy !== undefined) process.exit(exitCodeOf(stoppedBy))
    return { wall, problem: judge({ code, output, says }) }
  } catch (error) {
    return { wall, problem: `the breach could not be made: ${error.message}` }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** What is wrong with a check that should have noticed a breach; `undefined` if it did. */
export function judge({ code, output, says }) {
  const unsaid = says.filter(text => !output.includes(text))
  if (code !== 0 && unsaid.length === 0) return undefined
  const fault = code === 0 ? 'the check passed' : `the check failed, but did not say "${unsaid.join('", "')}"`
  return `${fault}:\n${output.trim().split('\n').slice(-15).join('\n')}`
}

/** What git knows or would take in: tracked, or new and not ignored. */
function trackedFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\0'))].filter(file => file !== '' && existsSync(join(root, file)))
}

/** A folder that is gone when this process ends, however it is stopped. */
function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-spoil-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** @typedef {ReturnType<typeof createTree>} Tree */

/**
 * The hands of a breach. Each one throws when what it is to change is not there.
 *
 * @param {string} copy
 * @param {readonly string[]} files what the copy holds
 */
export function createTree(copy, files) {
  const existing = (/** @type {string} */ file) => {
    if (!existsSync(join(copy, file))) throw new Error(`${file} is not there`)
    return join(copy, file)
  }
  const read = (/** @type {string} */ file) => readFileSync(existing(file), 'utf8')
  return {
    read,
    /** Adds a new file and gives its name. */
    add: (/** @type {string} */ file, /** @type {string} */ text) => {
      if (existsSync(join(copy, file))) throw new Error(`${file} is there already`)
      existing(dirname(file))
      writeFileSync(join(copy, file), text)
      return file
    },
    append: (/** @type {string} */ file, /** @type {string} */ line) => appendFileSync(existing(file), `\n${line}\n`),
    replace: (file, what, by) => {
      const before = read(file)
      const after = before.replace(what, by)
      if (after === before) throw new Error(`${file} does not contain ${what}`)
      writeFileSync(existing(file), after)
    },
    /** The first file whose name fits. */
    find: (/** @type {RegExp} */ pattern, fits = _file => true) => {
      const found = files.find(file => pattern.test(file) && fits(file))
      if (found === undefined) throw new Error(`no file fits ${pattern}`)
      return found
    },
    removeAll: (pattern, fits) =>
      files.filter(file => pattern.test(file) && fits(file)).forEach(file => rmSync(existing(file))),
    /** So that the scripts can judge a house without any. */
    moveScriptsAside: () => {
      renameSync(existing('scripts'), join(copy, 'aside'))
      mkdirSync(join(copy, 'scripts'))
    },
  }
}
