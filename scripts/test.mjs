/** `npm test`: the checks, then PostgreSQL, then the window; every part runs, and one table ends it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { badFlag, readFlags } from './flags.mjs'
import { root } from './node24.mjs'
import { hosts, quickParts, reportFile, slowParts } from './parts.mjs'
import { runParts } from './runParts.mjs'
import { setUp } from './setup.mjs'
import { countPassedByProject, describeHosts, summarise } from './summary.mjs'

const names = [...quickParts, ...slowParts].map(part => part.name)
const { flags } = readFlags(
  `Usage: npm test -- [--only PART]
Runs ${names.join(', ')}.

  --only PART   only this one; can be given again`,
  { only: { type: 'string', multiple: true } },
)
const unknown = flags.only?.find(name => !names.includes(name))
if (unknown !== undefined) badFlag(`--only ${unknown}: the parts are ${names.join(', ')}`)

const chosen = parts => parts.filter(part => flags.only?.includes(part.name) ?? true)
const endToEndReport = join(root, reportFile('e2e'))

await setUp({ needsChromium: true, isForTests: true })
const suites = [
  ...(await runParts(chosen(quickParts), { atOnce: 2 })),
  ...(await runParts(chosen(slowParts), { atOnce: 1 })),
]
const { text, code } = summarise(suites)
console.log(`\n${text}`)
if (suites.some(suite => suite.name === 'e2e')) {
  const report = existsSync(endToEndReport) ? JSON.parse(readFileSync(endToEndReport, 'utf8')) : { suites: [] }
  console.log(describeHosts(hosts, countPassedByProject(report)))
}
process.exitCode = code
