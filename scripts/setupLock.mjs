/** One set-up, or one build, at a time in a clone: a lock file that names who holds it, so that one left behind is recognised. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const heartbeatMs = 5_000
const silentMsMax = 10 * 60_000
const emptyMsMax = 10_000

/**
 * Runs `work` while holding the lock; waits while a living process holds it.
 *
 * @template T
 * @param {string} file
 * @param {(lock: { addProcess: (pid: number) => void }) => Promise<T>} work `addProcess` names a child whose life also
 *   holds the lock: killing us does not stop an npm that is still writing.
 * @param {{ onWait?: (pid: number | undefined) => void, pollMs?: number }} [options]
 */
export async function withLock(file, work, { onWait, pollMs = 200 } = {}) {
  mkdirSync(dirname(file), { recursive: true })
  let hasSaidSo = false
  while (!take(file)) {
    const holder = readHolder(file)
    if (isStale(holder)) {
      removeStale(file, holder.text)
      continue
    }
    if (!hasSaidSo) onWait?.(holder.pids[0])
    hasSaidSo = true
    await sleep(pollMs)
  }
  const pids = [process.pid]
  const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), heartbeatMs)
  const addProcess = pid => {
    pids.push(pid)
    writeFileSync(file, describe(pids))
  }
  try {
    return await work({ addProcess })
  } finally {
    clearInterval(heartbeat)
    rmSync(file, { force: true })
  }
}

/** @typedef {{ text: string, host: string, pids: number[], silentMs: number }} Holder */

/**
 * Whether nobody alive holds the lock any more. Processes of another machine (a shared folder, a container) cannot be
 * looked up, so only their silence tells.
 *
 * @param {Holder} holder
 */
export function isStale({ text, host, pids, silentMs }) {
  if (text === '') return silentMs > emptyMsMax
  return silentMs > silentMsMax || (host === hostname() && !pids.some(isAlive))
}

function take(file) {
  try {
    writeFileSync(file, describe([process.pid]), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

const describe = pids => [hostname(), ...pids].join('\n')

/** @returns {Holder} */
function readHolder(file) {
  try {
    const text = readFileSync(file, 'utf8')
    const [host = '', ...pids] = text.split('\n')
    return { text, host, pids: pids.map(Number), silentMs: Date.now() - statSync(file).mtimeMs }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return { text: '', host: '', pids: [], silentMs: 0 }
  }
}

/** Two waiters may both see the same stale lock; the second must not remove the first one's new lock. */
function removeStale(file, staleText) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') === staleText) rmSync(aside)
    else renameSync(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
