/** Makes the large demo store that the other benchmarks use, and prints how long it took. */
import { parseArgs } from 'node:util'
import { londonDate } from '../shared/time.ts'
import { BIG, makeStore } from './support/bigStore.ts'

const BAR_LENGTH = 40

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
  const people = Number(values.people)
  const size = {
    people,
    contactsPerPerson: Number(values['contacts-per-person']),
    seed: Number(values.seed),
    today: londonDate(Date.now()),
  }
  const { folder, seconds, contacts } = makeStore(size, showProgress(people))
  const made =
    seconds === 0
      ? 'was there already'
      : `made in ${seconds.toFixed(1)} s, ${Math.round(contacts / seconds)} contacts a second`
  console.log(`${people} people with ${contacts} contacts, ${made}: ${folder}`)
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
