import { LineDownError, type Network, type NetworkAnswer, type NetworkRequest } from '../../../electron/engine/ports.ts'
import { SERVICE_HEADER, SERVICE_NAME } from '../../../shared/sync/protocol.ts'
import type { TestClock } from '../../support/ports.ts'
import type { Service } from './service.ts'

/** What may happen to one request. */
export const FAULTS = [
  'down',
  'lost-on-the-way',
  'answer-lost',
  'arrives-later',
  'arrives-twice',
  'answer-cut',
  'portal',
  'gateway',
  'fault',
  'busy',
  'service-dies',
  'workstation-dies',
] as const
export type Fault = (typeof FAULTS)[number]

/** More requests than these between two moments of the clock come from a loop without a pause. */
const REQUESTS_MAX = 200
const RETRY_AFTER_MS = 200_000

/** The line of one workstation. */
export interface Line {
  readonly network: Network
  /** What a workstation must never do on a line. */
  readonly problems: readonly string[]
  /** Requests so far. */
  readonly total: () => number
  /** The next requests meet these, one each. */
  break(faults: readonly Fault[]): void
  mend(): void
  /** Tells of each request before it goes out. One listener at a time. */
  onRequest(listener: (request: NetworkRequest) => void): void
  /** The centre has a fault whenever it is asked for such. */
  refuse(which: (request: NetworkRequest) => boolean): void
  /** Requests that got stuck on the way arrive now; nobody waits for their answers any more. */
  deliverStuck(): Promise<void>
  /** Until no request is under way. */
  quiet(): Promise<void>
  /** The next moment of the clock: requests are counted anew. */
  nextMoment(): void
  /** The workstation was started anew: it knows nothing of a wait that it was asked for. */
  forgetWait(): void
}

/** @param onDeath the workstation dies: the centre has its request, and it never hears the answer. */
export function aLine(service: Service, clock: TestClock, onDeath: () => void): Line {
  let coming: readonly Fault[] = []
  let tell: (request: NetworkRequest) => void = () => undefined
  let isRefused: (request: NetworkRequest) => boolean = () => false
  let stuck: readonly NetworkRequest[] = []
  const problems: string[] = []
  const underWay = new Set<Promise<unknown>>()
  let total = 0
  let requests = 0
  let quietUntilMs = 0

  function found(problem: string): Error {
    problems.push(problem)
    return new Error(problem)
  }

  async function carry(request: NetworkRequest): Promise<NetworkAnswer> {
    total++
    tell(request)
    requests++
    if (requests > REQUESTS_MAX) throw found(`${requests} requests without a pause`)
    if (clock.monotonicMs() < quietUntilMs) throw found('a request before the time that Retry-After named')
    if (isRefused(request)) return page(500, { [SERVICE_HEADER]: SERVICE_NAME })
    const [fault, ...rest] = coming
    coming = rest
    return fault ? meet(fault, request) : service.answer(request)
  }

  async function meet(fault: Fault, request: NetworkRequest): Promise<NetworkAnswer> {
    switch (fault) {
      case 'down':
        throw new LineDownError('unreachable')
      case 'lost-on-the-way':
        throw new LineDownError('timed-out')
      case 'answer-lost':
        await service.answer(request)
        throw new LineDownError('timed-out')
      case 'arrives-later':
        stuck = [...stuck, request]
        throw new LineDownError('timed-out')
      case 'arrives-twice':
        await service.answer(request)
        return service.answer(request)
      case 'answer-cut':
        return cut(await service.answer(request))
      case 'portal':
        return page(200, {})
      case 'gateway':
        return page(502, {})
      case 'fault':
        return page(500, { [SERVICE_HEADER]: SERVICE_NAME })
      case 'busy':
        quietUntilMs = clock.monotonicMs() + RETRY_AFTER_MS
        return page(429, { [SERVICE_HEADER]: SERVICE_NAME, 'retry-after': String(RETRY_AFTER_MS / 1000) })
      case 'service-dies':
        await Promise.all([service.answer(request), service.restart()])
        throw new LineDownError('unreachable')
      case 'workstation-dies':
        await service.answer(request)
        onDeath()
        throw new LineDownError('unreachable')
    }
  }

  return {
    problems,
    total: () => total,
    network: {
      request(request) {
        const carried = carry(request)
        underWay.add(carried)
        return carried.finally(() => underWay.delete(carried))
      },
    },
    break(faults) {
      coming = faults
    },
    onRequest(listener) {
      tell = listener
    },
    refuse(which) {
      isRefused = which
    },
    mend() {
      coming = []
    },
    async deliverStuck() {
      const arriving = stuck
      stuck = []
      for (const request of arriving) await service.answer(request)
    },
    async quiet() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
    nextMoment() {
      requests = 0
    },
    forgetWait() {
      quietUntilMs = 0
    },
  }
}

const cut = (answer: NetworkAnswer): NetworkAnswer => ({
  ...answer,
  body: answer.body.subarray(0, Math.floor(answer.body.length / 2)),
})

const page = (status: number, headers: NetworkAnswer['headers']): NetworkAnswer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: Buffer.from('<!doctype html><title>Sign in to the network</title>'),
})
