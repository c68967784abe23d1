/** Kills the application at random moments while it saves: nothing acknowledged is lost, nothing is there twice. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from '../scripts/build.mjs'
import { runKills } from '../tests/support/killRun.ts'
import { judge } from './support/measure.ts'
import { times } from './support/quick.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: String(times(200, 2)) },
    quick: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

if (values.help) {
  console.log('Usage: npm run bench -- kill [--kills N] [--quick]')
} else {
  await buildIfStale()
  const start = performance.now()
  const result = await runKills({
    folder: mkdtempSync(join(tmpdir(), 'holdfast-kill-')),
    kills: Number(values.kills),
    moments: () => Math.random(),
    onKill(kill) {
      if (process.stderr.isTTY) process.stderr.write(`\r${kill} of ${values.kills} kills`)
    },
  })
  const seconds = (performance.now() - start) / 1000
  console.log(`\n${result.kills} kills in ${seconds.toFixed(0)} s, ${result.acknowledged} saves acknowledged`)
  judge([
    { what: 'acknowledged saves lost', value: result.lost, limit: 0, is: 'at most' },
    { what: 'saves there twice', value: result.duplicated, limit: 0, is: 'at most' },
    { what: 'stores or audit chains not whole', value: result.broken, limit: 0, is: 'at most' },
    { what: 'saves acknowledged a kill', value: result.acknowledged / result.kills, limit: 1, is: 'at least' },
  ])
}
