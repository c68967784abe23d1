import { randomBytes } from 'node:crypto'
import type { FromEngine } from './messages.ts'
import { LineDownError, type EnginePorts, type NetworkAnswer, type ProbeStep } from './ports.ts'

interface Waiting {
  readonly resolve: (answer: NetworkAnswer) => void
  readonly reject: (error: LineDownError) => void
}

/** The ports of the engine's worker: time and randomness of this thread, network and log by way of main. */
export function createWorkerPorts(send: (message: FromEngine) => void) {
  const waiting = new Map<number, Waiting>()
  const probing = new Map<number, (steps: readonly ProbeStep[]) => void>()
  let lastId = 0

  const ports: EnginePorts = {
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
    network: {
      request: request =>
        new Promise((resolve, reject) => {
          lastId++
          waiting.set(lastId, { resolve, reject })
          send({ kind: 'network', id: lastId, request })
        }),
    },
    probe: {
      probe: url =>
        new Promise(resolve => {
          lastId++
          probing.set(lastId, resolve)
          send({ kind: 'probe', id: lastId, url })
        }),
    },
    log: {
      write(event, facts) {
        send({ kind: 'log', line: JSON.stringify({ at: new Date().toISOString(), event, ...facts }) })
      },
    },
  }

  function take(id: number): Waiting | undefined {
    const found = waiting.get(id)
    waiting.delete(id)
    return found
  }

  return {
    ports,
    networkAnswered: (id: number, answer: NetworkAnswer) => take(id)?.resolve(answer),
    probed(id: number, steps: readonly ProbeStep[]): void {
      probing.get(id)?.(steps)
      probing.delete(id)
    },
    networkFailed: (id: number, why: LineDownError['kind']) => take(id)?.reject(new LineDownError(why)),
  }
}
