import type { CaseHeader, FlagView } from '../../../shared/features/cases/caseViews.ts'
import type { TimelineFilter } from '../../../shared/features/cases/casesContract.ts'
import type { ContactView } from '../../../shared/features/contacts/contactViews.ts'
import type { ContactCategory } from '../../../shared/features/reference/reference.ts'
import { briefDay, dayMonthYear, daysBetween, londonDate, londonTime, shortDay } from '../../../shared/time.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { excerpt } from '../../../shared/features/contacts/contactText.ts'
import { count, kindText, roshText } from '../../app/words.ts'
import { figure } from '../../app/figure.ts'

type Entry = Answer<'cases.timeline'>['entries'][number]
type ContactLike = Extract<Entry, { readonly is: 'contact' }>['contact']

const REVIEW_SOON_DAYS = 14

/** A flag of high severity, or one whose review is late, is loud. */
export function flagTone(flag: FlagView, today: string): 'red' | 'amber' | 'plain' | 'quiet' {
  if (flag.endOn !== null) return 'quiet'
  if (flag.nextReviewOn !== null && daysBetween(today, flag.nextReviewOn) <= REVIEW_SOON_DAYS) return 'amber'
  return flag.severity === 'high' ? 'amber' : 'plain'
}

/** The flags that run, without those that stand beside them in other words: RoSH, and the risk to staff in its band. */
export const flagsToShow = ({ flags, person, staffRisk }: Answer<'cases.header'>) =>
  flags.filter(
    flag =>
      flag.endOn === null &&
      flag.label !== (person.rosh && roshText[person.rosh]) &&
      !(staffRisk !== null && flag.label === 'Risk to staff'),
  )

/** The flag with its review where that is near: `Domestic abuse, review 11 Mar`. */
export function flagText(flag: FlagView, today: string): string {
  const { label, nextReviewOn } = flag
  const isNear = nextReviewOn !== null && daysBetween(today, nextReviewOn) <= REVIEW_SOON_DAYS
  return isNear ? `${label}, review ${briefDay(nextReviewOn, today)}` : label
}

/** What to do about the risk to staff; where nobody wrote it down, that this is so. */
export const staffRiskText = ({ note }: NonNullable<CaseHeader['staffRisk']>): string =>
  note || 'No note. Ask the person named in the flag.'

export function flagDates({ startOn, nextReviewOn, endOn }: FlagView): string {
  const from = `Since ${dayMonthYear(startOn)}`
  if (endOn !== null) return `${from}, ended ${dayMonthYear(endOn)}`
  return nextReviewOn === null ? `${from}, no review date` : `${from}, review ${dayMonthYear(nextReviewOn)}`
}

/** `born 14 May 1991, aged 34`. */
export const birthText = ({ dateOfBirth, age }: Pick<CaseHeader, 'dateOfBirth' | 'age'>): string =>
  dateOfBirth === null
    ? 'date of birth not known'
    : `born ${dayMonthYear(dateOfBirth)}${age === null ? '' : `, aged ${age}`}`

export const daysLeftText = (days: number): string => (days < 0 ? 'ended' : `${count(days, 'day')} left`)

/** What the timeline can be filtered by. */
export const categoryText: Readonly<Record<ContactCategory, string>> = {
  meeting: 'Meetings',
  'home-visit': 'Home visits',
  call: 'Calls',
  message: 'Emails and texts',
  letter: 'Letters',
  programme: 'Programmes and RAR',
  'unpaid-work': 'Unpaid work',
  enforcement: 'Enforcement',
  'custody-and-court': 'Custody and court',
  monitoring: 'Monitoring',
  information: 'Information',
  administrative: 'Administration',
  system: 'System entries',
  other: 'Other',
}

export const complianceText: Readonly<Record<NonNullable<TimelineFilter['compliance']>, string>> = {
  complied: 'Complied',
  'not-complied': 'Did not comply',
  'no-outcome': 'No outcome',
}

/** Kind, outcome and length of a contact, in one line. */
export const contactLine = (contact: ContactLike): string =>
  [
    kindText(contact),
    ...(contact.outcomeLabel === null ? [] : [contact.outcomeLabel.toLowerCase()]),
    ...(contact.durationMinutes === 0 ? [] : [count(contact.durationMinutes, 'minute')]),
    ...(contact.place === '' ? [] : [contact.place]),
  ].join(', ')

