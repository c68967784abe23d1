/** Takes the pictures of README and docs from the running application, with the demo office of today. */
import { buildIfStale } from './build.mjs'
import { chromiumPath } from './chromium.mjs'
import { readFlags } from './flags.mjs'
import { runOnNode24 } from './node24.mjs'
import { setUp } from './setup.mjs'

const { flags } = readFlags(
  `Usage: node scripts/pictures.mjs [--folder DIR] [--only NAME] [--all]
Takes the pictures of README and docs from the running application.

  --folder DIR   where they go (default: docs/pictures)
  --only NAME    only this one; can be given again
  --all          instead, every screen and dialog in light and dark and in three sizes, for looking at`,
  { folder: { type: 'string' }, only: { type: 'string', multiple: true }, all: { type: 'boolean' } },
)

await setUp({ needsChromium: true })
await buildIfStale()
const { code } = await runOnNode24(['tests/pictures/takePictures.ts', JSON.stringify(flags)], {
  env: { ...process.env, CHROMIUM_PATH: chromiumPath() },
})
process.exitCode = code
