import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** What the command prints; it fails where a promise is broken. */
const simulate = (...flags: readonly string[]): string =>
  execFileSync('npm', ['run', 'simulate', '--', ...flags], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
  })

const traceOf = (printed: string): string | undefined => /^trace (\w{64})$/m.exec(printed)?.[1]

it('keeps every promise in simulated offices, whatever fails', { timeout: 240_000 }, () => {
  expect(simulate('--seeds', '4', '--days', '1')).toMatch(/^4 seeds, .*: 0 broken$/m)
})

it('plays the same office again from the same seed', { timeout: 120_000 }, () => {
  const play = (seed: number) =>
    traceOf(simulate('--seed', String(seed), '--seeds', '1', '--devices', '1', '--days', '1'))
  const trace = play(7)

  expect(trace).toBeDefined()
  expect(play(7)).toBe(trace)
  expect(play(8)).not.toBe(trace)
})
