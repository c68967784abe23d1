import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { aFolder } from '../support/temporary.ts'
import { openChromium } from './chromiumWindow.ts'

/** A program in Chromium's place that does this. */
function aBrowser(script: string): string {
  const browser = join(aFolder(), 'chromium')
  writeFileSync(browser, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return browser
}

/** What is told once the window is gone. */
const closed = (browser: string, wasShown: boolean): Promise<string | undefined> =>
  new Promise(onClosed => {
    openChromium({ browser, address: 'http://127.0.0.1:1/', wasShown: () => wasShown, onClosed })
  })

describe('a Chromium window', () => {
  it.each(['exit 0', 'kill -TERM $$', 'kill -INT $$'])('that was seen and ends with %s was closed', async script => {
    expect(await closed(aBrowser(script), true)).toBeUndefined()
  })

  it.each([
    ['exit 3', false, 'ended before it showed anything, with code 3:\n  no display\n'],
    ['exit 0', false, 'ended before it showed anything, with code 0:\n  no display\n'],
    ['exit 3', true, 'ended, with code 3:\n  no display\n'],
    ['kill -SEGV $$', true, 'ended, with SIGSEGV:\n  no display\n'],
  ])('with %s, seen: %s, is a failure that says what it said and what to do', async (script, wasShown, says) => {
    const problem = await closed(aBrowser(`echo 'no display' >&2; ${script}`), wasShown)

    expect(problem).toContain(says)
    expect(problem).toContain('CHROMIUM_PATH')
  })

  it('that is not there is a failure', async () => {
    expect(await closed('/no/such/chromium', false)).toContain('could not be started: spawn /no/such/chromium ENOENT')
  })
})

it('the application stops in good order and ends with 1 when its window failed', async () => {
  const folder = aFolder()
  writeFileSync(join(folder, 'preload.cjs'), '')
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { app, BrowserWindow } from 'electron'
     app.on('window-all-closed', () => { console.log('the store is closed'); app.exit(0) })
     new BrowserWindow({ webPreferences: { preload: 'preload.cjs' } }).loadURL('app://holdfast/')`,
  )
  const register = pathToFileURL(join(import.meta.dirname, 'register.ts')).href

  const child = spawn(process.execPath, ['--import', register, 'main.mjs'], {
    cwd: folder,
    env: { ...process.env, HOLDFAST_SHELL_BROWSER: aBrowser('echo no display >&2; exit 1') },
  })
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])

  expect(out).toBe('the store is closed\n')
  expect(error).toContain('no display')
  expect(child.exitCode).toBe(1)
})
