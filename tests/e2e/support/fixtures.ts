import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { readOfficerKey, wrappedKey } from '../../support/officerStore.ts'
import { programPath } from '../../../scripts/electron.mjs'
import { stopAll } from './launches.ts'
import { startProcess, type Running } from './processes.ts'

type Host = 'browser-shell' | 'electron'
export interface HostOptions {
  readonly host: Host
}

/** Holdfast running on one PC, with its window. */
export interface Workstation {
  readonly page: Page
  readonly running: Running
  readonly folder: string
  /** The key of this user's store, as the application itself unwraps it. It must be running. */
  storeKey(userId: string): Promise<Uint8Array>
}

export interface WorkstationOptions {
  readonly folder: string
  /** Flags after the program's own. */
  readonly args: readonly string[]
  readonly window?: BrowserContextOptions
  readonly env?: Readonly<Record<string, string>>
  /** A command that starts the application, for example in another view of the disk. */
  readonly prefix?: readonly string[]
}

interface Fixtures extends HostOptions {
  /** A folder of this test's own; everything in it, and everything that works for it, goes with the test. */
  readonly folder: string
  readonly openWorkstation: (options: WorkstationOptions) => Promise<Workstation>
}

/** 1280 x 800 is the window of most offices. */
export const DEFAULT_WINDOW: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-GB' }

export const test = base.extend<Fixtures>({
  host: ['browser-shell', { option: true }],

  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'))
    await use(folder)
    await stopAll(folder)
    rmSync(folder, { recursive: true, force: true })
  },

  openWorkstation: async ({ host, browser }, use) => {
    const started: Running[] = []
    await use(options =>
      host === 'electron' ? openInElectron(options, started) : openInShell(browser, options, started),
    )
    for (const running of started) await running.stop()
  },
})

export { expect } from '@playwright/test'

async function openInShell(
  browser: Browser,
  { folder, args, window, env, prefix = [] }: WorkstationOptions,
  started: Running[],
): Promise<Workstation> {
  const [program = '', ...rest] = [
    ...prefix,
    process.execPath,
    '--import',
    './tests/browser-shell/register.ts',
    'build/app/main/main.js',
    '--user-data-dir',
    folder,
    '--stop-with-stdin',
    ...args,
  ]
  const running = startProcess(program, rest, env)
  started.push(running)
  const address = await running.line(/ready at (\S+)/)
  const context = await browser.newContext({ ...DEFAULT_WINDOW, ...window })
  const page = await context.newPage()
  await page.goto(address)
  await isReady(page)
  running.process.once('exit', () => void context.close().catch(() => undefined))
  return { page, running, folder, storeKey: userId => Promise.resolve(readOfficerKey(folder, userId)) }
}

/** The first screen is there: from here on keys are heard. */
const isReady = (page: Page): Promise<void> => page.getByRole('heading', { level: 1 }).first().waitFor()

async function openInElectron(
  { folder, args, window, env, prefix = [] }: WorkstationOptions,
  started: Running[],
): Promise<Workstation> {
  const [executablePath = '', ...rest] = [...prefix, programPath() ?? '', '.', '--user-data-dir', folder, ...args]
  const application = await _electron.launch({
    executablePath,
    args: rest,
    env: { ...process.env, ...env } as Record<string, string>,
  }) // Node leaves out what is undefined
  const child = application.process()
  const ended = new Promise<number>(resolve =>
    child.once('exit', code => {
      resolve(code ?? 1)
    }),
  )
  const running: Running = {
    process: child,
    output: () => '',
    ended,
    line: () => Promise.resolve('electron'),
    async stop() {
      await application.close()
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
  started.push(running)
  const page = await application.firstWindow()
  const { width = 1280, height = 800 } = (window ?? DEFAULT_WINDOW).viewport ?? {}
  await page.setViewportSize({ width, height })
  await isReady(page)
  return {
    page,
    running,
    folder,
    async storeKey(userId) {
      // Only this process may ask the operating system.
      const key = await application.evaluate(
        ({ safeStorage }, wrapped) => safeStorage.decryptString(Buffer.from(wrapped, 'base64')),
        wrappedKey(folder, userId),
      )
      return Buffer.from(key, 'base64')
    },
  }
}
