/** Draws the picture of the house in docs/architecture.md anew (on Node 24). */
import { writeFileSync } from 'node:fs'
import { readFlags } from './flags.mjs'
import { pageFile, pageWith } from './housePicture.mjs'
import { readImports } from './imports.mjs'

readFlags(
  'Usage: node scripts/run.mjs scripts/architecture.mjs\nDraws the picture of the house in docs/architecture.md from the imports.',
  {},
)
writeFileSync(pageFile, pageWith(await readImports()))
