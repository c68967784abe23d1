/** 50,000 rows come in while an officer types and saves: how late the main process and the window come, and what a save takes. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { generateDemo } from '../demo/generate.ts'
import { demoOffice } from '../demo/office.ts'
import { buildIfStale } from '../scripts/build.mjs'
import type { CallName, Input, Output } from '../shared/ipc/contract.ts'
import type { Result } from '../shared/result.ts'
import { londonDate } from '../shared/time.ts'
import { focused } from '../tests/e2e/support/keyboard.ts'
import { aNewContact } from './support/aNewContact.ts'
import { openBrowser, openWindow, startApplication } from './support/bigOffice.ts'
import { openBenchCentre } from './support/centre.ts'
import { senior } from './support/engine.ts'
import { typeKeys } from './support/keys.ts'
import { durableWriteFloor, judge, printTimes, summarise } from './support/measure.ts'
import { times } from './support/quick.ts'
import { until } from './support/until.ts'

export const needsChromium = true

const PEOPLE = times(620, 8)
const CONTACTS_PER_PERSON = times(80, 10)
const KEYS_A_TURN = 10
const SAVES_A_TURN = 4
const NOTE = 'Arrived on time, settled. '.repeat(16)
const KEYS = [...'Arrived on time and settled; talked about the tenancy. ']

await buildIfStale()
const size = { people: PEOPLE, contactsPerPerson: CONTACTS_PER_PERSON, seed: 1, today: londonDate(Date.now()) }
const cases = [...generateDemo(size)]
const centre = await openBenchCentre(demoOffice, cases)
const data = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
process.env.LOOP_FOLDER = mkdtempSync(join(tmpdir(), 'holdfast-bench-loop-'))
const loopFolder = process.env.LOOP_FOLDER
const browser = await openBrowser()
const token = await centre.enrol(senior.userId)
const { running, address } = await startApplication(
  ['--user-data-dir', data, '--central', centre.url, '--enrol', token],
  ['./bench/support/watchLoop.ts'],
)
const page = await openWindow(browser)
await page.goto(address)
const empty = await openWindow(browser)
await empty.setContent('<textarea autofocus></textarea>')

const ask = <Name extends CallName>(name: Name, input: Input<Name>) =>
  page.evaluate(
    async ([called, given]) => {
      const start = performance.now()
      const result = await (window as unknown as ApiWindow).api.invoke(called, given)
      return { took: performance.now() - start, result }
    },
    [name, input] as const,
  ) as Promise<{ took: number; result: Result<Output<Name>> }>

interface ApiWindow {
  readonly api: { invoke(name: string, input: unknown): Promise<unknown> }
}

async function valueOf<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  const { result } = await ask(name, input)
  if (!result.ok) throw new Error(`${name} was refused: ${JSON.stringify(result.error)}`)
  return result.value
}

const firstRows = () => valueOf('caseload.list', { words: '', sort: 'name', limit: 5, offset: 0 })
while ((await firstRows()).rows.length < 2);
const [mine, other] = (await firstRows()).rows.map(row => row.person.caseId)

// ---- While rows come in: ten keys in the note, ten in an empty text box, some saves, and again.

await toNote(page)
await watchWindow(page)
writeFileSync(join(loopFolder, 'begin'), '')
const started = performance.now()
const disk = durableWriteFloor(data)
const taken = { floor: [] as number[], note: [] as number[], save: [] as number[], disk: [] as number[] }
let turn = 0
const before = (await valueOf('sync.status', {})).cases
for (let known = before; known.complete < known.all || turn === 0;) {
  const keys = Array.from({ length: KEYS_A_TURN }, (_, at) => KEYS[(turn * KEYS_A_TURN + at) % KEYS.length] ?? ' ')
  await page.bringToFront()
  taken.note.push(...(await typeKeys(page, keys)))
  for (let save = 0; save < SAVES_A_TURN; save++) {
    taken.disk.push(disk.step())
    const saved = await ask('contacts.record', aNewContact(other ?? '', `${NOTE} ${turn} ${save}`))
    if (!saved.result.ok) throw new Error(`a save was refused: ${JSON.stringify(saved.result.error)}`)
    taken.save.push(saved.took)
  }
  await empty.bringToFront()
  taken.floor.push(...(await typeKeys(empty, keys)))
  turn++
  known = (await valueOf('sync.status', {})).cases
}
const seconds = (performance.now() - started) / 1_000
disk.end()
const window_ = await windowDelays(page)
writeFileSync(join(loopFolder, 'end'), '')
await until(() => ['main', 'engine'].every(name => existsSync(join(loopFolder, `${name}.json`))), 30_000)
const [main, engine] = [readLoop('main'), readLoop('engine')]
const transactions = summarise(engine.transactions)
const [mainTimes, engineTimes] = [summarise(main.late), summarise(engine.late)]
await running.stop()
await browser.close()
await centre.close()
for (const folder of [data, loopFolder]) rmSync(folder, { recursive: true, force: true })

/** What `watchLoop` wrote of this thread. */
function readLoop(name: string): { readonly late: number[]; readonly transactions: number[] } {
  return JSON.parse(readFileSync(join(loopFolder, `${name}.json`), 'utf8')) as ReturnType<typeof readLoop>
}

