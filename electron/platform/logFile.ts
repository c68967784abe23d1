import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const LOG_BYTES_MAX = 1_000_000

/** Writes lines of ids, codes and counts to `logs/holdfast.log`; the full one is kept once as `holdfast-before.log`. */
export function createLog(folder: string): (line: string) => void {
  const logs = join(folder, 'logs')
  const path = join(logs, 'holdfast.log')
  return line => {
    try {
      mkdirSync(logs, { recursive: true, mode: 0o700 })
      if (sizeOf(path) > LOG_BYTES_MAX) renameSync(path, join(logs, 'holdfast-before.log'))
      appendFileSync(path, `${line}\n`, { mode: 0o600 })
    } catch {
      // A full disk must not stop the work that is being logged.
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
