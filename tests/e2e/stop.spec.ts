import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPath } from '../../scripts/chromium.mjs'
import { commandOf, processesOf, processesWith } from '../support/processList.ts'
import { expect, test } from './support/fixtures.ts'
import { killAll, launch, nothingIsLeft, openLaunched, ready, type Launch } from './support/launches.ts'

const SMALL = ['--people', '3']

/** A Chromium that needs no display, for a window that is one all the same. */
function headlessBrowser(folder: string): string {
  const script = join(folder, 'chromium')
  writeFileSync(script, `#!/bin/sh\nexec '${chromiumPath() ?? ''}' --headless=new "$@"\n`)
  chmodSync(script, 0o700)
  return script
}

test('the window is a Chromium window where Electron cannot run, and closing it ends everything', async ({
  folder,
}) => {
  const browser = headlessBrowser(folder)
  const launched = launch(join(folder, 'data'), SMALL, {
    DISPLAY: ':77',
    HOLDFAST_WINDOW: 'chromium',
    CHROMIUM_PATH: browser,
  })
  const { address } = await ready(launched)
  expect(launched.output()).toMatch(/Showing the window in Chromium: Electron/)
  const [window = 0] = processesWith(`--app=${address}`)
  process.kill(window, 'SIGTERM')
  expect(await launched.ended).toBe(0)
  await nothingIsLeft(folder)
})

test('whatever ends it, Ctrl-C or kill -9 of any part, the next start works and nothing is left behind', async ({
  folder,
  page,
}) => {
  const ways: Readonly<Record<string, (launched: Launch) => void>> = {
    'Ctrl-C': launched => launched.interrupt(),
    ...Object.fromEntries(PARTS.map(part => [`kill -9 of ${part}`, () => kill(part, folder)])),
    'kill -9 of everything': () => killAll(folder),
  }
  for (const [name, end] of Object.entries(ways)) {
    await test.step(name, async () => {
      const launched = launch(folder, ['--headless', ...SMALL])
      await ready(launched)
      end(launched)
      await launched.ended
      await nothingIsLeft(folder)
    })
  }
  await test.step('kill -9 of PostgreSQL, which comes back, and of its keeper, without whom only the next start stops it', async () => {
    const launched = launch(folder, ['--headless', ...SMALL])
    await ready(launched)
    const killed = kill(POSTGRES, folder)
    // A new process may still be a start that fails because the old one's children are not gone yet.
    await expect.poll(() => [killed, undefined].includes(takesConnections(folder))).toBe(false)
    kill('postgres/keeper.ts', folder)
    await launched.ended
    await expect.poll(() => processesOf(folder).map(commandOf)).toEqual([expect.stringContaining(POSTGRES)])
  })
  const last = launch(folder, ['--headless', ...SMALL])
  await openLaunched(page, last)
  await expect(page.getByText('Demo office')).toBeVisible()
  last.interrupt()
  await nothingIsLeft(folder)
})

/** Each of these ends everything. */
const PARTS = ['npm start', 'scripts/start.mjs', 'scripts/launch.mjs', 'main/main.js', 'central/main.ts']
const POSTGRES = 'bin/postgres -D'

const processesOfPart = (part: string, folder: string): readonly number[] =>
  processesOf(folder).filter(pid => commandOf(pid).includes(part))

/** The process of a PostgreSQL that takes connections, by the file it writes about itself: first the process, last its state. */
function takesConnections(folder: string): number | undefined {
  const path = join(folder, 'central/postgres/data/postmaster.pid')
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
  return lines.at(-1)?.trim() === 'ready' ? Number(lines[0]) : undefined
}

function kill(part: string, folder: string): number {
  const [pid] = processesOfPart(part, folder)
  if (pid === undefined) throw new Error(`There is no process of ${part}`)
  process.kill(pid, 'SIGKILL')
  return pid
}

test('a second start on the same data folder ends with 2 and names the first', async ({ folder }) => {
  const first = launch(folder, ['--headless', '--central', 'none', ...SMALL])
  const { address } = await ready(first)
  const second = launch(folder, ['--headless', '--central', 'none'])
  expect(await second.ended).toBe(2)
  expect(second.output()).toContain(`Holdfast is already running with the data in ${folder}`)
  expect(second.output()).toMatch(/It is process \d+, at http/)
  expect(second.output()).toContain(new URL(address).host)
  first.interrupt()
  await nothingIsLeft(folder)
})
