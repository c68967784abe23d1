import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root, run } from '../../scripts/node24.mjs'
import { aClone } from './aClone.ts'

const checkIn = (clone: string, ...flags: string[]) =>
  run('npm', ['run', 'check', '--', ...flags], { cwd: clone, keepOutput: true })

it('mends what a tool can mend', async () => {
  const clone = aClone('.prettierrc.json')
  const file = join(clone, 'ugly.ts')
  writeFileSync(file, 'export  const ugly = "so"')

  const { code, output } = await checkIn(clone, '--fix', '--only', 'format')

  expect(output).toMatch(/^format +1 +0 +0/m)
  expect(code).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe("export const ugly = 'so'\n")
})

it('mends nothing unless asked', async () => {
  const clone = aClone('.prettierrc.json')
  writeFileSync(join(clone, 'ugly.ts'), 'export  const ugly = "so"')

  const { code, output } = await checkIn(clone, '--only', 'format')

  expect(output).toContain('ugly.ts')
  expect(code).toBe(1)
})

it('breaks a wall in a copy and says that its check named the rule', async () => {
  const { code, output } = await checkIn(root, '--spoil', '--wall', 'Prettier formats')

  expect(output).toMatch(/^Prettier formats +\[warn\] +caught$/m)
  expect(output).toContain('1 of 1 breaches were caught.')
  expect(code).toBe(0)
})

it.each([
  [['--only', 'everything'], '--only everything: the parts are lint, types'],
  [['--spoil', '--wall', 'the chinese'], '--wall the chinese: there is no such wall'],
])('names what it does not know: %j', async (flags, says) => {
  const { code, output } = await checkIn(root, ...flags)

  expect(output).toContain(says)
  expect(code).toBe(2)
})