/** `Mon 16 February, 10:00`. */
export const contactWhen = ({ startedAt }: Pick<ContactView, 'startedAt'>, today: string): string =>
  `${shortDay(londonDate(startedAt), today)}, ${londonTime(startedAt)}`

/** Any entry of the timeline, in the words of a row. */
export interface EntryWords {
  readonly key: string
  readonly day: string
  /** Start of a contact; null for an appointment, whose text has it. */
  readonly time: string | null
  readonly kind: string
  readonly text: string
  readonly state: ContactView['state']
  readonly isFailure: boolean
  readonly isStruck: boolean
}

const EXCERPT_MAX = 160
// What mostly happens goes without saying in a row.
const ATTENDED = 'ATTC'

/** @param words that are searched for: the excerpt is taken around the first of them. */
export function entryWords(entry: Entry, today: string, words: readonly string[] = []): EntryWords {
  return entry.is === 'contact' ? contactWords(entry.contact, today, words) : appointmentWords(entry.appointment, today)
}

function contactWords(contact: ContactLike, today: string, words: readonly string[]): EntryWords {
  const isOrdinary = contact.outcomeLabel === null || contact.outcome === ATTENDED
  const outcome = isOrdinary ? '' : `, ${contact.outcomeLabel?.toLowerCase()}`
  return {
    key: contact.id,
    day: dayWord(londonDate(contact.startedAt), today),
    time: londonTime(contact.startedAt),
    kind: `${kindText(contact)}${outcome}`,
    text: excerpt(contact.note, words, EXCERPT_MAX) || 'No note',
    state: contact.state,
    isFailure: contact.isFailure,
    isStruck: contact.struckBecause !== null,
  }
}

type Appointment = Extract<Entry, { readonly is: 'appointment' }>['appointment']

const STATUS_TEXT: Readonly<Record<Appointment['status'], string>> = {
  planned: 'planned',
  done: 'done',
  rescheduled: 'rescheduled',
  cancelled: 'cancelled',
}

function appointmentWords(appointment: Appointment, today: string): EntryWords {
  const isOpen = appointment.status === 'planned' && appointment.startsOn <= today
  return {
    key: appointment.id,
    day: dayWord(appointment.startsOn, today),
    time: null,
    kind: kindText(appointment),
    text: [
      appointment.startsTime,
      ...(appointment.place ? [appointment.place] : []),
      isOpen ? 'no outcome yet' : STATUS_TEXT[appointment.status],
      ...(appointment.statusReason ? [appointment.statusReason] : []),
    ].join(', '),
    state: appointment.state,
    isFailure: false,
    isStruck: false,
  }
}

const dayWord = (day: string, today: string): string => (day === today ? 'Today' : briefDay(day, today))

/** `6 of 41 entries`, or `41 entries` where all are shown. */
export const entryCountText = ({ shown, all }: { readonly shown: number; readonly all: number }): string =>
  shown === all ? count(all, 'entry', 'entries') : `${figure(shown)} of ${count(all, 'entry', 'entries')}`

export const noEntriesText = (all: number, words: string): string =>
  all === 0
    ? 'Nothing is recorded in this case yet.'
    : words === ''
      ? 'No entry fits these filters.'
      : `No entry has “${words}”. Esc clears the words.`

type Failures = NonNullable<Answer<'cases.open'>['orders'][number]['failures']>

/** `1 of 2`, or the bare number where the sentence sets none. */
export const failuresOutOf = ({ count: failed, limit }: Pick<Failures, 'count' | 'limit'>): string =>
  limit === null ? String(failed) : `${failed} of ${limit}`

/** What the next failure opens. */
export function whatFailuresOpen({ count: failed, limit, afterwards }: Failures): string {
  const what = afterwards === 'breach' ? 'breach' : 'recall'
  if (limit === null) return `No number is set. Each failure may lead to ${what}.`
  if (failed >= limit) return `${what === 'breach' ? 'Breach' : 'Recall'} is open.`
  return failed === limit - 1 ? `At the next failure, ${what} opens.` : `At ${limit} failures, ${what} opens.`
}
