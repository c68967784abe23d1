import type { Actor } from '../../shared/access/actor.ts'
import type { Appointment } from '../../shared/features/appointments/appointment.ts'
import type { Address, Assignment, Case, Identifier } from '../../shared/features/cases/case.ts'
import type { Conflict, Proposal } from '../../shared/features/conflicts/conflict.ts'
import type { Contact } from '../../shared/features/contacts/contact.ts'
import type { ContactEntry, ContactFormIds } from '../../shared/features/contacts/contactsContract.ts'
import type { Document } from '../../shared/features/documents/document.ts'
import type { Register } from '../../shared/features/registers/register.ts'
import type { Event, Requirement } from '../../shared/features/sentences/sentence.ts'
import type { Template } from '../../shared/features/templates/template.ts'
import { newId } from '../../shared/ids.ts'
import type { DeviceReport } from '../../shared/sync/protocol.ts'
import { aRandom } from './ports.ts'
import type { ConfirmedRow } from './store.ts'

const random = aRandom(42)
let made = 0

/** A fresh id, each sorting after the one before. */
export function anId(): string {
  made++
  return newId(Date.parse('2026-03-01T00:00:00Z') + made, random)
}

export const morgan: Actor = {
  userId: 'morgan.ashby',
  userName: 'Morgan Ashby',
  role: 'officer',
  deviceId: '018f0000-0000-7000-8000-000000000001',
}
export const dev: Actor = {
  userId: 'dev.larkhill',
  userName: 'Dev Larkhill',
  role: 'officer',
  deviceId: '018f0000-0000-7000-8000-000000000002',
}

export const aPerson = (changes: Partial<Case> = {}): Case => ({
  givenName: 'Jacob',
  familyName: 'Thistlewood',
  preferredName: '',
  dateOfBirth: '1991-05-14',
  pronoun: 'he',
  language: 'en',
  mergedInto: null,
  ...changes,
})

export const anAssignment = (changes: Partial<Assignment> = {}): Assignment => ({
  userId: morgan.userId,
  userName: morgan.userName,
  part: 'responsible',
  startOn: '2025-09-19',
  endOn: null,
  ...changes,
})

export const anAddress = (changes: Partial<Address> = {}): Address => ({
  kind: 'main',
  status: 'settled',
  lines: '1 Example Street',
  town: 'Northfold',
  postcode: 'NF1 1AA',
  startOn: null,
  endOn: null,
  checkedOn: null,
  ...changes,
})

export const anIdentifier = (changes: Partial<Identifier> = {}): Identifier => ({
  kind: 'crn',
  value: 'Z004512',
  ...changes,
})

export const anEvent = (changes: Partial<Event> = {}): Event => ({
  number: 1,
  sentence: 'community-order',
  offenceCode: '10501',
  offence: 'Common assault',
  court: "Northfold Magistrates' Court",
  sentencedOn: '2025-09-19',
  startOn: '2025-09-19',
  endOn: '2026-09-18',
  terminatedOn: null,
  ...changes,
})

export const aRequirement = (eventId: string, changes: Partial<Requirement> = {}): Requirement => ({
  eventId,
  code: 'F',
  amount: 20,
  unit: 'days',
  startOn: '2025-09-19',
  endedOn: null,
  note: '',
  ...changes,
})

export const aRegister = (changes: Partial<Register> = {}): Register => ({
  code: 'RMRH',
  note: 'Medium risk of serious harm.',
  startOn: '2026-01-12',
  nextReviewOn: '2026-07-12',
  endOn: null,
  officerName: 'Dev Larkhill',
  ...changes,
})

export const anAppointment = (changes: Partial<Appointment> = {}): Appointment => ({
  kind: 'COAP',
  startsOn: '2026-03-02',
  startsTime: '10:00',
  durationMinutes: 30,
  place: 'Northfold office, room 2',
  withUserId: morgan.userId,
  withUserName: morgan.userName,
  status: 'planned',
  statusReason: '',
  eventId: null,
  requirementId: null,
  toldHow: 'in-person',
  ...changes,
})

