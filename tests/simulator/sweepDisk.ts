/** Plays one office again and again, each time with the disk of its first PC failing at another statement. Run by `sweepInProcesses`. */
import { execFile } from 'node:child_process'
import { parseArgs, promisify } from 'node:util'
import type { DiskFault } from './pc.ts'
import { playWorld } from './world.ts'

const run = promisify(execFile)

export const DISK_FAULTS = [
  'disk-full',
  'disk-read-only',
  'disk-error',
  'disk-busy',
  'disk-corrupt',
] as const satisfies readonly DiskFault[]

/** What came of the plays of a sweep. */
export interface Sweep {
  /** Statements in a transaction at that PC while nothing fails. */
  readonly statements: number
  readonly plays: number
  /** Plays in which the disk failed at all. */
  readonly failed: number
  readonly broken: readonly string[]
}

export interface SweepPlan {
  readonly seed: number
  /** The first statement, from 0. */
  readonly first: number
  /** From one statement to the next. At each of them one fault is tried, all of them in turn. */
  readonly step: number
}

/** Two PCs, from whose officers cases are taken away; nothing else goes wrong. */
const OFFICE = { devices: 2, days: 1, faults: ['case-taken-away', 'case-granted'] } as const
const REFUSALS = [1, 40]

export async function sweepDisk({ seed, first, step }: SweepPlan): Promise<Sweep> {
  const never = { fault: 'disk-full', at: Infinity, refusals: 0 } as const
  const { written: statements, broken: before } = await playWorld({ ...OFFICE, seed, disk: never })
  const broken = before === undefined ? [] : [`without a fault: ${before}`]
  let [plays, failed] = [0, 0]
  for (let at = first; at < statements; at += step) {
    const [fault, refusals] = troubleAt(at)
    const result = await playWorld({ ...OFFICE, seed, disk: { fault, at, refusals } })
    plays++
    if (result.written > at) failed++
    if (result.broken !== undefined) broken.push(`${fault} at statement ${at}, ${refusals} times: ${result.broken}`)
  }
  return { statements, plays, failed, broken }
}

/**
 * Each fault comes as often for one statement as for some minutes' worth. A page that cannot be read is met once: of a file where
 * nothing can be read nothing can be saved.
 */
function troubleAt(at: number): readonly [fault: DiskFault, refusals: number] {
  const faults = DISK_FAULTS.length
  const fault = DISK_FAULTS[at % faults] ?? 'disk-full'
  return [fault, fault === 'disk-corrupt' ? 1 : (REFUSALS[Math.floor(at / faults) % REFUSALS.length] ?? 1)]
}

/** Sweeps in several processes, each its share of the statements. */
export async function sweepInProcesses({ seed, step }: Omit<SweepPlan, 'first'>, processes: number): Promise<Sweep> {
  const parts = Array.from({ length: processes }, async (_, place) => {
    const flags = ['--seed', String(seed), '--first', String(place * step), '--step', String(processes * step)]
    const { stdout } = await run(process.execPath, [import.meta.filename, ...flags])
    return JSON.parse(stdout) as Sweep // printed below
  })
  return (await Promise.all(parts)).reduce((one, other) => ({
    statements: one.statements,
    plays: one.plays + other.plays,
    failed: one.failed + other.failed,
    broken: [...one.broken, ...other.broken],
  }))
}

if (process.argv[1] === import.meta.filename) {
  const number = { type: 'string', default: '0' } as const
  const { values } = parseArgs({ options: { seed: number, first: number, step: number } })
  const [seed, first, step] = [Number(values.seed), Number(values.first), Number(values.step)]
  console.log(JSON.stringify(await sweepDisk({ seed, first, step })))
}
