import { expect, it } from 'vitest'
import { run } from '../../scripts/node24.mjs'

const check = (...flags: string[]) => run('npm', ['run', 'check', '--', ...flags], { keepOutput: true })

it('mends what a tool can mend, one part after the other', async () => {
  const { code, output } = await check('--fix', '--only', 'format')

  expect(output).toMatch(/^format +1 +0 +0/m)
  expect(code).toBe(0)
})

it('breaks a wall in a copy and says that its check named the rule', async () => {
  const { code, output } = await check('--spoil', '--wall', 'Prettier formats')

  expect(output).toMatch(/^Prettier formats +\[warn\] +caught$/m)
  expect(output).toContain('1 of 1 breaches were caught.')
  expect(code).toBe(0)
})

it.each([
  [['--only', 'everything'], '--only everything: the parts are lint, types'],
  [['--spoil', '--wall', 'the chinese'], '--wall the chinese: there is no such wall'],
])('names what it does not know: %j', async (flags, says) => {
  const { code, output } = await check(...flags)

  expect(output).toContain(says)
  expect(code).toBe(2)
})
