import { toldHow, type ToldHow } from '../../shared/features/appointments/appointment.ts'
import type { AppointmentView } from '../../shared/features/appointments/appointmentViews.ts'
import type { OwedView, PersonLine } from '../../shared/features/cases/caseViews.ts'
import type { Rosh } from '../../shared/features/reference/reference.ts'
import type { RecordState } from '../../shared/sync/recordState.ts'
import { briefDay, daysBetween, londonDate, londonTime, shortDay } from '../../shared/time.ts'
import { figure } from './figure.ts'

/** The words that stand for the state of a record, everywhere. */
export const stateText: Readonly<Record<RecordState, string>> = {
  saved: 'Saved on this PC',
  sent: 'Sent',
  confirmed: 'Confirmed',
  'needs-you': 'Needs you',
}

export const roshText: Readonly<Record<Rosh, string>> = {
  'very-high': 'RoSH very high',
  high: 'RoSH high',
  medium: 'RoSH medium',
  low: 'RoSH low',
}

/** How loud a risk of serious harm is on screen. */
export const roshTone: Readonly<Record<Rosh, 'red' | 'amber' | 'plain'>> = {
  'very-high': 'red',
  high: 'red',
  medium: 'amber',
  low: 'plain',
}

export const toldText: Readonly<Record<ToldHow, string>> = {
  'in-person': 'in person',
  telephone: 'by phone',
  text: 'by text',
  email: 'by email',
  letter: 'by letter',
  'not-told': 'not told yet',
}

/** The ways in which somebody can be told, for a list. */
export const toldChoices = (): { value: ToldHow; label: string }[] =>
  toldHow.options.map(value => ({ value, label: capital(toldText[value]) }))

export const isToldHow = (value: string): value is ToldHow => toldHow.safeParse(value).success

export const crnText = (crn: string | null): string => crn ?? 'new'

/** Red and amber facts of a person, in words, for lists and their readers. */
export const riskWords = (person: Pick<PersonLine, 'hasStaffRisk' | 'rosh'>): readonly string[] => [
  ...(person.hasStaffRisk ? ['Risk to staff'] : []),
  ...(person.rosh !== null && roshTone[person.rosh] !== 'plain' ? [roshText[person.rosh]] : []),
]

/** `Office visit (NS)`: the kind, with the mark of what counts for national standards. */
export const kindText = (kind: { readonly kindLabel: string; readonly countsForStandards: boolean }): string =>
  kind.countsForStandards ? `${kind.kindLabel} (NS)` : kind.kindLabel

/** `Office visit (NS), room 2`. */
export const appointmentText = (appointment: AppointmentView): string =>
  [kindText(appointment), ...(appointment.place ? [appointment.place] : [])].join(', ')

/** `Thu 26 Feb`, for narrow columns. */
export const columnDay = (day: string, today: string): string =>
  `${shortDay(day, today).slice(0, 3)} ${briefDay(day, today)}`

/** `Today 09:30`, `Thu 26 Feb`: the time only where the day does not tell enough. */
export function whenText(at: number, today: string): string {
  const day = londonDate(at)
  return day === today ? `Today ${londonTime(at)}` : columnDay(day, today)
}

/** `10:19` for today, `26 Feb 10:19` for other days. */
export function stampText(at: number, today: string): string {
  const day = londonDate(at)
  return day === today ? londonTime(at) : `${briefDay(day, today)} ${londonTime(at)}`
}

/** How far off a day is: `1 day late`, `Today`, `Tomorrow`, `Wed 4 Mar`. */
export function dueText(dueOn: string, today: string): string {
  const days = daysBetween(today, dueOn)
  if (days < 0) return `${count(-days, 'day')} late`
  if (days === 0) return 'Today'
  return days === 1 ? 'Tomorrow' : columnDay(dueOn, today)
}

/** Late is red, today and tomorrow are amber. */
export function dueTone(dueOn: string, today: string): 'red' | 'amber' | 'plain' {
  const days = daysBetween(today, dueOn)
  if (days < 0) return 'red'
  return days <= 1 ? 'amber' : 'plain'
}

/** What is owed, without the name. */
export function owedText(owed: OwedView, today: string): string {
  switch (owed.kind) {
    case 'evidence':
      return `evidence for ${briefDay(owed.from, today)}`
    case 'warning-letter':
      return 'first warning letter'
    case 'flag-review':
      return `review the flag “${owed.about}”`
    case 'tell-appointment':
      return 'tell about the appointment'
  }
}

/** The sum behind what is owed. */
export function owedBecause(owed: OwedView, today: string): string {
  const due = shortDay(owed.dueOn, today)
  const verb = owed.dueOn < today ? 'ended' : 'end'
  switch (owed.kind) {
    case 'evidence':
      return `Missed ${shortDay(owed.from, today)}. ${count(daysBetween(owed.from, owed.dueOn), 'day')} ${verb} ${due}. Decide: acceptable or not`
    case 'warning-letter':
      return `Missed ${shortDay(owed.from, today)}. 2 working days ${verb} ${due}`
    case 'flag-review':
      return `On since ${shortDay(owed.from, today)}. Review set for ${due}`
    case 'tell-appointment':
      return `Booked for ${due} at ${owed.about}. Nobody can be held to what they were not told`
  }
}

/** `1 case`, `12 cases`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${figure(number)} ${number === 1 ? one : many}`

/** How long something has been waiting: `4 seconds`, `6 min`, `3 hours`, `4 days`. */
export function agoText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return count(seconds, 'second')
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  return seconds < 86_400 ? count(Math.floor(seconds / 3_600), 'hour') : count(Math.floor(seconds / 86_400), 'day')
}

/** The text with one full stop at its end. */
export const fullStop = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`)

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
