import { LineDownError, type NetworkAnswer, type NetworkRequest } from '../../electron/engine/ports.ts'
import { SERVICE_HEADER, SERVICE_NAME } from '../../shared/sync/protocol.ts'
import type { Dice } from './dice.ts'
import { LINE_FAULTS, type Fault, type LineFault } from './faults.ts'
import type { Schedule } from './schedule.ts'

/** The line of one PC. */
export interface SimulatedLine {
  /** @param onPc what the PC does with an answer happens in it. */
  request(request: NetworkRequest, onPc: (work: () => void) => void): Promise<NetworkAnswer>
  /** Nothing gets through, or only requests do, until then. */
  breakFor(what: 'line-down-for-a-while' | 'answers-lost-for-a-while', milliseconds: number): void
  /** From now on everything gets through. */
  mend(): void
  /** The PC was switched off: no answer finds it any more. */
  hangUp(): void
  /** The officer asked for sync: that goes out whatever the service asked for. */
  askedByOfficer(): void
  /** When each request went out, newest last: of the last hour. */
  readonly sentAt: () => readonly number[]
  /** A request before this instant breaks what the service asked for. */
  readonly quietUntil: () => number
  /** How many answers of the service came through. */
  readonly heard: () => number
  /** How long each first wait after a failure was, in milliseconds. */
  readonly firstWaits: () => readonly number[]
}

interface LineOptions {
  readonly schedule: Schedule
  readonly dice: Dice
  readonly faults: ReadonlySet<Fault>
  /** Share of requests that meet a fault. */
  readonly share: number
  readonly fired: (fault: Fault) => void
  readonly service: (request: NetworkRequest) => Promise<NetworkAnswer>
  /** Each request and each answer, for the trace and for whoever watches. */
  readonly seen: (what: string, request: NetworkRequest, answer: NetworkAnswer | undefined) => void
}

const HOUR_MS = 3_600_000
/** A longer wait than this is cut to it by the engine. */
const RETRY_AFTER_MAX_S = 300
/** An answer that comes later than this has nobody waiting for it. */
const LATEST_MS = 6 * HOUR_MS

