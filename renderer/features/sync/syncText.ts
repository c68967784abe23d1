import type { ConflictLine } from '../../../shared/features/conflicts/conflictsContract.ts'
import { findStuck } from '../../../shared/features/sync/stuck.ts'
import {
  refusalCode,
  type LineReason,
  type RefusalCode,
  type SyncStatus,
} from '../../../shared/features/sync/syncContract.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { londonTime } from '../../../shared/time.ts'
import { fieldText, hasFieldText } from '../../app/fieldText.ts'
import { agoText, capital, count, stampText, stateText } from '../../app/words.ts'

/** How the line stands: what it is, and what the officer can do, if anything. */
export const lineText: Readonly<Record<LineReason, { readonly what: string; readonly remedy: string }>> = {
  'never-tried': { what: 'The line has not been tried yet', remedy: 'Holdfast tries it by itself in a moment.' },
  up: { what: 'The line is up', remedy: '' },
  'no-centre': {
    what: 'This PC works without a central service',
    remedy: 'Everything stays on this PC. Nothing is sent anywhere.',
  },
  unreachable: {
    what: 'Line down',
    remedy: 'The central service cannot be reached. Work goes on; everything goes out when the line is back.',
  },
  'timed-out': {
    what: 'Line very slow',
    remedy: 'The central service did not answer in time. Work goes on; Holdfast keeps trying.',
  },
  'not-our-service': {
    what: 'Something else answered in place of the service',
    remedy: 'This is often the office proxy asking for a sign-in. Open a web page once, or ask IT.',
  },
  'wrong-token': {
    what: 'The service does not know this PC',
    remedy: 'This PC has to be enrolled again. Ring the service desk. Nothing is lost meanwhile.',
  },
  'other-centre': {
    what: 'This is another service than before',
    remedy: 'Nothing is sent to it. Ring the service desk.',
  },
  upgrade: {
    what: 'The service needs a newer Holdfast',
    remedy: 'Work goes on here and is kept. Ask the service desk for the update.',
  },
  busy: { what: 'The service is busy', remedy: 'It asked this PC to wait. Holdfast tries again by itself.' },
  paused: {
    what: 'Waiting: this line is metered',
    remedy: 'Nothing goes out or comes in by itself. “Sync now” sends and fetches at once.',
  },
  'service-fault': {
    what: 'The service has a fault',
    remedy: 'It answered with an error. Holdfast keeps trying; nothing is lost.',
  },
  'own-disk': {
    what: 'This PC’s own disk holds up sync',
    remedy:
      'It is full, or another program holds Holdfast’s file. Make room or close that program; Holdfast tries again by itself.',
  },
}

/** Reasons that mean that nothing goes out at the moment. */
export const isDown = (reason: LineReason): boolean =>
  reason !== 'up' && reason !== 'never-tried' && reason !== 'no-centre'

export interface StateWords {
  readonly sign: 'saved' | 'sent' | 'confirmed' | 'needs-you'
  readonly text: string
}

/** The state of the whole PC in one line: what is stuck, what is where, then the line if it is down, and the clock. */
export function stateWords(status: SyncStatus, now: number, today: string): StateWords {
  const { saved, sent, needsYou, reason, since, isWorking } = status
  const stuck = stuckText(status, now, today)
  const clock = clockText(status.clockAheadMs)
  const parts = [
    ...(stuck ? [stuck.brief] : []),
    ...(needsYou.count > 0 ? [needsYouText(needsYou.count)] : []),
    ...(isWorking && sent.count > 0 ? ['Sending'] : []),
    ...(saved.count > 0 ? [`${saved.count} saved on this PC${oldest(saved.oldestAt, now)}`] : []),
    ...(saved.count === 0 && sent.count > 0 ? [`${sent.count} sent`] : []),
    ...(saved.count === 0 && sent.count === 0 && needsYou.count === 0 ? [allDone(reason)] : []),
    ...(isDown(reason) ? [`${lineText[reason].what} since ${stampText(since, today)}`] : []),
    ...(clock ? [clock] : []),
  ]
  return { sign: stuck ? 'needs-you' : signOf(status), text: parts.join('. ') }
}

export interface StuckText {
  /** For the status line of every screen. */
  readonly brief: string
  readonly what: string
  /** The one thing to do about it. */
  readonly action: string
}

