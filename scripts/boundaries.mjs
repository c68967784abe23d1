/**
 * Judges every import of the clone by the rules of `.dependency-cruiser.cjs`, and the picture of the house by the imports
 * (on Node 24).
 *
 * A tool that sees no files finds no fault, so this fails unless it saw every source file of every room.
 */
import { globSync, readFileSync } from 'node:fs'
import { readFlags } from './flags.mjs'
import { pageFile, pageWith } from './housePicture.mjs'
import { readImports, rooms } from './imports.mjs'

readFlags('Usage: node scripts/run.mjs scripts/boundaries.mjs\nJudges every import by .dependency-cruiser.cjs.', {})

const imports = await readImports()
const { modules, summary } = imports
const files = globSync(`{${rooms.join(',')}}/**/*.{ts,tsx,mjs}`, { exclude: ['**/node_modules/**'] })
const seen = new Set(modules.map(({ source }) => source))
const unseen = files.map(file => file.replaceAll('\\', '/')).filter(file => !seen.has(file))

const problems = [
  ...summary.violations.map(describe),
  ...(files.length === 0 ? ['0 modules seen: there is nothing to judge, so nothing is proved.'] : []),
  ...(unseen.length > 0 ? [`Not seen, so not judged: ${unseen.join(', ')}`] : []),
  ...(pageWith(imports) === readFileSync(pageFile, 'utf8')
    ? []
    : ['The picture in docs/architecture.md is of another house. Run: node scripts/run.mjs scripts/architecture.mjs']),
]
for (const problem of problems) console.log(problem)
if (problems.length > 0) process.exitCode = 1
else console.log(`No import crosses a wall (${files.length} files, ${summary.totalDependenciesCruised} imports).`)

/** @param {import('dependency-cruiser').IViolation} violation */
function describe({ rule, from, to, cycle, via, comment }) {
  const way = (cycle ?? via ?? [{ name: to }]).map(({ name }) => name)
  return `${rule.name}: ${[from, ...way].join(' → ')}${comment ? `\n  ${comment}` : ''}`
}
