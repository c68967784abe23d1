import type { LineCheck } from '../../shared/features/sync/lineCheck.ts'
import type { Clock } from '../../shared/time.ts'
import type { LineProbe, Log } from '../engine/ports.ts'
import type { CentralClient } from './centralClient.ts'
import { judgeLine } from './judgeLine.ts'

export interface LineChecker {
  readonly state: () => LineCheck
  /** Begins, unless one is under way. */
  start(): void
}

interface LineCheckDeps {
  readonly probe: LineProbe
  readonly clock: Clock
  readonly log: Log
  /** One of its own: sync may be in the middle of a request. */
  readonly client: Pick<CentralClient, 'hello'>
  readonly url: string
  /** The centre whose data this store holds. */
  readonly centreId: () => string
  readonly onChange: () => void
}

/** Tests each part of the line when the officer asks. What it found is kept until it is asked again. */
export function createLineCheck(deps: LineCheckDeps): LineChecker {
  const { probe, clock, log, client, url, centreId, onChange } = deps
  let check: LineCheck = { isRunning: false, last: null }
  const set = (change: Partial<LineCheck>): void => {
    check = { ...check, ...change }
    onChange()
  }

  async function run(ours: string): Promise<void> {
    try {
      const steps = await probe.probe(url)
      const isCut = steps.some(one => one.state === 'failed' && (one.hop === 'name' || one.hop === 'connection'))
      const hello = isCut ? null : await client.hello()
      const hops = judgeLine({ steps, hello, centreId: ours, now: clock.now() })
      const failed = hops.find(one => one.state === 'failed')
      log.write('sync.checked', { failed: failed?.hop ?? null, code: failed?.code ?? null })
      set({ isRunning: false, last: { at: clock.now(), hops: [...hops] } })
    } catch (error) {
      log.write('sync.fault', { fault: error instanceof Error ? error.name : 'unknown', cause: null })
      set({ isRunning: false })
    }
  }

  return {
    state: () => check,
    start() {
      if (check.isRunning) return
      set({ isRunning: true })
      void run(centreId())
    },
  }
}