export const aContact = (changes: Partial<Contact> = {}): Contact => ({
  kind: 'COAP',
  startedAt: Date.parse('2026-02-16T10:00:00Z'),
  durationMinutes: 20,
  outcome: 'ATTC',
  note: 'Arrived 10 minutes late, bus. Agreed to offer £15 a month to the landlord.',
  sensitive: false,
  place: 'Northfold office, room 2',
  appointmentId: null,
  eventId: null,
  requirementId: null,
  credits: 0,
  recordedById: morgan.userId,
  recordedByName: morgan.userName,
  cameLate: false,
  amends: null,
  strikes: null,
  reason: null,
  ...changes,
})

export const aDocument = (changes: Partial<Document> = {}): Document => ({
  contactId: anId(),
  contactAt: Date.parse('2026-02-16T10:00:00Z'),
  name: 'Letter from the landlord.pdf',
  mediaType: 'application/pdf',
  bytes: 1_000,
  attachedAt: Date.parse('2026-02-16T10:20:00Z'),
  contentHash: 'c'.repeat(64),
  blobHash: 'b'.repeat(64),
  key: `${'A'.repeat(43)}=`,
  recordedById: morgan.userId,
  recordedByName: morgan.userName,
  amends: null,
  strikes: null,
  reason: null,
  ...changes,
})

export const aTemplate = (changes: Partial<Template> = {}): Template => ({
  name: 'Office visit',
  kinds: 'COAP',
  suits: 'attended',
  body: 'Check in\n\nReview\n',
  position: 0,
  ...changes,
})

/** A small case of Morgan's: person, CRN, assignment, and whatever else is given. */
export function aCase(
  more: (caseId: string) => readonly Omit<ConfirmedRow, 'caseId'>[] = () => [],
  person: Partial<Case> = {},
) {
  const caseId = anId()
  const rows: readonly Omit<ConfirmedRow, 'caseId'>[] = [
    { entity: 'case', id: caseId, fields: aPerson(person) },
    { entity: 'identifier', id: anId(), fields: anIdentifier() },
    { entity: 'assignment', id: anId(), fields: anAssignment() },
    ...more(caseId),
  ]
  return { caseId, rows: rows.map(row => ({ ...row, caseId })) }
}

export const formIds = (): ContactFormIds => ({
  formId: anId(),
  actionId: anId(),
  contactId: anId(),
  nextId: anId(),
  opIds: [anId(), anId(), anId()],
})

export const anEntry = (changes: Partial<ContactEntry> = {}): ContactEntry => ({
  kind: 'COAP',
  startedOn: '2026-03-02',
  startedTime: '10:00',
  durationMinutes: 15,
  outcome: 'ATTC',
  note: 'Came on time. Has the receipt for £15.',
  sensitive: false,
  place: 'Northfold office, room 2',
  requirementId: null,
  credits: 0,
  next: null,
  ...changes,
})

/** What a workstation with nothing to send says of itself. */
export const aReport = (changes: Partial<DeviceReport> = {}): DeviceReport => ({
  unsent: 0,
  oldestUnsentAt: null,
  refused: 0,
  appVersion: '0.0.0',
  ...changes,
})

/** An open conflict about the town of an address. */
export const aConflict = (changes: Partial<Conflict> = {}): Conflict => ({
  rowEntity: 'address',
  rowId: anId(),
  field: 'town',
  before: 'Northfold',
  standing: 'Hull',
  standingById: 'dev.larkhill',
  standingByName: 'Dev Larkhill',
  standingAt: Date.UTC(2026, 2, 2, 9, 20),
  proposals: 1,
  state: 'open',
  settledValue: null,
  settledById: null,
  settledByName: null,
  settledAt: null,
  reason: null,
  ...changes,
})

export const aProposal = (conflictId: string, changes: Partial<Proposal> = {}): Proposal => ({
  conflictId,
  value: 'Leeds',
  byId: 'morgan.ashby',
  byName: 'Morgan Ashby',
  at: Date.UTC(2026, 2, 2, 9, 41),
  opId: anId(),
  reason: null,
  ...changes,
})
