import { spawn } from 'node:child_process'
import { expect, type Page } from '@playwright/test'
import { commandOf, processesOf } from '../../support/processList.ts'
import { watchProcess, type Running } from './processes.ts'

/** `npm start` as somebody types it, in a process group of its own as a terminal makes one. */
export interface Launch extends Running {
  /** What Ctrl-C in a terminal does: the signal goes to everything at once. */
  interrupt(): void
}

const READY = /^Holdfast ready at (.+) - data in (.+) - central (.+)$/

export function launch(
  folder: string,
  flags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Launch {
  const args = ['start', '--', '--user-data-dir', folder, ...flags]
  // Node 24 and the clone's programs are what `npm start` has to find by itself.
  const child = spawn('npm', args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const running = watchProcess(child, `npm ${args.join(' ')}`)
  return {
    ...running,
    interrupt() {
      process.kill(-(child.pid ?? 0), 'SIGINT')
    },
  }
}

/** The parts of the line that says that it can be used; the test fails if there is more than one. */
export async function ready(launched: Launch): Promise<{ readonly address: string; readonly central: string }> {
  await launched.line(READY)
  const lines = launched
    .output()
    .split('\n')
    .flatMap(line => READY.exec(line) ?? [])
  expect(launched.output().match(/Holdfast ready at/g)).toHaveLength(1)
  const [, address = '', , central = ''] = lines
  return { address, central }
}

/** Kills everything of the folder on the spot. */
export function killAll(folder: string): void {
  signalAll(folder, 'SIGKILL')
}

/** Asks everything of the folder to stop, and waits until it has; whatever does not is killed, and the test fails. */
export async function stopAll(folder: string): Promise<void> {
  signalAll(folder, 'SIGTERM')
  try {
    await nothingIsLeft(folder)
  } finally {
    killAll(folder)
  }
}

function signalAll(folder: string, signal: NodeJS.Signals): void {
  for (const pid of processesOf(folder)) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** Shows what was launched, until its first screen is there. */
export async function openLaunched(page: Page, launched: Launch): Promise<void> {
  await page.goto((await ready(launched)).address)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
}

export const nothingIsLeft = (folder: string): Promise<void> =>
  expect.poll(() => processesOf(folder).map(commandOf)).toEqual([])
