import type * as z from 'zod'
import { appointmentRecord } from '../features/appointments/appointment.ts'
import {
  addressRecord,
  adjustmentRecord,
  aliasRecord,
  assignmentRecord,
  caseRecord,
  contactDetailRecord,
  identifierRecord,
} from '../features/cases/case.ts'
import { conflictRecord, proposalRecord } from '../features/conflicts/conflict.ts'
import { contactRecord } from '../features/contacts/contact.ts'
import { documentRecord } from '../features/documents/document.ts'
import { registerRecord } from '../features/registers/register.ts'
import { eventRecord, requirementRecord } from '../features/sentences/sentence.ts'
import { templateRecord } from '../features/templates/template.ts'

/**
 * Everything that travels between a workstation and the centre, under its name on the wire.
 * The order is that in which a case is sent: what the header needs first, notes last.
 */
export const recordTypes = {
  case: caseRecord,
  identifier: identifierRecord,
  alias: aliasRecord,
  assignment: assignmentRecord,
  register: registerRecord,
  adjustment: adjustmentRecord,
  contact_detail: contactDetailRecord,
  address: addressRecord,
  event: eventRecord,
  requirement: requirementRecord,
  appointment: appointmentRecord,
  conflict: conflictRecord,
  proposal: proposalRecord,
  document: documentRecord,
  contact: contactRecord,
  template: templateRecord,
} as const

export type Entity = keyof typeof recordTypes
export type Fields<E extends Entity> = z.infer<(typeof recordTypes)[E]['schema']>
/** The fields of some record, before it is known which. */
export type AnyFields = Readonly<Record<string, FieldValue>>
/** What one field may hold. Nothing is nested, so that each field can be compared and merged by itself. */
export type FieldValue = string | number | boolean | null

// Object.keys keeps the order above; the cast only restores what it knows of the keys.
export const entities = Object.keys(recordTypes) as readonly Entity[]
export const isEntity = (name: string): name is Entity => Object.hasOwn(recordTypes, name)

/** The revisions of a new row. Nothing builds on a field that never changes, so those of append-only records have none. */
export const revisionsOf = (entity: Entity, fields: AnyFields, version: number): Readonly<Record<string, number>> =>
  recordTypes[entity].kind === 'append-only'
    ? {}
    : Object.fromEntries(Object.keys(fields).map(field => [field, version]))

/**
 * The first of these values that only the centre may write; undefined where a workstation may write all of them.
 *
 * @param before the record as it is; null for one that is new.
 */
export function centresField(entity: Entity, before: AnyFields | null, values: AnyFields): string | undefined {
  const type = recordTypes[entity]
  if (type.kind !== 'changing') return undefined
  if (type.centresFields === 'centre') return Object.keys(values)[0]
  const centres: readonly string[] = [
    ...type.centresFields({ ...before }),
    ...type.centresFields({ ...before, ...values }),
  ]
  return Object.keys(values).find(field => centres.includes(field))
}
