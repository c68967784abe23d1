import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Started like this, Chromium leaves no trace of what it showed and asks the network for nothing of its own. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--incognito',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-features=Translate,MediaRouter',
  ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : []),
]

const LINES_SHOWN = 15
const STOPPED_FROM_OUTSIDE: readonly unknown[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

interface ChromiumWindow {
  /** Program of Chromium. */
  readonly browser: string
  readonly address: string
  /** Whether its page was ever there. */
  readonly wasShown: () => boolean
  /** `problem` says why it is gone, where nobody closed it. */
  readonly onClosed: (problem?: string) => void
}

/**
 * Opens the address in a Chromium window of its own, without tabs or an address bar.
 *
 * Chromium ends when its debugging pipe does, so it goes with this process however that ends.
 *
 * @returns how to close it.
 */
export function openChromium({ browser, address, wasShown, onClosed }: ChromiumWindow): () => void {
  const profile = mkdtempSync(join(tmpdir(), 'holdfast-window-'))
  const said = join(profile, 'stderr.txt')
  const stderr = openSync(said, 'w')
  const child = spawn(
    browser,
    [
      `--app=${address}`,
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      '--window-size=1280,800',
      ...CHROMIUM_FLAGS,
    ],
    { stdio: ['ignore', 'ignore', stderr, 'pipe', 'pipe'] },
  )
  closeSync(stderr)
  const end = (problem?: string): void => {
    const text = problem && [problem, ...lastLines(said), REMEDY].join('\n')
    rmSync(profile, { recursive: true, force: true })
    onClosed(text)
  }
  child.once('error', error => {
    end(`The Chromium window could not be started: ${error.message}`)
  })
  child.once('exit', (code, signal) => {
    const isClosed = wasShown() && (code === 0 || STOPPED_FROM_OUTSIDE.includes(signal))
    const when = wasShown() ? '' : ' before it showed anything'
    end(isClosed ? undefined : `The Chromium window (${browser}) ended${when}, with ${signal ?? `code ${code}`}:`)
  })
  return () => {
    child.kill()
  }
}

const lastLines = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-LINES_SHOWN)
    .map(line => `  ${line}`)

const REMEDY =
  'Name another Chromium with CHROMIUM_PATH, or start with --headless and open the address that is printed in a browser.'
