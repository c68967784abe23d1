import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPath } from '../../scripts/chromium.mjs'
import { expect, test } from './support/fixtures.ts'
import { commandOf, endAll, launch, nothingIsLeft, openLaunched, processesOf, ready } from './support/launches.ts'

const SMALL = ['--people', '3']

test.setTimeout(120_000)

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
  const launched = launch(join(folder, 'data'), SMALL, { DISPLAY: ':77', CHROMIUM_PATH: browser })
  const { address } = await ready(launched)
  expect(launched.output()).toMatch(/Showing the window in Chromium: Electron/)
  const [window = 0] = processesOf(`--app=${address}`)
  process.kill(window, 'SIGTERM')
  expect(await launched.ended).toBe(0)
  await nothingIsLeft(folder)
})

test('Ctrl-C stops everything that was started, and the next start works', async ({ folder, page }) => {
  const first = launch(folder, ['--headless', ...SMALL])
  await ready(first)
  first.interrupt()
  await first.ended
  await nothingIsLeft(folder)
  const again = launch(folder, ['--headless', ...SMALL])
  await openLaunched(page, again)
  again.interrupt()
  await again.ended
  await nothingIsLeft(folder)
})

for (const victim of ['npm start', 'scripts/start.mjs', 'scripts/launch.mjs', 'main/main.js', 'central/main.ts']) {
  test(`kill -9 of ${victim} leaves no process behind, and the next start works`, async ({ folder, page }) => {
    const first = launch(folder, ['--headless', ...SMALL])
    await ready(first)
    const [pid = 0] = processesOf(folder).filter(one => commandOf(one).includes(victim))
    process.kill(pid, 'SIGKILL')
    await nothingIsLeft(folder)
    const again = launch(folder, ['--headless', ...SMALL])
    await openLaunched(page, again)
    again.interrupt()
    await nothingIsLeft(folder)
  })
}

test('after kill -9 of everything the next start works', async ({ folder, page }) => {
  const first = launch(folder, ['--headless', ...SMALL])
  await ready(first)
  endAll(folder)
  await nothingIsLeft(folder)
  const again = launch(folder, ['--headless', ...SMALL])
  await openLaunched(page, again)
  await expect(page.getByText('Demo office')).toBeVisible()
  again.interrupt()
  await nothingIsLeft(folder)
})

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
