import type { Actor } from '../../../shared/access/actor.ts'
import { appointmentViewOf } from '../../../shared/features/appointments/appointmentViews.ts'
import type { TimelineEntry, TimelineFilter } from '../../../shared/features/cases/casesContract.ts'
import type { EffectiveContact } from '../../../shared/features/contacts/contactText.ts'
import { contactViewOf } from '../../../shared/features/contacts/contactViews.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { foldText } from '../../../shared/text.ts'
import type { Database } from '../../../db/database.ts'
import {
  listAppointmentsOfCase,
  type StoredAppointment,
} from '../../../db/features/appointments/appointmentsRepository.ts'
import { countKinds, eachContact, NEWEST, type ContactPlace } from '../../../db/features/contacts/contactsRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import type { ReadAudit } from '../../readAudit.ts'

interface TimelineDeps {
  readonly db: Database
  readonly reference: Reference
  readonly readAudit: ReadAudit
}

/** Contacts read at a time while looking for those that a filter lets through. */
const READ_AT_A_TIME = 200

type Entry =
  | { readonly at: number; readonly id: string; readonly contact: EffectiveContact }
  | { readonly at: number; readonly id: string; readonly appointment: StoredAppointment }

/** All that happened in a case and what was promised, newest first. */
export function createTimelineService({ db, reference, readAudit }: TimelineDeps) {
  const categoryOf = (kind: string) => reference.contactTypes.get(kind)?.category ?? 'other'

  function fits(contact: EffectiveContact, filter: TimelineFilter, words: readonly string[]): boolean {
    const { kind, outcome, note } = contact.fields
    const category = categoryOf(kind)
    if (category === 'system' && !filter.showSystem && filter.category !== 'system') return false
    if (filter.category !== null && category !== filter.category) return false
    if (filter.compliance !== null && complianceOf(outcome) !== filter.compliance) return false
    if (words.length === 0) return true
    const label = reference.contactTypes.get(kind)?.label ?? kind
    const folded = foldText(`${label} ${note}`)
    return words.every(word => folded.includes(word))
  }

  function complianceOf(outcome: string | null): TimelineFilter['compliance'] {
    const found = outcome === null ? undefined : reference.outcomes.get(outcome)
    if (!found) return 'no-outcome'
    return found.complied ? 'complied' : 'not-complied'
  }

  /** An appointment that has its contact is shown by it. */
  const listPromised = (caseId: string): readonly StoredAppointment[] =>
    listAppointmentsOfCase(db, caseId).filter(one => one.fields.status !== 'done')

  function appointmentEntries(
    promised: readonly StoredAppointment[],
    filter: TimelineFilter,
    words: readonly string[],
  ): readonly Entry[] {
    if (filter.compliance === 'complied' || filter.compliance === 'not-complied') return []
    return promised
      .filter(one => filter.category === null || categoryOf(one.fields.kind) === filter.category)
      .filter(one => {
        const folded = foldText(
          `${reference.contactTypes.get(one.fields.kind)?.label ?? ''} ${one.fields.statusReason}`,
        )
        return words.every(word => folded.includes(word))
      })
      .map(appointment => ({ at: appointment.startsAt, id: appointment.id, appointment }))
      .toSorted(newestFirst)
  }

  /** Reads on until `limit` contacts fit or there are no more. */
  function contactEntries(
    query: { readonly caseId: string; readonly before: ContactPlace; readonly limit: number },
    lets: (contact: EffectiveContact) => boolean,
  ): readonly Entry[] {
    const found: Entry[] = []
    const { caseId, before, limit } = query
    for (const contact of eachContact(db, caseId, before, Math.min(limit, READ_AT_A_TIME))) {
      if (lets(contact)) found.push({ at: contact.fields.startedAt, id: contact.id, contact })
      if (found.length >= limit) break
    }
    return found
  }

  return {
    timeline(actor: Actor, query: Input<'cases.timeline'>): Result<Answer<'cases.timeline'>> {
      const { caseId, filter, limit } = query
      const refused = readAudit.openCase(actor, caseId)
      if (refused) return refused
      const words = foldText(filter.words)
        .split(' ')
        .filter(word => word !== '')
      const before = query.before ?? NEWEST
      const promised = listPromised(caseId)
      const appointments = appointmentEntries(promised, filter, words)
      const contacts = contactEntries({ caseId, before, limit: limit + 1 }, one => fits(one, filter, words))
      const later = appointments.filter(entry => isAfter(entry, before))
      const page = [...later, ...contacts].toSorted(newestFirst)
      const entries = page.slice(0, limit)
      const last = page.length > limit ? entries.at(-1) : undefined
      const stateOf = recordStates(db, caseId)
      const view = (entry: Entry): TimelineEntry =>
        'contact' in entry
          ? { is: 'contact', contact: contactViewOf(entry.contact, reference, stateOf) }
          : { is: 'appointment', appointment: appointmentViewOf(entry.appointment, reference, stateOf) }
      return ok({
        entries: entries.map(view),
        next: last ? { at: last.at, id: last.id } : null,
        ...counts(caseId, filter, words, { shown: appointments.length, all: promised.length }),
      })
    },
  }

  /** How many entries there are, with this filter and without. */
  function counts(
    caseId: string,
    filter: TimelineFilter,
    words: readonly string[],
    appointments: { readonly shown: number; readonly all: number },
  ) {
    const kinds = [...countKinds(db, caseId)]
    const total = (counted: readonly (readonly [string, number])[]) => counted.reduce((sum, [, one]) => sum + one, 0)
    const system = filter.showSystem ? 0 : total(kinds.filter(([kind]) => categoryOf(kind) === 'system'))
    const all = total(kinds) + appointments.all
    const isFiltered = words.length > 0 || filter.category !== null || filter.compliance !== null
    if (!isFiltered) return { shown: all - system, all, systemHidden: system }
    const everything = { caseId, before: NEWEST, limit: Number.MAX_SAFE_INTEGER }
    const fitting = contactEntries(everything, one => fits(one, filter, words))
    return { shown: fitting.length + appointments.shown, all, systemHidden: system }
  }
}

const newestFirst = (a: Entry, b: Entry): number => b.at - a.at || (a.id < b.id ? 1 : -1)
const isAfter = (entry: Entry, place: ContactPlace): boolean =>
  entry.at < place.at || (entry.at === place.at && entry.id < place.id)
