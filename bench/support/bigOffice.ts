import { closeSync, cpSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { buildIfStale } from '../../scripts/build.mjs'
import { chromiumPath } from '../../scripts/chromium.mjs'
import { officerFolder } from '../../electron/platform/enrolment.ts'
import { writeSecret } from '../../electron/platform/secretFiles.ts'
import { invariant } from '../../shared/result.ts'
import { londonDate } from '../../shared/time.ts'
import { CHROMIUM_FLAGS } from '../../tests/browser-shell/chromiumWindow.ts'
import { developmentSafeStorage } from '../../tests/browser-shell/safeStorage.ts'
import { startProcess, type Running } from '../../tests/e2e/support/processes.ts'
import { BIG, makeStore, storeFile } from './bigStore.ts'
import { BENCH_KEY } from './engine.ts'

/** A PC with every case of the large office, and a browser for its window. */
export interface BigOffice {
  readonly browser: Browser
  /** Starts the application; its page is not open yet. */
  start(): Promise<Started>
  end(): Promise<void>
}

/** @param userId of the demo office: the officers have the fuller diaries, the senior may open every case. */
export async function openBigOffice(userId: 'morgan.ashby' | 'priya.hartwell'): Promise<BigOffice> {
  await buildIfStale()
  const data = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const officer = officerFolder(data, userId)
  mkdirSync(officer, { recursive: true })
  copyDurably(storeFile(makeStore({ ...BIG, today: londonDate(Date.now()) }).folder), storeFile(officer))
  const safeStorage = { ...developmentSafeStorage(() => data), label: 'development' as const }
  writeSecret(safeStorage, join(officer, 'store-key.json'), Buffer.from(BENCH_KEY).toString('base64'))
  const browser = await openBrowser()
  return {
    browser,
    start: () => startApplication(['--user-data-dir', data, '--central', 'none', '--user', userId]),
    async end() {
      await browser.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** The first save would otherwise wait until the disk has the whole copy. */
function copyDurably(from: string, to: string): void {
  cpSync(from, to)
  const file = openSync(to, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** The browser whose pages are the windows of the application. */
export async function openBrowser(): Promise<Browser> {
  const program = chromiumPath()
  invariant(program !== undefined, 'a benchmark that draws a window says needsChromium')
  const args = CHROMIUM_FLAGS.filter(flag => flag !== '--incognito')
  return chromium.launch({ executablePath: program, args })
}

interface Started {
  readonly running: Running
  readonly address: string
}

/** @param imports modules that every thread of it loads first. */
export async function startApplication(flags: readonly string[], imports: readonly string[] = []): Promise<Started> {
  const running = startProcess(process.execPath, [
    ...[...imports, './tests/browser-shell/register.ts'].flatMap(path => ['--import', path]),
    'build/app/main/main.js',
    ...flags,
    '--stop-with-stdin',
  ])
  return { running, address: await running.line(/ready at (\S+)/) }
}

/** A new window of the size that most offices have. */
export async function openWindow(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  return context.newPage()
}
