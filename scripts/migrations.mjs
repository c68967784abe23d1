/** `npm run db:generate`: writes a migration for the store and for the centre, each if its tables were changed. */
import { join } from 'node:path'
import { readFlags } from './flags.mjs'
import { runOnNode24 } from './node24.mjs'
import { setUp } from './setup.mjs'

const { flags } = readFlags(
  `Usage: npm run db:generate -- [--name NAME]
Writes a migration into db/migrations and central/db/migrations, each if its tables were changed.

  --name NAME   what the migration does, for the name of its file`,
  { name: { type: 'string' } },
)

await setUp()
for (const config of ['db/drizzle.config.ts', 'central/db/drizzle.config.ts']) {
  const name = flags.name === undefined ? [] : ['--name', flags.name]
  const { code } = await runOnNode24([
    join('node_modules', 'drizzle-kit', 'bin.cjs'),
    'generate',
    '--config',
    config,
    ...name,
  ])
  if (code !== 0) process.exit(code)
}
