import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import * as z from 'zod'
import { diskProblemOf } from '../../db/diskProblem.ts'

const running = z.object({ pid: z.number(), address: z.string(), since: z.string() })
export type RunningInstance = z.infer<typeof running>

export interface InstanceLock {
  /** Writes down where this one can be found, for the message that a second one gives. */
  announce(address: string): void
  release(): void
}

/**
 * Holds the data folder for this process. The lock is one of the operating system's on a small file, so it goes with the
 * process however that ends.
 *
 * @returns the instance that holds it already, as far as it announced itself.
 * @throws what the disk or the driver says where the lock cannot be written.
 */
export function lockInstance(folder: string): InstanceLock | { readonly heldBy: RunningInstance | undefined } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = new Sqlite(join(folder, 'instance.lock'), { timeout: 0 })
  const announcement = join(folder, 'instance.json')
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (diskProblemOf(error) !== 'locked') throw error
    return { heldBy: readRunning(announcement) }
  }
  return {
    announce(address) {
      const instance: RunningInstance = { pid: process.pid, address, since: new Date().toISOString() }
      // On a disk that cannot be written a second start is refused all the same, only without the address.
      tryTo(() => {
        writeFileSync(announcement, JSON.stringify(instance), { mode: 0o600 })
      })
    },
    release() {
      tryTo(() => {
        rmSync(announcement, { force: true })
      })
      lock.close()
    },
  }
}

function tryTo(write: () => void): void {
  try {
    write()
  } catch {
    // Said where it is called why that is no harm.
  }
}

function readRunning(path: string): RunningInstance | undefined {
  try {
    return running.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}
