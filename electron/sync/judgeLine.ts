import { FAR_OFF_MS, hopNames, type Hop, type HopCode } from '../../shared/features/sync/lineCheck.ts'
import type { HelloAnswer } from '../../shared/sync/protocol.ts'
import type { ProbeStep } from '../engine/ports.ts'
import type { Reply } from './centralClient.ts'

interface LineFacts {
  readonly steps: readonly ProbeStep[]
  /** Null where it was not asked, because nothing could have carried it. */
  readonly hello: Reply<HelloAnswer> | null
  /** The centre whose data this store holds. */
  readonly centreId: string
  /** This PC's clock when the answer came. */
  readonly now: number
}

/** A certificate and a proxy are the system's own business: where the service answers, they are as they should be. */
export function judgeLine(facts: LineFacts): readonly Hop[] {
  const { steps, hello } = facts
  const isReached = hello !== null && isOurService(hello)
  const below = steps.map((step): Hop => {
    const state = step.state === 'failed' && isReached ? 'passed' : step.state
    const code = state === 'failed' ? codeOf(step) : null
    return { hop: step.hop, state, code, tookMs: state === 'not-used' ? null : step.tookMs }
  })
  const above = below.some(one => one.state === 'failed') || hello === null ? [] : judgeHello(hello, facts)
  const judged = [...below, ...above]
  return hopNames.map(
    hop => judged.find(one => one.hop === hop) ?? { hop, state: 'not-tried', code: null, tookMs: null },
  )
}

const isOurService = (hello: Reply<HelloAnswer>): boolean =>
  hello.is !== 'down' || hello.reason === 'busy' || hello.reason === 'service-fault'

function judgeHello(hello: Reply<HelloAnswer>, { centreId, now }: LineFacts): readonly Hop[] {
  const failed = (hop: Hop['hop'], code: HopCode): Hop => ({ hop, state: 'failed', code, tookMs: null })
  const passed = (hop: Hop['hop']): Hop => ({ hop, state: 'passed', code: null, tookMs: null })
  switch (hello.is) {
    case 'down':
      return [failed('service', SERVICE_CODES[hello.reason] ?? 'service-silent')]
    case 'nothing':
      return [failed('service', 'service-fault')]
    case 'refused':
      if (hello.status === 401) return [passed('service'), failed('sign-in', 'wrong-token')]
      return [failed('service', hello.status === 426 ? 'service-newer' : 'service-fault')]
    case 'answer': {
      if (hello.data.centreId !== centreId) return [failed('service', 'other-centre')]
      return [passed('service'), passed('sign-in'), judgeClock(now - hello.data.serverTime)]
    }
  }
}

function judgeClock(aheadMs: number): Hop {
  if (Math.abs(aheadMs) < FAR_OFF_MS) return { hop: 'clock', state: 'passed', code: null, tookMs: null }
  return { hop: 'clock', state: 'warned', code: aheadMs > 0 ? 'clock-fast' : 'clock-slow', tookMs: Math.abs(aheadMs) }
}

const SERVICE_CODES: Readonly<Record<string, HopCode>> = {
  'not-our-service': 'not-our-service',
  busy: 'service-busy',
  'service-fault': 'service-fault',
}

const CODES: Readonly<Record<string, HopCode>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-server-silent',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-no-way',
  ENETUNREACH: 'connection-no-way',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-unknown',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-unknown',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-name',
}

function codeOf({ hop, code }: ProbeStep): HopCode {
  const known = CODES[code ?? '']
  if (known !== undefined) return known
  switch (hop) {
    case 'name':
      return 'name-not-found'
    case 'connection':
      return 'connection-silent'
    case 'proxy':
      return code === '407' ? 'proxy-sign-in' : 'proxy-refused'
    case 'tls':
      return 'tls-failed'
  }
}
