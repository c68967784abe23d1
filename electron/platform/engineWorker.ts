import { Worker } from 'node:worker_threads'
import type { Actor } from '../../shared/access/actor.ts'
import type { CallName, Changed } from '../../shared/ipc/contract.ts'
import { refuse, type Result } from '../../shared/result.ts'
import { placesOf } from '../engine/faultPlaces.ts'
import type { EngineStart, FromEngine, ToEngine } from '../engine/messages.ts'
import { LineDownError, type LineProbe, type Network, type NetworkRequest } from '../engine/ports.ts'

/** The engine's worker as main sees it: calls go in, answers and changes come out. */
export interface EngineWorker {
  /** Settles when calls are answered from the store, or with why there is none. */
  readonly started: Promise<void>
  call(actor: Actor, name: CallName, input: unknown): Promise<Result<unknown>>
  lineChanged(): void
  stop(): Promise<void>
}

export interface WorkerDeps {
  readonly script: URL
  readonly start: EngineStart
  readonly network: Network
  readonly probe: LineProbe
  readonly onChanged: (changed: Changed) => void
  readonly log: (line: string) => void
}

/** A worker that dies is started again after this long, and twice as long each time it dies soon after. */
const RESTART_MS = 500
const RESTART_LONGEST_MS = 60_000

/** The store is as the last commit left it; the window asks again when the engine is back. */
const ENGINE_AWAY = refuse({ code: 'internal', reference: 'ENGINE' })

/** Starts the engine in its worker, and again if it should die. */
export function startEngineWorker({ script, start, network, probe, onChanged, log }: WorkerDeps): EngineWorker {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let lastId = 0
  let isStopping = false
  let restartMs = RESTART_MS
  const { promise: started, resolve: hasStarted } = Promise.withResolvers<void>()
  let worker: Worker | undefined = launch()

  function launch(): Worker {
    const launched = new Worker(script, { workerData: start })
    launched.on('message', (message: FromEngine) => {
      hear(launched, message)
    })
    launched.on('error', (error: Error) => {
      log(
        JSON.stringify({
          at: new Date().toISOString(),
          event: 'engine.died',
          fault: error.name,
          where: placesOf(error)[0] ?? '',
        }),
      )
    })
    launched.on('exit', () => {
      worker = undefined
      answerWaiting()
      if (!isStopping) setTimeout(relaunch, restartMs)
      restartMs = Math.min(RESTART_LONGEST_MS, restartMs * 2)
    })
    return launched
  }

  function relaunch(): void {
    if (isStopping) return
    worker = launch()
    onChanged({ topic: 'session' })
  }

  /** Nobody will answer these any more. What was committed is there; the window asks again. */
  function answerWaiting(): void {
    for (const answer of waiting.values()) answer(ENGINE_AWAY)
    waiting.clear()
  }

  function hear(launched: Worker, message: FromEngine): void {
    switch (message.kind) {
      case 'answer':
        restartMs = RESTART_MS
        waiting.get(message.id)?.(message.result)
        waiting.delete(message.id)
        return
      case 'changed':
        onChanged(message.changed)
        return
      case 'network':
        void passOn(launched, message.id, message.request)
        return
      case 'probe':
        void probe.probe(message.url).then(steps => {
          const probed: ToEngine = { kind: 'probed', id: message.id, steps }
          launched.postMessage(probed)
        })
        return
      case 'log':
        log(message.line)
        return
      case 'started':
        hasStarted()
        return
      case 'stopped':
    }
  }

  /** The answer goes to the worker that asked: the one that came after it numbers its requests from 1 again. */
  async function passOn(asking: Worker, id: number, request: NetworkRequest): Promise<void> {
    const tell = (message: ToEngine): void => {
      asking.postMessage(message)
    }
    try {
      tell({ kind: 'network-answer', id, answer: await network.request(request) })
    } catch (error) {
      tell({ kind: 'network-failed', id, why: error instanceof LineDownError ? error.kind : 'unreachable' })
    }
  }

  const post = (message: ToEngine): void => {
    worker?.postMessage(message)
  }

  return {
    started,

    call(actor, name, input) {
      if (!worker) return Promise.resolve(ENGINE_AWAY)
      lastId++
      const id = lastId
      return new Promise(resolve => {
        waiting.set(id, resolve)
        post({ kind: 'call', id, actor, name, input })
      })
    },

    lineChanged() {
      post({ kind: 'line-changed' })
    },

    stop() {
      isStopping = true
      const running = worker
      if (!running) return Promise.resolve()
      return new Promise(resolve => {
        running.once('exit', () => {
          resolve()
        })
        post({ kind: 'stop' })
      })
    },
  }
}
