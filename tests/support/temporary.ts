import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this test's own; it goes when the test ends. */
export function aFolder(within = tmpdir()): string {
  const folder = mkdtempSync(join(within, 'holdfast-test-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** The same in memory, where the system has such a disk: for tests with many stores that are not about the disk. */
export const aFolderInMemory = (): string => aFolder(existsSync('/dev/shm') ? '/dev/shm' : tmpdir())
