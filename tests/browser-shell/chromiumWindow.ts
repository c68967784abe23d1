import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
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

/**
 * Opens the address in a Chromium window of its own, without tabs or an address bar.
 *
 * Chromium ends when its debugging pipe does, so it goes with this process however that ends.
 *
 * @returns how to close it.
 */
export function openChromium(browser: string, address: string, onClosed: () => void): () => void {
  const profile = mkdtempSync(join(tmpdir(), 'holdfast-window-'))
  const child = spawn(
    browser,
    [
      `--app=${address}`,
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      '--window-size=1280,800',
      ...CHROMIUM_FLAGS,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  child.once('exit', () => {
    rmSync(profile, { recursive: true, force: true })
    onClosed()
  })
  return () => {
    child.kill()
  }
}
