import { addDays, addWorkingDays, londonDate } from '../../time.ts'
import type { Appointment } from '../appointments/appointment.ts'
import { standing, type EffectiveContact } from '../contacts/contactText.ts'
import type { Reference, Timing } from '../reference/reference.ts'
import type { Register } from '../registers/register.ts'

export type OwedKind = 'evidence' | 'warning-letter' | 'flag-review' | 'tell-appointment'

/** Something the officer owes, worked out from the record and never typed. */
export interface Owed {
  readonly kind: OwedKind
  /** The contact, flag or appointment that it comes from. */
  readonly subjectId: string
  readonly dueOn: string
  /** The day it counts from: of the absence, or of the appointment. */
  readonly from: string
  /** What it is about, where the kind does not say it: the label of the flag. */
  readonly about: string
}

/** What is owed on a case rests on these. */
export interface OwedFacts {
  /** Of the last `OWED_LOOKBACK_DAYS`, in any order. */
  readonly contacts: readonly EffectiveContact[]
  readonly registers: readonly { readonly id: string; readonly fields: Register }[]
  /** Planned ones, from today on. */
  readonly appointments: readonly { readonly id: string; readonly fields: Appointment }[]
}

/** Absences older than this owe nothing any more: whatever was to be done is long decided. */
export const OWED_LOOKBACK_DAYS = 60
/** A flag's review is shown from this many days before it is due. */
const REVIEW_NOTICE_DAYS = 14

/** What is owed on one case. Source: docs/sources.md#timings */
export function owedOn(facts: OwedFacts, reference: Reference, today: string): readonly Owed[] {
  const contacts = standing(facts.contacts)
  return [
    ...contacts.filter(one => one.fields.outcome === 'AFTA').map(one => evidence(one, reference)),
    ...contacts.filter(one => owesLetter(one, contacts, reference)).map(one => letter(one, reference)),
    ...facts.registers.flatMap(one => flagReview(one, reference, today)),
    ...facts.appointments.filter(one => one.fields.toldHow === 'not-told').map(tell),
  ].toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

function evidence(contact: EffectiveContact, reference: Reference): Owed {
  const from = londonDate(contact.fields.startedAt)
  return {
    kind: 'evidence',
    subjectId: contact.id,
    from,
    dueOn: dueAfter(from, reference.timing('evidence'), reference),
    about: '',
  }
}

function letter(contact: EffectiveContact, reference: Reference): Owed {
  const from = londonDate(contact.fields.startedAt)
  const dueOn = dueAfter(from, reference.timing('warning-letter'), reference)
  return { kind: 'warning-letter', subjectId: contact.id, from, dueOn, about: '' }
}

function owesLetter(contact: EffectiveContact, all: readonly EffectiveContact[], reference: Reference): boolean {
  if (contact.fields.outcome !== 'UAAB') return false
  if (!reference.contactTypes.get(contact.fields.kind)?.nationalStandards) return false
  const settles = ({ fields }: EffectiveContact) => reference.contactTypes.get(fields.kind)?.settlesLetter === true
  return !all.some(one => settles(one) && one.fields.startedAt >= contact.fields.startedAt)
}

function flagReview(register: OwedFacts['registers'][number], reference: Reference, today: string): readonly Owed[] {
  const { nextReviewOn, endOn, code, startOn } = register.fields
  if (nextReviewOn === null || endOn !== null || nextReviewOn > addDays(today, REVIEW_NOTICE_DAYS)) return []
  const about = reference.registers.get(code)?.label ?? code
  return [{ kind: 'flag-review', subjectId: register.id, from: startOn, dueOn: nextReviewOn, about }]
}

const tell = (appointment: OwedFacts['appointments'][number]): Owed => ({
  kind: 'tell-appointment',
  subjectId: appointment.id,
  from: appointment.fields.startsOn,
  dueOn: appointment.fields.startsOn,
  about: appointment.fields.startsTime,
})

function dueAfter(from: string, timing: Timing, reference: Reference): string {
  return timing.unit === 'days' ? addDays(from, timing.limit) : addWorkingDays(from, timing.limit, reference.holidays)
}
