import { randomBytes } from 'node:crypto'
import type { Address, Assignment, Case } from '../../shared/features/cases/case.ts'
import type { Contact } from '../../shared/features/contacts/contact.ts'
import { newId } from '../../shared/ids.ts'
import type { Operation } from '../../shared/sync/protocol.ts'
import type { Template } from '../../shared/features/templates/template.ts'
import { MONDAY, type TestCentre } from './testCentre.ts'

/** An id where nothing hangs on its time. */
export const someId = (): string => newId(MONDAY, { bytes: randomBytes })

export const aPerson = (given: Partial<Case> = {}): Case => ({
  givenName: 'Robin',
  familyName: 'Example',
  preferredName: '',
  dateOfBirth: '1990-05-14',
  pronoun: 'they',
  language: 'en',
  mergedInto: null,
  ...given,
})

export const anAssignment = (userId: string, given: Partial<Assignment> = {}): Assignment => ({
  userId,
  userName: `Name of ${userId}`,
  part: 'responsible',
  startOn: '2026-01-05',
  endOn: null,
  ...given,
})

export const anAddress = (given: Partial<Address> = {}): Address => ({
  kind: 'main',
  status: 'settled',
  lines: '1 Example Street',
  town: 'Northfold',
  postcode: 'NF1 1AA',
  startOn: null,
  endOn: null,
  checkedOn: null,
  ...given,
})

export const aContact = (given: Partial<Contact> = {}): Contact => ({
  kind: 'COAP',
  startedAt: MONDAY,
  durationMinutes: 30,
  outcome: null,
  note: 'Talked about work.',
  sensitive: false,
  place: '',
  appointmentId: null,
  eventId: null,
  requirementId: null,
  credits: 0,
  recordedById: 'morgan.ashby',
  recordedByName: 'Morgan Ashby',
  amends: null,
  strikes: null,
  reason: null,
  ...given,
})

export const aTemplate = (given: Partial<Template> = {}): Template => ({
  name: 'Office visit',
  kinds: 'COAP',
  suits: 'attended',
  body: 'Seen in the office.',
  position: 0,
  ...given,
})

/** A case with one officer on it. */
export async function aCase(centre: TestCentre, userId: string): Promise<string> {
  const caseId = centre.newId()
  await centre.addUser(userId)
  await centre.write({ entity: 'case', caseId, id: caseId, fields: aPerson() })
  await centre.write({ entity: 'assignment', caseId, id: centre.newId(), fields: anAssignment(userId) })
  return caseId
}

/** Makes operations as a workstation would: with ids, and numbered one after the other. */
export function aWorkstation(centre: Pick<TestCentre, 'newId'>) {
  let n = 0
  const make = (type: string, given: Pick<Operation, 'caseId' | 'body'> & Partial<Operation>): Operation => ({
    opId: centre.newId(),
    actionId: centre.newId(),
    n: ++n,
    type,
    id: centre.newId(),
    reason: null,
    clientAt: MONDAY,
    serverSeen: null,
    ...given,
  })
  return {
    create: (type: string, caseId: string, fields: object, given: Partial<Operation> = {}): Operation =>
      // Tests also send what a schema refuses.
      make(type, { caseId, body: { create: fields as Record<string, string> }, ...given }),
    patch: (type: string, row: RowKeyOf, patch: readonly PatchEntry[], given: Partial<Operation> = {}): Operation =>
      make(type, {
        caseId: row.caseId,
        id: row.id,
        body: { patch: patch.map(entry => ({ baseOp: null, ...entry })) },
        ...given,
      }),
  }
}

interface RowKeyOf {
  readonly caseId: string
  readonly id: string
}

interface PatchEntry {
  readonly field: string
  readonly baseRev: number
  readonly baseOp?: string | null
  readonly value: string | number | boolean | null
}