/** Work that has waited for too long: since when, why, and the one thing to do; undefined while nothing has. */
export function stuckText(status: SyncStatus, now: number, today: string): StuckText | undefined {
  const { saved, sent, heldBack, answeringSince, reason } = status
  const ages = [saved.oldestAt, sent.oldestAt].filter(at => at !== null)
  const oldestUnsentAt = ages.length === 0 ? null : Math.min(...ages)
  if (reason === 'no-centre' || oldestUnsentAt === null) return undefined
  if (!findStuck({ oldestUnsentAt, answeringSince, now })) return undefined
  const since = stampText(oldestUnsentAt, today)
  const brief = `Not sent since ${since}`
  if (heldBack.oldestAt === oldestUnsentAt) {
    const what = `Work from ${since} waits behind something that was refused`
    return { brief, what, action: 'Mend or discard what was refused, under “Needs you”.' }
  }
  return {
    brief,
    what: `Work from ${since} has not been confirmed. ${STUCK[reason].why}`,
    action: STUCK[reason].action,
  }
}

const RING = 'Ring the service desk and tell them what stands here.'
const CHECK = 'Press “Check the connection”: it says which part of the line fails, and whom to ask.'
/** Why work is stuck, for each state of the line, and the one thing to do. */
const STUCK: Readonly<Record<LineReason, { readonly why: string; readonly action: string }>> = {
  'never-tried': { why: 'The line has not been tried yet.', action: 'Press “Sync now”.' },
  up: {
    why: 'The service answers, and yet this does not get through.',
    action: 'Press “Sync now”; if this stays, ring the service desk.',
  },
  'no-centre': { why: '', action: '' },
  unreachable: { why: 'The service cannot be reached.', action: CHECK },
  'timed-out': { why: 'The line is too slow for an answer.', action: CHECK },
  'not-our-service': { why: 'Something else answers in place of the service.', action: CHECK },
  'wrong-token': { why: 'The service does not know this PC.', action: RING },
  'other-centre': { why: 'This is another service than before.', action: RING },
  upgrade: { why: 'The service needs a newer Holdfast.', action: 'Ask the service desk for the update.' },
  busy: { why: 'The service keeps asking this PC to wait.', action: RING },
  paused: { why: 'Sync waits because this line is metered.', action: 'Press “Sync now”.' },
  'service-fault': { why: 'The service answers with a fault.', action: RING },
  'own-disk': {
    why: 'This PC’s own disk holds it up.',
    action: 'Make room on the disk, or close what holds Holdfast’s file.',
  },
}

/** `1 needs you`. */
export const needsYouText = (count: number): string => `${count} ${count === 1 ? 'needs' : 'need'} you`

// Under two minutes is the ordinary course of things, so the age says nothing.
const WORTH_SAYING_MS = 120_000
const oldest = (at: number | null, now: number): string =>
  at === null || now - at < WORTH_SAYING_MS ? '' : `, oldest ${agoText(now - at)}`

const allDone = (reason: LineReason): string => (reason === 'no-centre' ? 'Saved on this PC' : 'All confirmed')

function signOf({ saved, sent, needsYou, reason }: SyncStatus): StateWords['sign'] {
  if (needsYou.count > 0) return 'needs-you'
  if (saved.count > 0 || reason === 'no-centre') return 'saved'
  return sent.count > 0 ? 'sent' : 'confirmed'
}

/** Why the centre refused something, and what mends it. */
export const refusalText: Readonly<Record<RefusalCode, string>> = {
  'unknown-type':
    'The service does not know this kind of entry yet. It goes when the service is updated, or discard it.',
  'invalid-fields': 'The service did not accept one of the answers. Open it, put it right and save again.',
  'not-permitted':
    'You may not do this in this case any more. Ask the responsible officer to record it, then discard it.',
  'case-not-found': 'The service does not know this case. Ring the service desk before you discard it.',
  'row-not-found': 'What it belongs to is not at the service any more. Open it and save it again.',
  'row-exists': 'The service has an entry with the same number already. Open it and save it again.',
  'written-by-centre-only': 'Only the service changes this. Discard it.',
  'not-accepted': 'The service cannot read one of the answers. Open it, put it right and send it again.',
  'too-large': 'It is too large for the service. Open it, shorten it and send it again.',
  'keeps-failing':
    'The service failed over this one again and again, for a day or more. Send it again, or ring the service desk.',
}

export const isRefusal = (code: string): code is RefusalCode => refusalCode.safeParse(code).success

/** One action of the officer, as it is listed. */
export type Work = Answer<'sync.work'>['items'][number]
type Attention = Work['attention'][number]

export const attentionText = (one: Attention): string =>
  one.kind === 'two-versions'
    ? 'Somebody else changed the same while you were apart. Both versions are kept. Settle it above.'
    : isRefusal(one.code)
      ? refusalText[one.code]
      : `The service refused it (${one.code}).`

