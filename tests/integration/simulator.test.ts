import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** What the command prints; it fails where a promise is broken. */
const simulate = (...flags: readonly string[]): string =>
  execFileSync('npm', ['run', 'simulate', '--', ...flags], { cwd: root, encoding: 'utf8' })

const traceOf = (printed: string): string | undefined => /^trace (\w{64})$/m.exec(printed)?.[1]

const putBack = (printed: string): number => Number(/store-put-back (\d+)/.exec(printed)?.[1] ?? 0)

it('keeps every promise in 2,000 simulated offices, whatever fails', { timeout: 900_000 }, () => {
  const printed = simulate('--seeds', '2000', '--days', '0.1', '--processes', '2')

  expect(printed).toMatch(/^2000 seeds, .*: 0 broken$/m)
  expect(printed).not.toContain('Never happened')
  expect(putBack(printed)).toBeGreaterThan(50)
})

it('keeps them for days', { timeout: 600_000 }, () => {
  expect(simulate('--seed', '3000', '--seeds', '10', '--days', '3', '--processes', '2')).toMatch(
    /^10 seeds, .*: 0 broken$/m,
  )
})

it('keeps every promise over a real PostgreSQL that dies', { timeout: 300_000 }, () => {
  const printed = simulate('--store', 'postgres', '--seeds', '12', '--days', '0.25', '--processes', '2')

  expect(printed).toMatch(/^12 seeds, .*: 0 broken$/m)
  expect(printed).toMatch(/^Faults: .*database-dies \d/m)
})

it('plays the same office over PostgreSQL as over its model, as long as neither dies', { timeout: 120_000 }, () => {
  const office = ['--seed', '3', '--seeds', '1', '--days', '0.5', '--faults', 'answer-lost,case-taken-away,row-deleted']
  const trace = traceOf(simulate(...office))

  expect(trace).toBeDefined()
  expect(traceOf(simulate(...office, '--store', 'postgres'))).toBe(trace)
})

it('knows a database that dies only where there is one', () => {
  const { status, stderr } = spawnSync('npm', ['run', 'simulate', '--', '--faults', 'database-dies'], {
    cwd: root,
    encoding: 'utf8',
  })

  expect(status).toBe(2)
  expect(stderr).toContain("'database-dies' takes --store postgres. See --help.")
})

it('finds a bug that is planted, and says how to see it again', { timeout: 120_000 }, () => {
  const { status, stdout } = spawnSync(
    'npm',
    ['run', 'simulate', '--', '--plant', 'unanswered-is-confirmed', '--seeds', '4'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )

  expect(status).toBe(1)
  expect(stdout).toMatch(/^seed \d+ broke a promise\. Broken: 1 no lost write: .*$/m)
  expect(stdout).toMatch(
    /^Again: npm run simulate -- --seed \d+ --seeds 1 --devices \d --days 2 --plant unanswered-is-confirmed/m,
  )
})

it('lists which planted bugs were found, and fails where too many were missed', { timeout: 120_000 }, () => {
  const { status, stdout } = spawnSync('npm', ['run', 'simulate', '--', '--bait', '--budget', '2s'], {
    cwd: root,
    encoding: 'utf8',
  })

  expect(status).toBe(1)
  expect(stdout).toMatch(/^no-brake +0\.0 s {2}not found in 0 seeds$/m)
  expect(stdout).toMatch(/^\d+ of 43 planted bugs were found in \d+ s; 1 may be missed$/m)
})

it('plays the same office again from the same seed', { timeout: 120_000 }, () => {
  const play = (seed: number) =>
    traceOf(simulate('--seed', String(seed), '--seeds', '1', '--devices', '1', '--days', '1'))
  const trace = play(7)

  expect(trace).toBeDefined()
  expect(play(7)).toBe(trace)
  expect(play(8)).not.toBe(trace)
})
