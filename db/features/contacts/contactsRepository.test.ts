import { describe, expect, it } from 'vitest'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import { contactRecord } from '../../../shared/features/contacts/contact.ts'
import { aCase, aContact, anId } from '../../../tests/support/builders.ts'
import { aStore, confirmRows } from '../../../tests/support/store.ts'
import {
  eachContact,
  findContact,
  findContactOfAppointment,
  listContacts,
  NEWEST,
  sumCredits,
} from './contactsRepository.ts'

it('gives of a contact exactly what travels as its fields: a correction is made from them', () => {
  const db = aStore()
  const id = anId()
  const fields = aContact()
  const { caseId, rows } = aCase(() => [{ entity: 'contact', id, fields }])
  confirmRows(db, rows)

  const found = [
    findContact(db, caseId, { at: fields.startedAt, id }),
    listContacts(db, caseId, { at: fields.startedAt + 1, id }, 10).contacts[0],
  ]

  for (const contact of found) expect(contactRecord.schema.parse(contact?.fields)).toEqual(fields)
})

/** A store with these contacts of one case, in the order in which the centre numbered them. */
function withContacts(contacts: readonly (Partial<Contact> & { readonly id: string })[]) {
  const db = aStore()
  const { caseId, rows } = aCase(() =>
    contacts.map(({ id, ...fields }) => ({ entity: 'contact', id, fields: aContact(fields) })),
  )
  confirmRows(db, rows)
  return { db, caseId }
}

describe('contacts page by page', () => {
  // Made in this order, so that they sort in it.
  const [low, first, high] = [anId(), anId(), anId()]

  it.each([
    ['by a clock behind', low],
    ['by a clock ahead', high],
  ])('have their corrections wherever a page ends: struck %s', (_clock, id) => {
    const { db, caseId } = withContacts([
      { id: first, note: 'Came' },
      { id: anId(), note: 'Rang', startedAt: aContact().startedAt - 60_000 },
      { id, strikes: first, note: '', reason: 'Wrong person' },
    ])
    const seen = (rows: number) =>
      [...eachContact(db, caseId, NEWEST, rows)].map(one => [one.fields.note, one.struckBecause])

    for (const rows of [1, 2, 3, 10]) {
      expect(seen(rows), `${rows} rows`).toEqual([
        ['Came', 'Wrong person'],
        ['Rang', null],
      ])
    }
  })

  it('show the text that the centre numbered last, whatever the ids say', () => {
    const { db, caseId } = withContacts([
      { id: first, note: 'Came' },
      { id: high, amends: first, note: 'As Dev has it', reason: 'His PC is fast' },
      { id: low, amends: first, note: 'As Morgan has it', reason: 'Later' },
    ])

    expect(listContacts(db, caseId, NEWEST, 10).contacts).toMatchObject([{ fields: { note: 'As Morgan has it' } }])
  })
})

describe('what contacts served of a requirement', () => {
  const requirementId = anId()
  const [first, second] = [anId(), anId()]
  const day = (id: string, some: Partial<Contact> = {}) => ({ id, requirementId, credits: 1, ...some })
  const strikeOf = (id: string) => day(anId(), { strikes: id, note: '', reason: 'Wrong person' })
  const served = (...contacts: Parameters<typeof withContacts>[0]) => {
    const { db, caseId } = withContacts(contacts)
    return sumCredits(db, caseId).get(requirementId) ?? 0
  }

  it('is the sum of those that stand: two strikes take a contact off once', () => {
    expect(served(day(first), day(second))).toBe(2)
    expect(served(day(first), day(second), strikeOf(first))).toBe(1)
    expect(served(day(first), day(second), strikeOf(first), strikeOf(first))).toBe(1)
  })

  it('counts one appointment once, as the centre has it first', () => {
    const appointmentId = anId()

    expect(served(day(second, { appointmentId, credits: 2 }), day(first, { appointmentId, credits: 5 }))).toBe(2)
    expect(served(day(first, { appointmentId, requirementId: null, credits: 0 }), day(second, { appointmentId }))).toBe(
      0,
    )
    expect(
      served(day(first, { appointmentId, credits: 5 }), day(second, { appointmentId, credits: 2 }), strikeOf(first)),
    ).toBe(2)
  })
})

describe('the contact of an appointment', () => {
  it('is the first one that stands', () => {
    const [appointmentId, low, first, second] = [anId(), anId(), anId(), anId()]
    const { db } = withContacts([
      { id: first, appointmentId },
      { id: second, appointmentId },
      { id: low, appointmentId },
      { id: anId(), strikes: first, note: '', reason: 'Wrong person' },
    ])

    expect(findContactOfAppointment(db, appointmentId)?.id).toBe(second)
    expect(findContactOfAppointment(db, appointmentId, second)?.id).toBe(low)
  })
})
