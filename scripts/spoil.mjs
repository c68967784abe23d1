/** `npm run check -- --spoil`: breaks every wall once in a copy of the clone and sees whether it is noticed. */
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
 * Breaks walls two copies at a time and ends with a table.
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
  const chosen = walls.filter(wall => only === undefined || wall.name === only)
  const waiting = [...groupsOf(chosen).entries()]
  /** @type {Map<string, string | undefined>} */
  const problems = new Map()
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, group] = next
      for (const [name, problem] of await breakTogether(group, { model, files, copy: join(folder, String(index)) })) {
        problems.set(name, problem)
        console.log(`${problem === undefined ? 'caught    ' : 'NOT CAUGHT'} ${name}`)
      }
    }
  }
  await Promise.all([work(), work()])
  const rows = chosen.map(({ name, rule }) => [name, rule, problems.get(name) === undefined ? 'caught' : 'NOT CAUGHT'])
  console.log(`\n${table([['wall', 'rule', ''], ...rows])}`)
  const missed = [...problems].filter(([, problem]) => problem !== undefined)
  for (const [name, problem] of missed) console.log(`\n${name}: ${problem}`)
  console.log(`\n${chosen.length - missed.length} of ${chosen.length} breaches were caught.`)
  return missed.length === 0 ? 0 : 1
}

/** Walls that are broken in one copy: each breach is in a place of its own, and each must be named. */
const groupsOf = chosen => {
  const keyOf = wall => wall.together ?? wall.name
  return [...new Set(chosen.map(keyOf))].map(key => chosen.filter(wall => keyOf(wall) === key))
}

/**
 * Breaks some walls in a copy and runs their check once. A breach that cannot be made (its file is not there) is a
 * problem too, never a pass.
 *
 * @returns {Promise<[name: string, problem: string | undefined][]>}
 */
async function breakTogether(group, { model, files, copy }) {
  try {
    cpSync(model, copy, { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
    const tree = createTree(copy, files)
    const breaches = group.map(wall => wall.spoil(tree))
    const itsFiles = breaches.flatMap(({ file }) => file ?? [])
    const { code, output, stoppedBy } = await runOnNode24([...breaches[0].command, ...itsFiles], {
      cwd: copy,
      keepOutput: true,
      env: plainEnvironment(),
    })
    if (stoppedBy !== undefined) process.exit(exitCodeOf(stoppedBy))
    return group.map(({ name }, index) => [name, judge({ code, output, says: breaches[index].says })])
  } catch (error) {
    return group.map(({ name }) => [name, `the breach could not be made: ${error.message}`])
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