const WHAT: Readonly<Record<string, string>> = {
  'contact.create': 'contact',
  'contact.amend': 'amendment',
  'contact.strike': 'withdrawal of an entry',
  'appointment.create': 'appointment',
  'appointment.patch': 'change of an appointment',
  'case.patch': 'change of personal details',
  'identifier.patch': 'change of a number',
  'identifier.create': 'number',
  'alias.patch': 'change of an alias',
  'alias.create': 'alias',
  'address.patch': 'change of an address',
  'address.create': 'address',
  'contact_detail.patch': 'change of a telephone or email',
  'contact_detail.create': 'telephone or email',
  'adjustment.patch': 'change of an adjustment',
  'adjustment.create': 'adjustment',
  'register.patch': 'change of a flag',
  'register.create': 'flag',
}

/** What an action did, from the types of its operations: `contact and appointment`. A patch beside a create is its echo. */
export function whatText(what: readonly string[]): string {
  const types = [...new Set(what.map(type => type.replace(/@\d+$/, '')))]
  const makes = types.filter(type => !type.endsWith('.patch'))
  return (makes.length > 0 ? makes : types).map(type => WHAT[type] ?? 'change').join(' and ') || 'change'
}

/** What an action was about: first words of a note, or the names of the fields that it changed. */
export const aboutText = ({ what, about }: Pick<Work, 'what' | 'about'>): string =>
  what.every(type => type.includes('.patch'))
    ? about
        .split(', ')
        .map(field => fieldText(field).toLowerCase())
        .join(', ')
    : about

type Refused = Answer<'sync.refused'>

/** The fields of something refused that an officer can put right: those that have a name on screen, the refused one first. */
export const mendable = ({ field: refused, fields }: Pick<Refused, 'field' | 'fields'>): Refused['fields'] =>
  fields
    .filter(one => one.field === refused || (hasFieldText(one.field) && !one.field.endsWith('Id')))
    .toSorted((a, b) => Number(b.field === refused) - Number(a.field === refused))

/** A value of a closed list as it is read. */
export const choiceText = (value: string): string =>
  value === 'true' ? 'Yes' : value === 'false' ? 'No' : capital(value.replaceAll('-', ' '))

/** How the state of an action is said: what was refused is not the same as what has two versions. */
export function workState({ state, attention }: Pick<Work, 'state' | 'attention'>): string {
  if (state !== 'needs-you') return stateText[state]
  return attention.every(one => one.kind === 'two-versions') ? 'Two versions' : 'Refused'
}

/** Whose case it is about, as far as this officer may still know. */
export const personOf = ({ name }: Pick<Work, 'name'>): string => name || 'A case that is not yours any more'

export const workName = (item: Pick<Work, 'name' | 'what'>): string => `${personOf(item)}, ${whatText(item.what)}`

/** How this PC's clock stands beside the service's; undefined while it is near enough. */
export function clockText(clockAheadMs: number | null): string | undefined {
  const NEAR_ENOUGH_MS = 5 * 60_000
  if (clockAheadMs === null || Math.abs(clockAheadMs) < NEAR_ENOUGH_MS) return undefined
  const minutes = count(Math.round(Math.abs(clockAheadMs) / 60_000), 'minute')
  return `This PC’s clock is ${minutes} ${clockAheadMs > 0 ? 'fast' : 'slow'}`
}

const NEXT_TRY: Readonly<Record<NonNullable<SyncStatus['nextTryWhy']>, string>> = {
  'waits-longer': 'After each try that fails Holdfast waits longer. Sync now does not wait.',
  'service-asked': 'The service asked this PC to wait so long.',
  'looks-for-news': 'What you save goes out 10 seconds later; this is only to see what others did.',
}

/** When the service is asked again by itself, and why then; undefined while it is asked. */
export function nextTryText(
  { nextTryAt, nextTryWhy }: Pick<SyncStatus, 'nextTryAt' | 'nextTryWhy'>,
  now: number,
): { readonly what: string; readonly why: string } | undefined {
  if (nextTryAt === null || nextTryWhy === null) return undefined
  const what = nextTryWhy === 'looks-for-news' ? 'Next look for news' : 'Next try'
  return { what: nextTryAt <= now ? `${what} now` : `${what} at ${londonTime(nextTryAt)}`, why: NEXT_TRY[nextTryWhy] }
}

/** How a field with two versions stands. */
export function conflictStateText({ state, settledBy }: Pick<ConflictLine, 'state' | 'settledBy'>): string {
  if (state === 'open') return 'Settle'
  return state === 'settled' ? `Settled by ${settledBy ?? 'a colleague'}` : 'Settled, not sent yet'
}
