import { expect, it } from 'vitest'
import { contactRecord } from '../../../shared/features/contacts/contact.ts'
import { aCase, aContact, anId } from '../../../tests/support/builders.ts'
import { aStore, confirmRows } from '../../../tests/support/store.ts'
import { findContact, listContacts } from './contactsRepository.ts'

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
