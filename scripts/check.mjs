/** `npm run check`: everything that needs no database and no window, in under 90 seconds. */
import { badFlag, readFlags } from './flags.mjs'
import { quickParts } from './parts.mjs'
import { runParts } from './runParts.mjs'
import { setUp } from './setup.mjs'
import { spoil } from './spoil.mjs'
import { summarise } from './summary.mjs'
import { walls } from './walls.mjs'

const names = quickParts.map(part => part.name)
const { flags } = readFlags(
  `Usage: npm run check -- [--only PART] [--fix] [--spoil [--wall NAME]]
Checks ${names.join(', ')}.

  --only PART   only this one; can be given again
  --fix         mend format and lint where a tool can
  --spoil       break each rule once in a copy of the clone and see that its check names it
  --wall NAME   with --spoil, only this one, as the table names it`,
  {
    only: { type: 'string', multiple: true },
    fix: { type: 'boolean' },
    spoil: { type: 'boolean' },
    wall: { type: 'string' },
  },
)
const unknown = flags.only?.find(name => !names.includes(name))
if (unknown !== undefined) badFlag(`--only ${unknown}: the parts are ${names.join(', ')}`)
if (flags.wall !== undefined && !walls.some(wall => wall.name === flags.wall))
  badFlag(`--wall ${flags.wall}: there is no such wall`)

await setUp()
if (flags.spoil) {
  process.exitCode = await spoil(flags.wall)
} else {
  const parts = quickParts.filter(part => flags.only?.includes(part.name) ?? true)
  const { text, code } = summarise(await runParts(parts, { atOnce: flags.fix ? 1 : 2, fix: flags.fix === true }))
  console.log(`\n${text}`)
  process.exitCode = code
}
