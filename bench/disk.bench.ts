/** The disk fails at every statement that writes, logs are torn, old stores are put back: nothing is lost, doubled or stuck. */
import { availableParallelism } from 'node:os'
import { playInProcesses } from '../tests/simulator/processes.ts'
import { sweepInProcesses } from '../tests/simulator/sweepDisk.ts'
import { tryTornLogs } from '../tests/support/tornLogs.ts'
import { judge } from './support/measure.ts'
import { times } from './support/quick.ts'

const IMAGES = times(5_000, 20)
const PUT_BACK = times(200, 1)
const SEEDS_AT_ONCE = times(60, 4)
const processes = availableParallelism()

const sweep = await sweepInProcesses({ seed: 3, step: times(1, 97) }, processes)
console.log(
  `${sweep.statements} statements in transactions at one PC; ${sweep.plays} plays, in ${sweep.failed} of them the disk failed`,
)
for (const line of sweep.broken) console.log(line)

const torn = await tryTornLogs(IMAGES)
console.log(`${torn.images} torn logs; in ${torn.kept} of them the save that was under way is there, whole`)

let [first, putBack, broken, saves] = [1, 0, 0, 0]
while (putBack < PUT_BACK) {
  const plan = { first, step: 1, seeds: SEEDS_AT_ONCE, budgetMs: undefined, devices: undefined, days: 1 }
  const faults = ['store-put-back', 'pc-restarts', 'answer-lost'] as const
  const tally = await playInProcesses(
    { ...plan, store: 'model', faults, trace: false, bug: undefined, untilBroken: false },
    processes,
  )
  first += SEEDS_AT_ONCE
  putBack += tally.fired['store-put-back'] ?? 0
  broken += tally.broken
  saves += tally.saves
}
console.log(`an old store was put back ${putBack} times, in offices with ${saves} saves`)
judge([
  { what: 'promises broken by a failing disk', value: sweep.broken.length, limit: 0, is: 'at most' },
  { what: 'torn logs with an acknowledged save lost', value: torn.lost, limit: 0, is: 'at most' },
  { what: 'torn logs with a save by halves', value: torn.partial, limit: 0, is: 'at most' },
  { what: 'torn logs that are not whole', value: torn.broken, limit: 0, is: 'at most' },
  { what: 'offices in which an old store broke a promise', value: broken, limit: 0, is: 'at most' },
])
