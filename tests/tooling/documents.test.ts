import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, run } from '../../scripts/node24.mjs'
import { hosts, quickParts, slowParts } from '../../scripts/parts.mjs'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const pages = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })]

/** What a page says to type, from its code; lines that are for Windows only are left out. */
function commandsIn(page: string): readonly string[] {
  const text = read(page)
    .split('\n')
    .filter(line => !line.includes('Windows only'))
    .join('\n')
  const inline = Array.from(text.matchAll(/`((?:npm|npx|node) [^`]+)`/g), ([, command = '']) => command)
  const fenced = Array.from(text.matchAll(/^((?:npm|npx|node) [^#\n]+)/gm), ([, command = '']) => command)
  return [...inline, ...fenced].map(command => command.replaceAll(/\s+/g, ' ').trim())
}

const documented = [...new Set(pages.flatMap(commandsIn))].sort()

/** Run here as they are documented, by what they must print. */
const runHere: Readonly<Record<string, RegExp>> = {
  'npm run bench': /^save +B1: a durable/m,
  'npm run central -- --help': /npm run central -- enrol/,
  'npm start -- --help': /^Usage: npm start/m,
}

/** Run by other tests: their file, and the words in it that run the command. */
const runElsewhere: Readonly<Record<string, readonly [file: string, words: string]>> = {
  'npm start': ['tests/e2e/support/launches.ts', "spawn('npm', args"],
  'npm start -- --headless': ['tests/e2e/stop.spec.ts', "['--headless', ...SMALL]"],
  'npm start -- --user dev.larkhill': ['tests/e2e/start.spec.ts', "'--user', 'priya.hartwell'"],
  'npm start -- --central none': ['tests/e2e/start.spec.ts', "'--central', 'none'"],
  'npm start -- --user-data-dir DIR --central URL --enrol TOKEN': ['tests/e2e/start.spec.ts', "'--enrol', token"],
  'npm run central': ['tests/e2e/commands.spec.ts', "'run', 'central'"],
  'npm run central -- --demo': ['tests/integration/commands.test.ts', "'--demo', ...here"],
  'npm run central -- --port 8500 --host 0.0.0.0': ['tests/integration/commands.test.ts', "'--host', '0.0.0.0'"],
  'npm run central -- demo --people 5000': ['tests/integration/commands.test.ts', "'demo', '--people', '2'"],
  'npm run central -- enrol --user dev.larkhill': [
    'tests/integration/commands.test.ts',
    "'enrol', '--user', 'dev.larkhill'",
  ],
  'npm run central -- enrol --user morgan.ashby': [
    'tests/integration/commands.test.ts',
    "'enrol', '--user', 'dev.larkhill'",
  ],
  'npm run central -- devices': ['central/main.test.ts', "here('devices')"],
  'npm run central -- purges': ['central/main.test.ts', "here('purges'"],
  'npm run central -- purges --confirm morgan.ashby': [
    'central/main.test.ts',
    "here('purges', '--confirm', 'morgan.ashby')",
  ],
  'npm run central -- late': ['central/main.test.ts', "here('late')"],
  'npm run central -- late --case ID': ['central/main.test.ts', "here('late', '--case', 'c1')"],
  'npm run central -- restored': ['central/main.test.ts', "here('restored')"],
  'npm run bench -- kill': ['tests/e2e/commands.spec.ts', 'benchmarks'],
  'npm run bench -- open-case': ['tests/e2e/commands.spec.ts', 'benchmarks'],
  'npm run bench -- save': ['tests/e2e/commands.spec.ts', 'benchmarks'],
  'npm run bench -- disk': ['tests/e2e/commands.spec.ts', 'benchmarks'],
  'npm run bench -- store': ['tests/e2e/commands.spec.ts', 'benchmarks'],
  'npm run simulate': ['tests/integration/simulator.test.ts', "'run', 'simulate'"],
  'npm run simulate -- --store postgres': ['tests/integration/simulator.test.ts', "'--store', 'postgres', '--seeds'"],
  'npm run simulate -- --bait': ['tests/integration/simulator.test.ts', "'--bait', '--budget', '2s'"],
  'npm run db:generate': ['tests/tooling/migrations.test.ts', "'run', 'db:generate'"],
  'npm run check -- --fix': ['tests/tooling/parts.test.ts', "'--fix'"],
  'npm run check -- --spoil': ['tests/integration/commands.test.ts', "'check', '--', '--spoil'"],
  'node scripts/pictures.mjs': ['tests/e2e/commands.spec.ts', 'scripts/pictures.mjs'],
  'node scripts/run.mjs scripts/architecture.mjs': [
    'tests/tooling/architecture.test.ts',
    "['scripts/run.mjs', 'scripts/architecture.mjs']",
  ],
}

/** Too long for any run of the tests; docs/testing.md says when somebody runs them. */
const runByHand = ['node scripts/freshClone.mjs', 'node scripts/freshClone.mjs --only start']

/** What `.ci/run` runs: all of `npm test`, of which these are parts. */
const isPartOfTheTests = (command: string): boolean =>
  ['npm test', 'npm run check', 'npm run typecheck'].includes(command) ||
  (/^npm (run check|test) -- --only \w+$/.test(command) &&
    [...quickParts, ...slowParts].some(part => command.endsWith(` ${part.name}`)))

describe('the commands of README and docs', () => {
  it('are all run by a test, or by hand before a release', () => {
    const unproved = documented.filter(
      command =>
        !(command in runHere) &&
        !(command in runElsewhere) &&
        !runByHand.includes(command) &&
        !isPartOfTheTests(command),
    )

    expect(unproved).toEqual([])
  })

  it.each(Object.keys(runHere))('%s does what it is there for', async command => {
    const [program = '', ...args] = command.split(' ')

    const { code, output } = await run(program, args, { keepOutput: true })

    expect(output).toMatch(runHere[command] ?? /never/)
    expect(code).toBe(0)
  })

  it.each(Object.entries(runElsewhere))('%s is run where this list says', (_command, [file, words]) => {
    expect(read(file)).toContain(words)
  })

  it('are none that only this list knows', () => {
    const stale = [...Object.keys(runHere), ...Object.keys(runElsewhere), ...runByHand].filter(
      one => !documented.includes(one),
    )

    expect(stale).toEqual([])
  })

  it('begin with the two that everything else is part of', () => {
    expect(read('.ci/run')).toContain('exec npm test')
    expect(hosts.some(host => host.canRun)).toBe(true)
  })
})

describe('the links of README and docs', () => {
  it.each(pages)('of %s lead to files', page => {
    const links = Array.from(read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g), ([, link = '']) => link)

    expect(links.filter(link => !existsSync(join(root, dirname(page), link)))).toEqual([])
  })
})
