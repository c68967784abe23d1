import type { Contact } from '../../shared/features/contacts/contact.ts'
import { type AppointmentMaking, doneRow, isRecent } from '../diary/appointmentRows.ts'
import type { Teller } from '../notes/teller.ts'
import { type DemoRow, row } from '../rows.ts'
import { type Booked, type Entry, recordedAt, startedAt } from './entry.ts'

/** One contact with what it was made from, for the corrections that follow some. */
export interface WrittenContact {
  readonly id: string
  readonly fields: Contact
  readonly entry: Entry
  readonly recordedAt: number
}

export interface WrittenContacts {
  readonly contacts: readonly WrittenContact[]
  /** The appointments that led to the newest of them. */
  readonly appointments: readonly DemoRow[]
}

/** Writes the notes, in order of time, and the appointments of the last weeks that they log. */
export function writeContacts(
  entries: readonly Entry[],
  teller: Teller,
  making: AppointmentMaking,
  today: string,
): WrittenContacts {
  const appointments: DemoRow[] = []
  const contacts = entries.map(entry => {
    const note = entry.write(teller)
    const appointment = isLogged(entry) && isRecent(entry, today) ? doneRow(entry, making) : null
    if (appointment) appointments.push(appointment)
    const at = recordedAt(entry)
    return {
      id: making.makeId(at),
      fields: fieldsOf(entry, note, appointment?.id ?? null, making),
      entry,
      recordedAt: at,
    }
  })
  return { contacts, appointments }
}

const isLogged = (entry: Entry): entry is Entry & { readonly logs: Booked } => entry.logs !== null

function fieldsOf(entry: Entry, note: string, appointmentId: string | null, { order }: AppointmentMaking): Contact {
  return {
    kind: entry.kind,
    startedAt: startedAt(entry),
    durationMinutes: entry.minutes,
    outcome: entry.outcome,
    note,
    sensitive: entry.sensitive,
    place: entry.place,
    appointmentId,
    eventId: order.eventId,
    requirementId: entry.serves === null ? null : (order.requirementIds.get(entry.serves.code) ?? null),
    credits: entry.serves?.credits ?? 0,
    recordedById: entry.by.id,
    recordedByName: entry.by.name,
    cameLate: false,
    amends: null,
    strikes: null,
    reason: null,
  }
}

export const contactRow = (caseId: string, { id, fields }: Pick<WrittenContact, 'id' | 'fields'>): DemoRow =>
  row('contact', caseId, id, fields)