export function aSimulatedLine(options: LineOptions): SimulatedLine {
  const { schedule, dice, service, seen, fired } = options
  const faults = LINE_FAULTS.filter(fault => options.faults.has(fault))
  let isMended = false
  let downUntil = 0
  let deafUntil = 0
  let quietUntil = 0
  let call = 0
  let sentAt: number[] = []
  let heard = 0
  /** Failures in a row, and when the last was. */
  let failed = { count: 0, at: 0 }
  const firstWaits: number[] = []

  const delay = (): number => dice.between(20, 900)

  function request(asked: NetworkRequest, onPc: (work: () => void) => void): Promise<NetworkAnswer> {
    const now = schedule.now()
    sentAt = [...sentAt.filter(at => at > now - HOUR_MS), now]
    if (failed.count === 1) firstWaits.push(now - failed.at)
    const mine = call
    const answered = Promise.withResolvers<NetworkAnswer>()
    const fault = pickFault(now)
    if (fault) fired(fault)
    seen(`asks${fault ? ` (${fault})` : ''}`, asked, undefined)

    const fail = (kind: LineDownError['kind'], afterMs: number) =>
      schedule.after(afterMs, () => {
        if (mine !== call) return
        failed = { count: failed.count + 1, at: schedule.now() }
        onPc(() => {
          answered.reject(new LineDownError(kind))
        })
      })
    const tell = (answer: NetworkAnswer, afterMs: number) =>
      schedule.after(afterMs, () => {
        if (mine !== call) return
        seen('hears', asked, answer)
        // Of an answer that the engine may take for a failure nobody knows how long it waits.
        failed = { count: isWhole(fault) ? 0 : 2, at: 0 }
        if (answer.headers[SERVICE_HEADER] === SERVICE_NAME) heard++
        onPc(() => {
          answered.resolve(answer)
        })
      })
    const arrive = (afterMs: number, then: (answer: NetworkAnswer) => void) =>
      schedule.after(afterMs, async () => {
        const answer = await service(asked)
        seen('was answered', asked, answer)
        then(answer)
      })
    const nobody = () => undefined

    switch (fault) {
      case 'unreachable':
        fail('unreachable', delay())
        break
      case 'request-lost':
        fail('timed-out', asked.timeoutMs)
        break
      case 'answer-lost':
        arrive(delay(), nobody)
        fail('timed-out', asked.timeoutMs)
        break
      case 'request-doubled':
        arrive(delay(), answer => tell(answer, delay()))
        arrive(dice.between(1_000, LATEST_MS), nobody)
        break
      case 'request-late':
        arrive(dice.between(asked.timeoutMs, LATEST_MS), nobody)
        fail('timed-out', asked.timeoutMs)
        break
      case 'answer-slow':
        arrive(delay(), answer => tell(answer, dice.between(5_000, asked.timeoutMs - 1_000)))
        break
      case 'answer-cut':
        arrive(delay(), answer => tell(cut(answer, dice.below(Math.max(1, answer.body.length))), delay()))
        break
      case 'answer-garbled':
        arrive(delay(), answer => tell(garbled(answer, dice), delay()))
        break
      case undefined:
        arrive(delay(), answer => tell(answer, delay()))
        break
      default:
        tell(inBetween(fault), delay())
    }
    return answered.promise
  }

  function pickFault(now: number): LineFault | undefined {
    if (isMended) return undefined
    if (now < downUntil) return 'unreachable'
    if (now < deafUntil) return 'answer-lost'
    return faults.length > 0 && dice.happens(options.share) ? dice.one(faults) : undefined
  }

  /** What answers in the place of our service, or our service before it looks at the request. */
  function inBetween(fault: LineFault): NetworkAnswer {
    const [status, isOurs] = IN_BETWEEN[fault] ?? [500, false]
    const waits = fault === 'service-429' || fault === 'service-503'
    const seconds = dice.between(20, RETRY_AFTER_MAX_S)
    if (waits) quietUntil = schedule.now() + seconds * 1_000
    return {
      status,
      headers: {
        'content-type': 'text/html',
        ...(isOurs ? { [SERVICE_HEADER]: SERVICE_NAME } : {}),
        ...(waits ? { 'retry-after': String(seconds) } : {}),
        ...(status === 302 ? { location: 'http://portal.test/' } : {}),
      },
      body: Buffer.from('<!doctype html><title>Sign in to the network</title>'),
    }
  }

  return {
    request,
    breakFor(what, milliseconds) {
      const until = schedule.now() + milliseconds
      if (what === 'line-down-for-a-while') downUntil = until
      else deafUntil = until
    },
    mend() {
      isMended = true
    },
    hangUp() {
      call++
      quietUntil = 0
      failed = { count: 0, at: 0 }
    },
    askedByOfficer() {
      quietUntil = 0
      failed = { count: 2, at: 0 }
    },
    sentAt: () => sentAt,
    quietUntil: () => quietUntil,
    heard: () => heard,
    firstWaits: () => firstWaits,
  }
}

const isWhole = (fault: LineFault | undefined): boolean =>
  fault === undefined || fault === 'request-doubled' || fault === 'answer-slow'

const IN_BETWEEN: Readonly<Partial<Record<LineFault, readonly [status: number, isOurs: boolean]>>> = {
  'portal-page': [200, false],
  'proxy-redirect': [302, false],
  'proxy-sign-in': [407, false],
  'gateway-502': [502, false],
  'gateway-504': [504, false],
  'service-408': [408, true],
  'service-413': [413, true],
  'service-429': [429, true],
  'service-500': [500, true],
  'service-503': [503, true],
}

const cut = (answer: NetworkAnswer, bytes: number): NetworkAnswer => ({
  ...answer,
  body: answer.body.subarray(0, bytes),
})

function garbled(answer: NetworkAnswer, dice: Dice): NetworkAnswer {
  const body = Uint8Array.from(answer.body)
  if (body.length > 0) body[dice.below(body.length)] = 0
  return { ...answer, body }
}
