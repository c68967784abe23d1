import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_MS = 10

/** @throws when it is still not so after `longestMs`. */
export async function until(isSo: () => boolean, longestMs = 600_000): Promise<void> {
  const end = performance.now() + longestMs
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not so after ${longestMs} ms: ${isSo.toString()}`)
    await sleep(LOOK_MS)
  }
}
