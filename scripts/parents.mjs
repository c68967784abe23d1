/** Knows when whoever started us is gone. A process that is killed on the spot tells nobody. */
import { existsSync, readFileSync } from 'node:fs'

const LOOK_MS = 1_000

/**
 * Calls `run` once our parent is gone, or the one above it: npm starts its scripts in a shell that outlives it.
 *
 * @param {() => void} run
 */
export function whenOrphaned(run) {
  const parent = process.ppid
  const above = parentOf(parent)
  const looking = setInterval(() => {
    if (process.ppid === parent && isRunning(parent) && (above === undefined || parentOf(parent) === above)) return
    clearInterval(looking)
    run()
  }, LOOK_MS)
  looking.unref()
}

/** The parent of a process where the system has files that tell; Windows and macOS have none. */
export function parentOf(pid) {
  const file = `/proc/${pid}/stat`
  // The name in the brackets may hold anything, also brackets.
  return existsSync(file) ? Number(/.*\) \S+ (\d+)/s.exec(readFileSync(file, 'utf8'))?.[1]) : undefined
}

/** Windows keeps the number of a parent that is gone. */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