/** The note of the first case, by the keyboard. */
async function toNote(window: Page): Promise<void> {
  await window.evaluate(caseId => {
    location.hash = `#/case/${caseId}`
  }, mine ?? '')
  await window.getByRole('region', { name: 'Last three notes' }).waitFor()
  await window.keyboard.press('r')
  await focused(window, 'radio', /Office visit/)
  await window.keyboard.press('2')
  await focused(window, 'textbox', 'Note')
}

function watchWindow(window: Page): Promise<void> {
  return window.evaluate(() => {
    const late: number[] = []
    Object.assign(globalThis, { windowLate: late })
    const EVERY_MS = 10
    let due = performance.now() + EVERY_MS
    const look = (): void => {
      // A page behind another has its timers held back.
      if (document.hasFocus()) late.push(Math.max(0, performance.now() - due))
      due = performance.now() + EVERY_MS
      setTimeout(look, EVERY_MS)
    }
    setTimeout(look, EVERY_MS)
  })
}

function windowDelays(window: Page): Promise<readonly number[]> {
  return window.evaluate(() => (globalThis as unknown as { windowLate: number[] }).windowLate)
}

const rows = cases.reduce((sum, one) => sum + one.rows.length, 0)
const windowTimes = summarise(window_)
const [floor, note, save] = [summarise(taken.floor), summarise(taken.note), summarise(taken.save)]
console.log(
  `${rows} rows; of ${before.all} cases ${before.all - before.complete} came in while ${taken.note.length} keys and ${taken.save.length} saves were made, in ${seconds.toFixed(0)} s`,
)
printTimes({
  'the main process comes late by': mainTimes,
  'the window comes late by': windowTimes,
  'the engine comes late by': engineTimes,
  'a transaction of the engine': transactions,
  'floor: 4 KiB written and on the disk': summarise(taken.disk),
  'a save, from the window and back': save,
  'floor: a key in an empty text box': floor,
  'a key in the note': note,
})
console.log(`longest transaction of the engine ${transactions.max.toFixed(1)} ms, of ${engine.transactions.length}`)
judge([
  { what: 'main comes late, p99', value: mainTimes.p99, limit: 20, is: 'at most', unit: ' ms' },
  { what: 'the window comes late, p99', value: windowTimes.p99, limit: 20, is: 'at most', unit: ' ms' },
  { what: 'a save, p99', value: save.p99, limit: 50, is: 'at most', unit: ' ms' },
  {
    what: 'p99 of a key in the note over the floor',
    value: note.p99 - floor.p99,
    limit: 34,
    is: 'at most',
    unit: ' ms',
  },
])
