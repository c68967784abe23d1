/** Key press to the next paint in the note, Find and the caseload filter, against an empty text box of the same browser. */
import type { Page } from '@playwright/test'
import { focused, openCaseload } from '../tests/e2e/support/keyboard.ts'
import { openBigOffice, openWindow } from './support/bigOffice.ts'
import { typeKeys } from './support/keys.ts'
import { judge, printTimes, summarise } from './support/measure.ts'
import { times } from './support/quick.ts'

export const needsChromium = true

const ROUNDS = times(10)
const KEYS_A_ROUND = times(50, 5)
const OVER_THE_FLOOR_MS = 34
const TEXT = 'Arrived on time and settled; talked about the tenancy, the rent account and the course on Thursdays. '

type Field = 'floor' | 'note' | 'find' | 'filter'

const office = await openBigOffice('priya.hartwell')
const { running, address } = await office.start()
const application = await openWindow(office.browser)
await application.goto(address)
await application.getByRole('heading', { level: 1 }).first().waitFor()
const empty = await openWindow(office.browser)
await empty.setContent('<textarea autofocus></textarea>')

let notesBegun = 0

/** Goes to the field by the keyboard, with nothing typed in it. */
const goTo: Readonly<Record<Field, () => Promise<Page>>> = {
  async floor() {
    await empty.bringToFront()
    await empty.locator('textarea').fill('')
    return empty
  },
  async note() {
    await toCaseload()
    // Who had a note before has a draft now, which opens in another place.
    for (let row = 0; row < notesBegun; row++) await application.keyboard.press('ArrowDown')
    notesBegun++
    await application.keyboard.press('r')
    await focused(application, 'radio', /Office visit/)
    await application.keyboard.press('2')
    await focused(application, 'textbox', 'Note')
    return application
  },
  async find() {
    await toCaseload()
    await application.keyboard.press('Control+k')
    await focused(application, 'combobox', /Find/)
    return application
  },
  async filter() {
    await toCaseload()
    await application.keyboard.press('/')
    await focused(application, 'textbox', /Filter/)
    await application.keyboard.press('Control+a')
    await application.keyboard.press('Delete')
    return application
  },
}

/** By way of Today: who is on the caseload already stays in its filter. */
async function toCaseload(): Promise<void> {
  await application.bringToFront()
  await application.keyboard.press('Escape')
  await application.keyboard.press('Control+1')
  await application.getByRole('listbox', { name: /^Diary/ }).waitFor({ state: 'attached' })
  await openCaseload(application)
}

/** Types a part of the text, one key after the other's paint; returns the milliseconds of each. */
async function typeInto(field: Field, round: number): Promise<readonly number[]> {
  const page = await goTo[field]()
  const keys = Array.from({ length: KEYS_A_ROUND }, (_, key) => TEXT[(round * KEYS_A_ROUND + key) % TEXT.length] ?? ' ')
  return typeKeys(page, keys)
}

const taken: Readonly<Record<Field, number[]>> = { floor: [], note: [], find: [], filter: [] }
for (let round = 0; round < ROUNDS; round++) {
  for (const field of ['floor', 'note', 'find', 'filter'] as const) taken[field].push(...(await typeInto(field, round)))
}
await running.stop()
await office.end()

const floor = summarise(taken.floor)
const results = { note: summarise(taken.note), find: summarise(taken.find), filter: summarise(taken.filter) }
printTimes({
  'floor: an empty text box': floor,
  'the note': results.note,
  'Find, over 5,000 people and 300,000 notes': results.find,
  'the filter of the caseload': results.filter,
})
judge(
  Object.entries(results).map(([field, { p99 }]) => ({
    what: `p99 of ${field} over the floor`,
    value: p99 - floor.p99,
    limit: OVER_THE_FLOOR_MS,
    is: 'at most' as const,
    unit: ' ms',
  })),
)
