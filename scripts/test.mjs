/** `npm test`: the checks, then PostgreSQL, then the window; every part runs, and one table ends it. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { badFlag, readFlags } from './flags.mjs'
import { root } from './node24.mjs'
import { hostsFile, quickParts, slowParts } from './parts.mjs'
import { runParts } from './runParts.mjs'
import { setUp } from './setup.mjs'
import { describeHosts, summarise } from './summary.mjs'

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
const hosts = join(root, hostsFile)

await setUp({ needsChromium: true })
rmSync(hosts, { force: true })
const suites = [
  ...(await runParts(chosen(quickParts), { atOnce: 2 })),
  ...(await runParts(chosen(slowParts), { atOnce: 1 })),
]
const { text, code } = summarise(suites)
console.log(`\n${text}`)
const endToEnd = suites.find(suite => suite.name === 'e2e')
if (endToEnd) {
  console.log(describeHosts(endToEnd, existsSync(hosts) ? JSON.parse(readFileSync(hosts, 'utf8')) : undefined))
}
process.exitCode = code
