import { appendFileSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../scripts/node24.mjs'
import { aClone } from './aClone.ts'

const migrationsIn = (clone: string) => globSync('{db,central/db}/migrations/*.sql', { cwd: clone }).sort()

/** A copy with the tables and migrations of the store and of the centre. */
const aHouseOfTables = () => aClone('db', 'central', 'shared')

const generate = (clone: string, ...flags: string[]) =>
  run('npm', ['run', 'db:generate', '--', ...flags], { cwd: clone, keepOutput: true })

describe('npm run db:generate', () => {
  it('has nothing to write: the migrations make the tables of the store and of the centre', async () => {
    const clone = aHouseOfTables()
    const before = migrationsIn(clone)

    const { code, output } = await generate(clone)

    expect(migrationsIn(clone)).toEqual(before)
    expect(output.match(/No schema changes/g)).toHaveLength(2)
    expect(code).toBe(0)
  })

  it('writes a migration where a table was changed', async () => {
    const clone = aHouseOfTables()
    const before = migrationsIn(clone)
    const table = "\nexport const more = pgTable('more', { id: integer().primaryKey() })\n"
    appendFileSync(join(clone, 'central/db/tables.ts'), table)

    const { code } = await generate(clone, '--name', 'more')

    const written = migrationsIn(clone).filter(file => !before.includes(file))
    expect(written).toEqual([expect.stringMatching(/^central\/db\/migrations\/\d{4}_more\.sql$/)])
    expect(readFileSync(join(clone, written[0] ?? ''), 'utf8')).toContain('CREATE TABLE "more"')
    expect(code).toBe(0)
  })
})
