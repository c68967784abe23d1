/** Sets the clone up and runs a file on Node 24: `node scripts/run.mjs FILE [arguments]`. */
import { badFlag } from './flags.mjs'
import { runOnNode24 } from './node24.mjs'
import { setUp } from './setup.mjs'

const usage = 'Usage: node scripts/run.mjs FILE [arguments]\nSets the clone up and runs FILE on Node 24.'
const [file, ...args] = process.argv.slice(2)
if (file === '--help') {
  console.log(usage)
} else if (file === undefined || file.startsWith('-')) {
  badFlag(file === undefined ? 'Which file?' : `Unknown option '${file}'`)
} else {
  await setUp()
  process.exitCode = (await runOnNode24([file, ...args])).code
}
