/** Cold start to Today on a store of 300,000 contacts, against an empty process and an empty page. */
import { openBigOffice, openWindow } from './support/bigOffice.ts'
import { judge, printTimes, summarise } from './support/measure.ts'
import { times } from './support/quick.ts'
import { startProcess } from '../tests/e2e/support/processes.ts'

export const needsChromium = true

const STARTS = times(10)
const GOAL_MS = 2_000

const office = await openBigOffice('morgan.ashby')
const taken = { floor: [] as number[], ready: [] as number[], today: [] as number[] }
for (let start = 0; start < STARTS; start++) {
  taken.floor.push(await timeFloor())
  await startOnce()
}
await office.end()

async function startOnce(): Promise<void> {
  const began = performance.now()
  const { running, address } = await office.start()
  taken.ready.push(performance.now() - began)
  const page = await openWindow(office.browser)
  await page.goto(address)
  // On a Saturday nobody is in it.
  await page.getByRole('listbox', { name: /^Diary/ }).waitFor({ state: 'attached' })
  await page.getByRole('listbox', { name: 'Owed' }).waitFor()
  taken.today.push(performance.now() - began)
  await page.context().close()
  await running.stop()
}

/** What cannot be saved: a Node process that does nothing, then a page with nothing on it. */
async function timeFloor(): Promise<number> {
  const began = performance.now()
  await startProcess(process.execPath, ['-e', '']).ended
  const page = await openWindow(office.browser)
  await page.goto('data:text/html,<h1>Empty</h1>')
  const milliseconds = performance.now() - began
  await page.context().close()
  return milliseconds
}

const results = { floor: summarise(taken.floor), ready: summarise(taken.ready), today: summarise(taken.today) }
console.log('The disk is warm, the browser runs already; everything else starts from nothing.\n')
printTimes({
  'floor: an empty process, then an empty page': results.floor,
  'the application says that it is ready': results.ready,
  'Today is on the screen': results.today,
})
console.log(`\n${(results.today.p50 / results.floor.p50).toFixed(1)} times the floor`)
judge([{ what: 'p95 of cold start to Today', value: results.today.p95, limit: GOAL_MS, is: 'at most', unit: ' ms' }])
