import { faultsOver, type Fault } from './faults.ts'
import type { StoreName } from './worldStore.ts'

/** Which offices are played. */
export interface SeedPlan {
  readonly first: number
  /** From one seed to the next. */
  readonly step: number
  /** How many; with neither this nor a budget 20. */
  readonly seeds: number | undefined
  readonly budgetMs: number | undefined
  readonly devices: number | undefined
  readonly days: number
  readonly store: StoreName
  /** Null for a part of them that the seed picks. */
  readonly faults: readonly Fault[] | null
  readonly trace: boolean
  /** The bug that was planted before. */
  readonly bug: string | undefined
  /** Whether the first broken promise ends it. */
  readonly untilBroken: boolean
}

/** What came of some seeds. */
export interface Tally {
  readonly seeds: number
  readonly deviceDays: number
  readonly saves: number
  readonly requests: number
  readonly broken: number
  readonly fired: Readonly<Record<string, number>>
}

export const emptyTally = (): Tally => ({ seeds: 0, deviceDays: 0, saves: 0, requests: 0, broken: 0, fired: {} })

export function addTally(one: Tally, other: Tally): Tally {
  const fired = { ...one.fired }
  for (const [fault, count] of Object.entries(other.fired)) fired[fault] = (fired[fault] ?? 0) + count
  return {
    seeds: one.seeds + other.seeds,
    deviceDays: one.deviceDays + other.deviceDays,
    saves: one.saves + other.saves,
    requests: one.requests + other.requests,
    broken: one.broken + other.broken,
    fired,
  }
}

const SEEDS = 20

/** Plays one seed after the other, and prints each promise that is broken with the command that plays it again. */
export async function playSeeds(plan: SeedPlan): Promise<Tally> {
  // Not before: a bug is planted in what is loaded from here on.
  const { playWorld, endWorlds } = await import('./world.ts')
  const end = performance.now() + (plan.budgetMs ?? Infinity)
  const most = plan.seeds ?? (plan.budgetMs === undefined ? SEEDS : Infinity)
  let tally = emptyTally()
  const isOver = () => tally.seeds >= most || performance.now() >= end || (plan.untilBroken && tally.broken > 0)
  for (let seed = plan.first; !isOver(); seed += plan.step) {
    const { days, store, faults } = plan
    const devices = plan.devices ?? 1 + (seed % 4)
    const result = await playWorld({ seed, devices, days, store, faults, ...(plan.trace && { onTrace }) })
    if (plan.seeds === 1) console.log(`trace ${result.trace}`)
    if (result.broken !== undefined)
      console.log(`seed ${seed} broke a promise. ${result.broken}\nAgain: ${commandOf(plan, seed, devices)}`)
    const { saves, requests } = result
    const fired = Object.fromEntries(result.fired)
    const broken = result.broken === undefined ? 0 : 1
    tally = addTally(tally, { seeds: 1, deviceDays: devices * days, saves, requests, broken, fired })
  }
  await endWorlds()
  return tally
}

const onTrace = (line: string): void => {
  console.log(line)
}

function commandOf({ days, store, faults, bug }: SeedPlan, seed: number, devices: number): string {
  const which = faults && (faults.length === faultsOver(store).length ? 'all' : faults.join(',') || 'none')
  const flags = [
    `--seed ${seed} --seeds 1 --devices ${devices} --days ${days}`,
    store !== 'model' && `--store ${store}`,
    which && `--faults ${which}`,
    bug && `--plant ${bug}`,
  ]
  return `npm run simulate -- ${flags.filter(Boolean).join(' ')} --trace`
}
