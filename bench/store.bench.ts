/** Makes the demo office of a first start, and the large store that the other benchmarks use; prints how long they took. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fillDemoStore } from '../electron/demoOffice.ts'
import { demoOfficer } from '../electron/demoOfficer.ts'
import { invariant } from '../shared/result.ts'
import { londonDate } from '../shared/time.ts'
import { startProcess } from '../tests/e2e/support/processes.ts'
import { BIG, makeStore } from './support/bigStore.ts'
import { openBenchEngine } from './support/engine.ts'
import { judge } from './support/measure.ts'
import { times } from './support/quick.ts'

const BAR_LENGTH = 40
const FIRST_STARTS = times(3)
/** As `npm start` makes it. */
const FIRST = { people: times(40, 5), contactsPerPerson: times(60, 5), seed: 1 }
const GOAL_S = 3

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: String(BIG.people) },
    'contacts-per-person': { type: 'string', default: String(BIG.contactsPerPerson) },
    seed: { type: 'string', default: String(BIG.seed) },
    quick: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

if (values.help) {
  console.log('Usage: npm run bench -- store [--people N] [--contacts-per-person N] [--seed N] [--quick]')
} else {
  const centre: number[] = []
  const officer: number[] = []
  for (let start = 0; start < FIRST_STARTS; start++) {
    centre.push(await inFolder(fillCentre))
    officer.push(await inFolder(fillOfficersStore))
  }
  makeLargeStore()
  const [centreMost, officerMost] = [Math.max(...centre), Math.max(...officer)]
  console.log(`The office of a first start, ${FIRST.people} people, the longest of ${FIRST_STARTS}:`)
  console.log(`  npm start: the centre is filled in ${centreMost.toFixed(1)} s`)
  console.log(`  npm start -- --central none: the store is opened and filled in ${officerMost.toFixed(1)} s`)
  judge([
    { what: 'the centre of a first start', value: centreMost, limit: GOAL_S, is: 'at most', unit: ' s' },
    {
      what: 'the store of a first start without a centre',
      value: officerMost,
      limit: GOAL_S,
      is: 'at most',
      unit: ' s',
    },
  ])
}

function makeLargeStore(): void {
  const people = Number(values.people)
  const size = {
    people,
    contactsPerPerson: Number(values['contacts-per-person']),
    seed: Number(values.seed),
    today: londonDate(Date.now()),
  }
  const { folder, seconds, contacts } = makeStore(size, showProgress(people))
  const pace = `${Math.round(contacts / seconds)} contacts a second`
  console.log(`${people} people with ${contacts} contacts, made in ${seconds.toFixed(1)} s, ${pace}: ${folder}\n`)
}

async function inFolder(work: (folder: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seconds of `central/main.ts demo`, which does at once what `npm start` has done by `--demo`, without PostgreSQL's start. */
async function fillCentre(folder: string): Promise<number> {
  const size = ['--people', String(FIRST.people), '--contacts-per-person', String(FIRST.contactsPerPerson)]
  const centre = startProcess(process.execPath, ['central/main.ts', 'demo', ...size, '--data-folder', folder])
  const seconds = await centre.line(/ records, in ([\d.]+) s$/)
  invariant((await centre.ended) === 0, 'the demo office was made')
  // For root PostgreSQL keeps its files elsewhere.
  rmSync(realpathSync(join(folder, 'postgres')), { recursive: true })
  return Number(seconds)
}

/** Seconds of the engine's first start on a PC without a centre: a new store, the office in it, every commit on the disk. */
async function fillOfficersStore(folder: string): Promise<number> {
  const actor = demoOfficer(undefined)?.actor
  invariant(actor, 'the demo office has officers')
  const start = performance.now()
  const { engine } = openBenchEngine(folder, { actor, fillStore: fillDemoStore(FIRST) })
  const seconds = (performance.now() - start) / 1000
  await engine.stop()
  return seconds
}

function showProgress(people: number): (done: number) => void {
  let shown = -1
  return done => {
    const filled = Math.floor((done / people) * BAR_LENGTH)
    if (filled === shown || !process.stderr.isTTY) return
    shown = filled
    process.stderr.write(
      `\r[${'#'.repeat(filled)}${' '.repeat(BAR_LENGTH - filled)}] ${done} of ${people} people${filled === BAR_LENGTH ? '\n' : ''}`,
    )
  }
}
