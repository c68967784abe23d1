/**
 * Judges every import of the clone by the rules of `.dependency-cruiser.cjs` (on Node 24).
 *
 * A tool that sees no files finds no fault, so this fails unless it saw every source file of every room.
 */
import { globSync } from 'node:fs'
import { cruise } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { readFlags } from './flags.mjs'

const rooms = ['shared', 'db', 'electron', 'renderer', 'central', 'demo', 'tests', 'bench', 'scripts']

readFlags('Usage: node scripts/run.mjs scripts/boundaries.mjs\nJudges every import by .dependency-cruiser.cjs.', {})

const options = await extractOptions('./.dependency-cruiser.cjs')
const resolving = options.enhancedResolveOptions ?? {}
const result = await cruise(rooms, { ...options, validate: true }, resolving)
const { modules, summary } = /** @type {import('dependency-cruiser').ICruiseResult} */ (result.output)

const files = globSync(`{${rooms.join(',')}}/**/*.{ts,tsx,mjs}`, { exclude: ['**/node_modules/**'] })
const seen = new Set(modules.map(({ source }) => source))
const unseen = files.map(file => file.replaceAll('\\', '/')).filter(file => !seen.has(file))

for (const { rule, from, to, cycle, via, comment } of summary.violations) {
  const way = (cycle ?? via ?? [{ name: to }]).map(({ name }) => name)
  console.log(`${rule.name}: ${[from, ...way].join(' → ')}${comment ? `\n  ${comment}` : ''}`)
}
if (files.length === 0) console.log('0 modules seen: there is nothing to judge, so nothing is proved.')
if (unseen.length > 0) console.log(`Not seen, so not judged: ${unseen.join(', ')}`)
if (summary.violations.length > 0 || files.length === 0 || unseen.length > 0) process.exitCode = 1
else console.log(`No import crosses a wall (${files.length} files, ${summary.totalDependenciesCruised} imports).`)
