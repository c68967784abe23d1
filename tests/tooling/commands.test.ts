import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, run } from '../../scripts/node24.mjs'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const commands = globSync('scripts/*.mjs', { cwd: root }).filter(file => read(file).includes('Usage:'))

const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>

describe.each(commands)('%s', command => {
  const runCommand = (...args: string[]) => run(process.execPath, [command, ...args], { keepOutput: true })

  it('explains itself for --help', async () => {
    const { code, output } = await runCommand('--help')

    expect(output).toMatch(/^Usage: /)
    expect(code).toBe(0)
  })

  it('names a flag that it does not know, and ends with 2', async () => {
    const { code, output } = await runCommand('--no-such-flag')

    expect(output).toContain('--no-such-flag')
    expect(code).toBe(2)
  })
})

it.each(Object.entries(scripts))('npm run %s sets the clone up first', (_name, script) => {
  const [file] = /scripts\/\w+\.mjs/.exec(script) ?? []

  expect(script).toMatch(/^node scripts\//)
  expect(read(file ?? '')).toContain('setUp(')
})

it('gives one line of reason for every dependency, and for no other', () => {
  const explained = Array.from(read('docs/dependencies.md').matchAll(/^- `([^`]+)`/gm), match => match[1])

  expect(explained.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted())
})
