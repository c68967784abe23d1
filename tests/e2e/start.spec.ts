import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { commandOf, processesWith } from '../support/processList.ts'
import { expect, test } from './support/fixtures.ts'
import { launch, openLaunched, ready } from './support/launches.ts'
import { openCaseload } from './support/keyboard.ts'
import { startCentral } from './support/office.ts'

const root = join(import.meta.dirname, '../..')
const SMALL = ['--people', '3']

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function namesInCaseload(page: Page): Promise<readonly string[]> {
  await openCaseload(page)
  return page.getByRole('gridcell', { name: / [A-Z]\d{6}/ }).allInnerTexts()
}

/** What each flag of `--help` does; a flag without a proof fails below. */
const proofs: Readonly<Record<string, (folder: string, page: Page) => Promise<void>>> = {
  async '--user-data-dir'(folder) {
    const launched = launch(join(folder, 'data'), ['--headless', '--central', 'none', ...SMALL])
    await ready(launched)
    expect(existsSync(join(folder, 'data', 'officers', 'morgan.ashby', 'store.db'))).toBe(true)
  },
  async '--port'(folder) {
    const port = await freePort()
    const launched = launch(folder, ['--headless', '--central', 'none', ...SMALL, '--port', String(port)])
    expect((await ready(launched)).address).toContain(`http://127.0.0.1:${port}/`)
  },
  async '--headless'(folder, page) {
    const launched = launch(folder, ['--headless', '--central', 'none', ...SMALL], { DISPLAY: ':77' })
    await openLaunched(page, launched)
    expect(processesWith('--app=').filter(pid => commandOf(pid).includes(new URL(page.url()).host))).toEqual([])
  },
  async '--central'(folder, page) {
    const launched = launch(folder, ['--headless', '--central', 'none', ...SMALL])
    expect((await ready(launched)).central).toBe('none')
    await openLaunched(page, launched)
    await expect(page.getByText('Demo office')).toBeVisible()
  },
  async '--enrol'(folder, page) {
    const central = await startCentral({ folder: join(folder, 'central'), people: 3 })
    const token = await central.enrol('dev.larkhill')
    const flags = ['--headless', '--central', central.url, '--enrol', token]
    const launched = launch(join(folder, 'pc'), flags)
    expect((await ready(launched)).central).toBe(central.url)
    await openLaunched(page, launched)
    await expect(page.getByText('Dev Larkhill').first()).toBeVisible()
  },
  async '--no-demo'(folder) {
    const refused = launch(folder, ['--headless', '--no-demo'])
    expect(await refused.ended).toBe(2)
    expect(refused.output()).toContain('--no-demo: give --central URL as well')
    const central = await startCentral({ folder: join(folder, 'central') })
    const launched = launch(join(folder, 'pc'), ['--headless', '--no-demo', '--central', central.url])
    expect(await launched.ended).toBe(2)
    expect(launched.output()).toContain('Nobody is enrolled')
    expect(existsSync(join(folder, 'pc', 'officers'))).toBe(false)
  },
  async '--user'(folder, page) {
    const launched = launch(folder, ['--headless', '--central', 'none', ...SMALL, '--user', 'priya.hartwell'])
    await openLaunched(page, launched)
    await expect(page.getByText('Priya Hartwell').first()).toBeVisible()
  },
  async '--people'(folder, page) {
    const launched = launch(folder, ['--headless', '--central', 'none', '--user', 'priya.hartwell', '--people', '7'])
    await openLaunched(page, launched)
    expect(await namesInCaseload(page)).toHaveLength(7)
  },
  async '--seed'(folder, page) {
    const namesOf = async (seed: string): Promise<readonly string[]> => {
      const flags = ['--headless', '--central', 'none', '--people', '5', '--seed', seed]
      const launched = launch(join(folder, seed), flags)
      await openLaunched(page, launched)
      const names = await namesInCaseload(page)
      launched.interrupt()
      await launched.ended
      return names
    }
    expect(await namesOf('2')).not.toEqual(await namesOf('3'))
  },
  async '--help'(folder) {
    const launched = launch(folder, ['--help'])
    expect(await launched.ended).toBe(0)
    expect(launched.output()).toContain('Usage: npm start')
  },
}

const flagsOfHelp = [
  ...execFileSync('node', ['scripts/start.mjs', '--help'], { cwd: root, encoding: 'utf8' }).matchAll(
    /^ {2}(--[\w-]+)/gm,
  ),
].map(([, flag = '']) => flag)

test('every flag of --help has its proof here', () => {
  expect(Object.keys(proofs).toSorted()).toEqual(flagsOfHelp.toSorted())
})

for (const flag of flagsOfHelp) {
  test(`npm start ${flag}`, async ({ folder, page }) => {
    await proofs[flag]?.(folder, page)
  })
}

test('a value that cannot be read is named with what would be right, and nothing starts', async ({ folder }) => {
  const wrong = [
    ['--people', 'many', '--people: give a number from 1 to 20000'],
    ['--seed', 'x', '--seed: give a number from 0'],
    ['--port', '70000', '--port: give a number from 0 to 65535'],
    ['--central', 'here', '--central: give the address of the service, or none'],
  ]
  for (const [flag = '', value = '', message = ''] of wrong) {
    const launched = launch(folder, [flag, value])
    expect(await launched.ended).toBe(2)
    expect(launched.output()).toContain(message)
  }
  expect(existsSync(join(folder, 'central'))).toBe(false)
})
