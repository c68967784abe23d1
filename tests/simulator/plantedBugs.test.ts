import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { databaseBugs, patched, plantedBugs } from './plantedBugs.ts'

const root = join(import.meta.dirname, '../..')
const text = (file: string): string => readFileSync(join(root, file), 'utf8')

it.each(Object.entries({ ...plantedBugs, ...databaseBugs }))('%s still fits the code', (name, patches) => {
  const files = new Map<string, string>()
  for (const patch of patches) files.set(patch.file, patched(name, patch, files.get(patch.file) ?? text(patch.file)))

  for (const [file, changed] of files) expect(changed).not.toBe(text(file))
})

it('are those of the list', () => {
  const rows = [...text('tests/simulator/planted-bugs.md').matchAll(/^\| `([a-z-]+)` .*\| (.+?) *\|$/gm)]
  const named = (wanted: string) => rows.flatMap(([, name, state]) => (state === wanted ? [name] : [])).toSorted()

  expect(named('planted')).toEqual(Object.keys(plantedBugs).toSorted())
  expect(named('planted over PostgreSQL')).toEqual(Object.keys(databaseBugs).toSorted())
})
