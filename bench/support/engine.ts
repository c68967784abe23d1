import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { startEngine, type Engine, type FillStore } from '../../electron/engine/startEngine.ts'
import { LineDownError, type EnginePorts } from '../../electron/engine/ports.ts'
import type { Actor } from '../../shared/access/actor.ts'
import type { CallName, Input, Output } from '../../shared/ipc/contract.ts'
import { invariant, type Result } from '../../shared/result.ts'
import { reference } from '../../tests/support/reference.ts'

const root = join(import.meta.dirname, '../..')

/** Key of every store that a benchmark makes. */
export const BENCH_KEY = new Uint8Array(32).fill(9)

/** The senior of the demo office, who is assigned to every case. */
export const senior: Actor = {
  userId: 'priya.hartwell',
  userName: 'Priya Hartwell',
  role: 'senior',
  deviceId: '018f0000-0000-7000-8000-0000000000aa',
}

export interface BenchEngine {
  readonly engine: Engine
  value<Name extends CallName>(name: Name, input: Input<Name>): Output<Name>
}

export const benchPorts: EnginePorts = {
  clock: { now: () => Date.now(), monotonicMs: () => performance.now() },
  random: { bytes: count => randomBytes(count) },
  timers: {
    after(delayMs, work) {
      const timer = setTimeout(work, delayMs)
      return () => {
        clearTimeout(timer)
      }
    },
    yield: () => new Promise(resolve => setImmediate(resolve)),
  },
  network: { request: () => Promise.reject(new LineDownError('unreachable')) },
  probe: { probe: () => Promise.resolve([]) },
  log: { write: () => undefined },
}

type EngineCentre = Parameters<typeof startEngine>[1]['enrolment']['centre']

/** A centre that only the network port of the benchmark knows. */
export const aCentreAt = (centreId: string) => ({ url: 'http://centre.test', token: 'token', centreId })

interface BenchOptions {
  readonly actor?: Actor
  readonly fillStore?: FillStore
  readonly ports?: EnginePorts
  /** Without one there is no sync. */
  readonly centre?: NonNullable<EngineCentre>
}

/** The real engine over the store in that folder, in this thread, so that its work can be timed without the way there. */
export function openBenchEngine(
  folder: string,
  { actor = senior, fillStore, ports = benchPorts, centre }: BenchOptions = {},
): BenchEngine {
  const engine = startEngine(
    ports,
    {
      folder,
      storeKey: BENCH_KEY,
      migrations: join(root, 'db/migrations'),
      reference,
      version: '0.0.0',
      enrolment: { actor, officeName: 'Northfold', isDemo: true, centre: centre ?? null },
    },
    () => undefined,
    fillStore,
  )
  return {
    engine,
    value(name, input) {
      const result = engine.call(actor, name, input) as Result<Output<typeof name>> // `answer` checked it
      invariant(result.ok, `${name} was refused: ${JSON.stringify(result)}`)
      return result.value
    },
  }
}
