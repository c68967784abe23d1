/** `npm start`: sets the clone up, builds what is stale, and launches Holdfast with a central service of its own. */
import { buildIfStale } from './build.mjs'
import { chromiumPath } from './chromium.mjs'
import { findElectron, hasDisplay } from './electron.mjs'
import { badFlag, readFlags } from './flags.mjs'
import { runOnNode24 } from './node24.mjs'
import { whenOrphaned } from './parents.mjs'
import { setUp } from './setup.mjs'

const usage = `
Usage: npm start -- [options]
Starts Holdfast: a central service on a database of its own, a demo office at the first start, and the window.

  --user-data-dir DIR   Where everything is kept (default: holdfast in the user's data folder)
  --port N              Port of the window's page in the browser shell (default: any free one)
  --headless            Open no window; print the address of its page
  --central URL|none    Use this service, or none: everything stays on this PC
  --enrol TOKEN         Enrol this PC with a token of the service: npm run central -- enrol --user NAME
  --no-demo             Make no demo office; needs --central and --enrol
  --user NAME           Who signs in (demo office: morgan.ashby, dev.larkhill, and a senior and an administrator)
  --people N            People in the demo office when it is made (default: 40)
  --seed N              Another demo office (default: 1)
  --help                This list

HOLDFAST_WINDOW=chromium in the environment leaves Electron alone; HOLDFAST_WINDOW=electron tries it again at once.
`

const { flags } = readFlags(usage, {
  'user-data-dir': { type: 'string' },
  port: { type: 'string' },
  headless: { type: 'boolean' },
  central: { type: 'string' },
  enrol: { type: 'string' },
  'no-demo': { type: 'boolean' },
  user: { type: 'string' },
  people: { type: 'string' },
  seed: { type: 'string' },
})

whenOrphaned(() => process.exit(1))
await setUp()
const window = await chooseWindow()
await buildIfStale()
const { code } = await runOnNode24(['scripts/launch.mjs', JSON.stringify({ flags, window })])
process.exitCode = code

/** Electron where it can run, else Chromium, which is fetched only then; neither where nobody could see it. */
async function chooseWindow() {
  if (flags.headless === true || !hasDisplay()) return {}
  const electron = await findElectron({ mayFetch: true }).catch(error => badFlag(error.message))
  if (electron.path) return { electron: electron.path }
  await setUp({ needsChromium: true })
  console.error(`Showing the window in Chromium: ${electron.why}.`)
  return { chromium: chromiumPath() }
}
