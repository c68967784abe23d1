import type { HopCode } from '../../../shared/features/sync/lineCheck.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { count } from '../../app/words.ts'

export type LastCheck = NonNullable<Answer<'sync.checked'>['last']>
export type Hop = LastCheck['hops'][number]

const PART: Readonly<Record<Hop['hop'], string>> = {
  name: 'The address is known',
  connection: 'Somebody answers there',
  proxy: 'The office proxy lets Holdfast through',
  tls: 'The line is encrypted',
  service: 'It is the Holdfast service',
  'sign-in': 'The service knows this PC',
  clock: 'This PC’s clock is right',
}

const RING_IT = 'Ring IT and read them this line.'
/** What fails, and what to do or whom to ask. */
const FAILURE: Readonly<Record<HopCode, { readonly what: string; readonly remedy: string }>> = {
  'name-not-found': {
    what: 'Nobody knows the service’s address',
    remedy: 'If web pages do not open either, this PC has no network: look at the cable or Wi-Fi. Else ring IT.',
  },
  'name-server-silent': {
    what: 'The address book of the network does not answer',
    remedy: 'This PC most likely has no network: look at the cable or Wi-Fi. Else ring IT.',
  },
  'connection-refused': {
    what: 'Nothing is listening at the service’s address',
    remedy: `The service may be stopped. ${RING_IT}`,
  },
  'connection-silent': {
    what: 'Nothing answers at the service’s address',
    remedy: `The line is down, or a firewall is in between. ${RING_IT}`,
  },
  'connection-no-way': {
    what: 'There is no way from here to the service',
    remedy: 'Look at the cable, the Wi-Fi or the VPN. Else ring IT.',
  },
  'proxy-sign-in': {
    what: 'The office proxy wants a sign-in',
    remedy:
      'Open a web page once and sign in there, then check again. If that does not help, ring IT: the proxy has to let Holdfast through.',
  },
  'proxy-refused': { what: 'The office proxy does not let Holdfast through', remedy: RING_IT },
  'certificate-unknown': {
    what: 'The certificate is from somebody whom this PC does not trust',
    remedy: `Nothing was sent. ${RING_IT} They can put the right certificate into Windows.`,
  },
  'certificate-expired': {
    what: 'The certificate is out of date, or not valid yet',
    remedy: `Look whether the date of this PC is right. ${RING_IT}`,
  },
  'certificate-wrong-name': {
    what: 'The certificate belongs to another address',
    remedy: `Nothing was sent. ${RING_IT}`,
  },
  'tls-failed': { what: 'No encrypted line comes about', remedy: `Something in between stops it. ${RING_IT}` },
  'service-silent': {
    what: 'The service does not answer in time',
    remedy: 'Wait a little and check again. If it stays, ring the service desk.',
  },
  'not-our-service': {
    what: 'Something else answered in place of the service',
    remedy:
      'This is often a page that asks for a sign-in to the network. Open a web page once, then check again. Else ring IT.',
  },
  'other-centre': {
    what: 'This is another service than before',
    remedy: 'Nothing is sent to it. Ring the service desk.',
  },
  'service-newer': {
    what: 'The service needs a newer Holdfast',
    remedy: 'Work is kept here. Ask the service desk for the update.',
  },
  'service-busy': { what: 'The service is busy', remedy: 'Holdfast tries again by itself. There is nothing to do.' },
  'service-fault': {
    what: 'The service has a fault',
    remedy: 'Holdfast keeps trying. If it stays, ring the service desk.',
  },
  'wrong-token': {
    what: 'The service does not know this PC',
    remedy: 'It has to be enrolled again: ring the service desk. Nothing is lost meanwhile.',
  },
  'clock-fast': { what: 'This PC’s clock is', remedy: 'Work goes on. Ask IT to set the clock.' },
  'clock-slow': { what: 'This PC’s clock is', remedy: 'Work goes on. Ask IT to set the clock.' },
}

export interface HopText {
  readonly what: string
  /** How long it took, or that it was not needed or not tried. */
  readonly when: string
  readonly remedy: string | undefined
}

/** One part of the line as it was found. */
export function hopText({ hop, state, code, tookMs }: Hop): HopText {
  if (code !== null) {
    const { what, remedy } = FAILURE[code]
    return { what: `${what}${state === 'warned' ? ` ${offText(code, tookMs ?? 0)}` : ''}`, when: '', remedy }
  }
  const when =
    state === 'not-used' ? 'not used' : state === 'not-tried' ? 'not tried' : tookMs === null ? '' : `${tookMs} ms`
  return { what: PART[hop], when, remedy: undefined }
}

const offText = (code: HopCode, offMs: number): string =>
  `${count(Math.round(offMs / 60_000), 'minute')} ${code === 'clock-fast' ? 'fast' : 'slow'}`

/** The outcome in one sentence, as it is spoken. */
export function checkedText({ hops }: LastCheck): string {
  const wrong = hops.find(one => one.state === 'failed') ?? hops.find(one => one.state === 'warned')
  return wrong ? `${hopText(wrong).what}.` : 'The connection works from end to end.'
}

/** What support needs: the parts with their codes and times. It names no person and no case. */
export function supportText({ at, hops }: LastCheck, version: string): string {
  const lines = hops.map(({ hop, state, code, tookMs }) =>
    [`${hop}: ${state}`, ...(code === null ? [] : [code]), ...(tookMs === null ? [] : [`${tookMs} ms`])].join(', '),
  )
  return [`Holdfast ${version}, connection checked ${new Date(at).toISOString()}`, ...lines].join('\n')
}
