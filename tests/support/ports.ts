import { createHash } from 'node:crypto'
import type { EngineClock, EnginePorts, LineProbe, Network, Timers } from '../../electron/engine/ports.ts'
import { LineDownError } from '../../electron/engine/ports.ts'
import type { Random } from '../../shared/ids.ts'

/** A clock that stands still until it is told to go on, but for the moment that each look at it takes. */
export interface TestClock extends EngineClock {
  set(instant: string): void
  forward(milliseconds: number): void
}

/** A real clock has fractions, and never gives the same twice. */
const A_LOOK_MS = 1 / 1024

export function aClock(start = '2026-03-02T10:15:00Z'): TestClock {
  let now = Date.parse(start)
  let monotonic = 0
  return {
    now: () => now,
    monotonicMs: () => (monotonic += A_LOOK_MS),
    set(instant) {
      now = Date.parse(instant)
    },
    forward(milliseconds) {
      now += milliseconds
      monotonic += milliseconds
    },
  }
}

/** The same bytes in every run with the same seed. */
export function aRandom(seed = 1): Random {
  let count = 0
  return {
    bytes(length) {
      const parts: Buffer[] = []
      while (Buffer.concat(parts).length < length) {
        count++
        parts.push(createHash('sha256').update(`${seed}:${count}`).digest())
      }
      return new Uint8Array(Buffer.concat(parts).subarray(0, length))
    },
  }
}

/** Timers that fire when the clock is moved on and `run` is called. */
export interface TestTimers extends Timers {
  /** Runs everything that is due, and what that makes due. */
  run(): void
}

export function aTimers(clock: TestClock): TestTimers {
  const waiting = new Map<number, { readonly at: number; readonly work: () => void }>()
  let lastId = 0
  return {
    after(delayMs, work) {
      lastId++
      const id = lastId
      waiting.set(id, { at: clock.monotonicMs() + delayMs, work })
      return () => waiting.delete(id)
    },
    yield: () => Promise.resolve(),
    run() {
      for (;;) {
        const due = [...waiting]
          .filter(([, one]) => one.at <= clock.monotonicMs())
          .toSorted((a, b) => a[1].at - b[1].at)[0]
        if (!due) return
        waiting.delete(due[0])
        due[1].work()
      }
    },
  }
}

/** A line on which nothing ever answers. */
export const noNetwork: Network = { request: () => Promise.reject(new LineDownError('unreachable')) }

export interface TestPorts extends EnginePorts {
  readonly clock: TestClock
  readonly timers: TestTimers
  readonly logged: readonly string[]
}

export function aMachine({
  network = noNetwork,
  probe = { probe: () => Promise.resolve([]) },
  clock = aClock(),
  random = aRandom(),
}: {
  readonly network?: Network
  readonly probe?: LineProbe
  readonly clock?: TestClock
  readonly random?: Random
} = {}): TestPorts {
  const logged: string[] = []
  return {
    clock,
    random,
    timers: aTimers(clock),
    network,
    probe,
    log: {
      write(event, facts) {
        logged.push(JSON.stringify({ event, ...facts }))
      },
    },
    logged,
  }
}
