import { availableParallelism } from 'node:os'
import { databaseBugs, plantedBugs } from './plantedBugs.ts'
import { runSimulator } from './processes.ts'
import type { StoreName } from './worldStore.ts'

/** Of thirty bugs one may be missed. */
const MISSED_SHARE = 1 / 30
/** One try; then the next bug has its turn, and this one another later. Most bugs show within hours, the others need a day. */
interface Turn {
  readonly seeds: number
  readonly days: number
}
const FIRST_TURN: Turn = { seeds: 10, days: 0.25 }
const LATER_TURN: Turn = { seeds: 6, days: 1 }

interface Hunt {
  readonly name: string
  nextSeed: number
  seconds: number
  /** The promise that gave it away; undefined while it is not found. */
  found: string | undefined
}

/**
 * Plants every bug, of this store's own where it has some, and plays until a promise is broken, some seeds of each in turn, until
 * all are found or the time is over. Prints the list.
 *
 * @returns 0 when enough were found, else 1.
 */
export async function runBait(store: StoreName, budgetMs: number): Promise<number> {
  // Without a bug nothing may be found.
  const control = await runSimulator(flagsOf(1, FIRST_TURN, store))
  if (control.code !== 0) throw new Error(`A promise is broken without any bug:\n${control.output}`)
  const end = performance.now() + budgetMs
  const started = performance.now()
  const hunts = Object.keys(store === 'postgres' ? databaseBugs : plantedBugs).map((name): Hunt => ({
    name,
    nextSeed: 1,
    seconds: 0,
    found: undefined,
  }))
  const waiting = [...hunts]
  const work = async (): Promise<void> => {
    for (let hunt = waiting.shift(); hunt && performance.now() < end; hunt = waiting.shift()) {
      await takeTurn(hunt, store, end)
      if (hunt.found === undefined) waiting.push(hunt)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  for (const { name, found, nextSeed, seconds } of hunts) {
    const result = found === undefined ? `not found in ${nextSeed - 1} seeds` : `found: ${found}`
    console.log(`${name.padEnd(28)}${seconds.toFixed(1).padStart(6)} s  ${result}`)
  }
  const count = hunts.filter(one => one.found !== undefined).length
  const missedMax = Math.floor(hunts.length * MISSED_SHARE)
  const took = ((performance.now() - started) / 1_000).toFixed(0)
  console.log(`${count} of ${hunts.length} planted bugs were found in ${took} s; ${missedMax} may be missed`)
  return hunts.length - count <= missedMax ? 0 : 1
}

const flagsOf = (seed: number, { seeds, days }: Turn, store: StoreName): readonly string[] => [
  `--seed=${seed}`,
  `--seeds=${seeds}`,
  `--days=${days}`,
  `--store=${store}`,
]

async function takeTurn(hunt: Hunt, store: StoreName, end: number): Promise<void> {
  const started = performance.now()
  const leftMs = Math.max(1_000, end - started)
  const turn = hunt.nextSeed === 1 ? FIRST_TURN : LATER_TURN
  const flags = [...flagsOf(hunt.nextSeed, turn, store), '--plant', hunt.name, '--until-broken']
  const { output } = await runSimulator([...flags, '--budget', `${Math.ceil(leftMs / 1_000)}s`])
  hunt.nextSeed += turn.seeds
  hunt.seconds += (performance.now() - started) / 1_000
  hunt.found = /^seed (\d+ broke a promise\. .*)$/m
    .exec(output)?.[1]
    ?.replace('broke a promise. Broken', 'breaks')
    .slice(0, 110)
}
