import { expect, it } from 'vitest'
import { sweepInProcesses } from '../simulator/sweepDisk.ts'
import { tryTornLogs } from '../support/tornLogs.ts'

it(
  'a log that is torn where the power went has every acknowledged save, and nothing by halves',
  { timeout: 120_000 },
  async () => {
    const { images, kept, ...wrong } = await tryTornLogs(500)

    expect(wrong).toEqual({ lost: 0, partial: 0, broken: 0 })
    // One image in five was torn after the last byte of a save that nobody had acknowledged yet.
    expect(kept).toBe(images / 5)
  },
)

it(
  'a disk that fails at any statement of a working day loses, doubles and stops nothing',
  { timeout: 600_000 },
  async () => {
    const { plays, failed, broken } = await sweepInProcesses({ seed: 3, step: 41 }, 2)

    expect(broken).toEqual([])
    expect(plays).toBeGreaterThan(50)
    expect(failed).toBe(plays)
  },
)
