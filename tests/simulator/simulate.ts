/** `npm run simulate`: plays offices through days in virtual time, and says whether sync kept its promises. */
import '../../central/quickDrizzle.ts'
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { runBait } from './bait.ts'
import { DATABASE_FAULTS, faultsOver, type Fault } from './faults.ts'
import { databaseBugs, plant, plantedBugs } from './plantedBugs.ts'
import { playSeeds, type SeedPlan, type Tally } from './playSeeds.ts'
import { playInProcesses } from './processes.ts'
import { STORES, type StoreName } from './worldStore.ts'

const USAGE = `Usage: npm run simulate -- [--seed S] [--seeds N | --budget TIME] [--devices K] [--days D] [--store STORE]
                             [--faults WHICH] [--processes P] [--plant BUG] [--trace]
       npm run simulate -- --bait [--budget TIME] [--store STORE]
Plays the real engine over real stores against the real service of the centre, on a virtual clock and line.
  --seed S        the first seed (1)
  --seeds N       how many, from there on (20)
  --budget TIME   as many as can be played in this time, as 90s, 5m or 1h
  --devices K     PCs of an office, 1 to 8 (1 to 4, by the seed)
  --days D        working days, also less than one (2)
  --store STORE   what the service rests on: model, its database in memory, or postgres, which can die (model)
  --faults WHICH  all, none, or names between commas (some, by the seed)
  --processes P   plays them in that many processes (1)
  --plant BUG     puts a bug of planted-bugs.md into the code first
  --bait          plants every bug, one after the other, and says whether it is found: all but one of thirty must be.
                  With --store postgres those of the database, which the model does not know
  --trace         prints all that happens`

function stop(sentence: string): never {
  console.error(`${sentence}. See --help.`)
  process.exit(2)
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        seeds: { type: 'string' },
        step: { type: 'string', default: '1' }, // of a process among others, so in no help
        tally: { type: 'boolean', default: false }, // the same
        'until-broken': { type: 'boolean', default: false }, // of the hunt for a bug
        budget: { type: 'string' },
        devices: { type: 'string' },
        days: { type: 'string', default: '2' },
        store: { type: 'string', default: 'model' },
        faults: { type: 'string' },
        processes: { type: 'string', default: '1' },
        plant: { type: 'string' },
        bait: { type: 'boolean', default: false },
        trace: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return stop(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
}

function readNumber(flag: string, text: string, from: number, to: number, isWhole = true): number {
  const number = Number(text)
  if (number >= from && number <= to && (!isWhole || Number.isInteger(number))) return number
  return stop(`--${flag} takes a${isWhole ? ' whole' : ''} number from ${from} to ${to}, not '${text}'`)
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 }

function readBudget(text: string): number {
  const [, number = '', unit = ''] = /^(\d+)([smh])$/.exec(text) ?? []
  return (
    Number(number) *
    (UNITS[unit as keyof typeof UNITS] ?? stop(`--budget takes a time as 90s, 5m or 1h, not '${text}'`))
  )
}

const readStore = (text: string): StoreName =>
  STORES.find(store => store === text) ?? stop(`--store takes ${STORES.join(' or ')}, not '${text}'`)

function readFaults(text: string | undefined, store: StoreName): readonly Fault[] | null {
  if (text === undefined) return null
  const faults = faultsOver(store)
  if (text === 'all') return faults
  if (text === 'none') return []
  return text.split(',').map(name => {
    if (store === 'model' && DATABASE_FAULTS.some(fault => fault === name)) stop(`'${name}' takes --store postgres`)
    return faults.find(fault => fault === name) ?? stop(`There is no fault '${name}'`)
  })
}

function readBug(name: string | undefined, store: StoreName): string | undefined {
  if (name === undefined || Object.hasOwn(plantedBugs, name)) return name
  if (!Object.hasOwn(databaseBugs, name)) stop(`There is no planted bug '${name}'`)
  return store === 'postgres' ? name : stop(`'${name}' takes --store postgres`)
}

const options = readOptions()
if (options.help) {
  console.log(USAGE)
  process.exit(0)
}
const budgetMs = options.budget === undefined ? undefined : readBudget(options.budget)
const store = readStore(options.store)
if (options.bait) process.exit(await runBait(store, budgetMs ?? readBudget('5m')))

const bug = readBug(options.plant, store)
if (bug !== undefined) plant(bug)
const plan: SeedPlan = {
  first: readNumber('seed', options.seed, 0, Number.MAX_SAFE_INTEGER),
  step: readNumber('step', options.step, 1, 1_000),
  seeds: options.seeds === undefined ? undefined : readNumber('seeds', options.seeds, 1, 10_000_000),
  budgetMs,
  devices: options.devices === undefined ? undefined : readNumber('devices', options.devices, 1, 8),
  days: readNumber('days', options.days, 0.01, 366, false),
  store,
  faults: readFaults(options.faults, store),
  trace: options.trace,
  bug,
  untilBroken: options['until-broken'],
}
const processes = readNumber('processes', options.processes, 1, 64)
const started = performance.now()
const tally = processes > 1 ? await playInProcesses(plan, processes) : await playSeeds(plan)
if (options.tally) console.log(JSON.stringify(tally))
else report(tally, (performance.now() - started) / 1_000)
process.exitCode = tally.broken > 0 ? 1 : 0

function report(all: Tally, seconds: number): void {
  const { seeds, deviceDays, saves, requests, broken } = all
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  console.log(
    `${seeds} seeds, ${deviceDays.toFixed(1)} device-days (${(deviceDays / 365).toFixed(2)} years), ${saves} saves, ${requests} requests in ${seconds.toFixed(0)} s at ${commit}: ${broken} broken`,
  )
  const fired = Object.entries(all.fired).toSorted(([a], [b]) => (a < b ? -1 : 1))
  console.log(`Faults: ${fired.map(([fault, count]) => `${fault} ${count}`).join(', ')}`)
  const silent = faultsOver(store).filter(fault => !(fault in all.fired))
  if (silent.length > 0) console.log(`Never happened: ${silent.join(', ')}`)
  console.log(
    'Not covered yet: sign-in (invariant 23), files, repair and clients of another version (21, but for their fields).',
  )
}
