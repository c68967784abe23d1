import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root, run } from '../../scripts/node24.mjs'
import { aClone } from './aClone.ts'

const page = (clone: string) => join(clone, 'docs/architecture.md')

it('the picture of the house is drawn anew from its imports', async () => {
  const rooms = ['shared', 'db', 'electron', 'renderer', 'central', 'demo', 'tests', 'bench']
  const clone = aClone(...rooms, 'docs', '.dependency-cruiser.cjs', 'tsconfig.base.json')
  const drawn = readFileSync(page(root), 'utf8')
  writeFileSync(page(clone), drawn.replace('  renderer_room --> shared_room\n', ''))

  const { code } = await run('node', ['scripts/run.mjs', 'scripts/architecture.mjs'], { cwd: clone, keepOutput: true })

  expect(readFileSync(page(clone), 'utf8')).toBe(drawn)
  expect(code).toBe(0)
})
