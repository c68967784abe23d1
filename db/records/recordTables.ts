import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { startsAt, type Appointment } from '../../shared/features/appointments/appointment.ts'
import type { AnyFields, Entity } from '../../shared/sync/recordTypes.ts'
import { appointmentsTable } from '../features/appointments/appointmentsTable.ts'
import {
  addressesTable,
  adjustmentsTable,
  aliasesTable,
  assignmentsTable,
  casesTable,
  contactDetailsTable,
  identifiersTable,
} from '../features/cases/casesTables.ts'
import { conflictsTable, proposalsTable } from '../features/conflicts/conflictsTables.ts'
import { contactsTable } from '../features/contacts/contactsTable.ts'
import { documentsTable } from '../features/documents/documentsTables.ts'
import { registersTable } from '../features/registers/registersTable.ts'
import { eventsTable, requirementsTable } from '../features/sentences/sentencesTables.ts'
import { templatesTable } from '../features/templates/templatesTable.ts'

interface RecordTable {
  readonly table: SQLiteTable
  /** Columns that are worked out from the fields. */
  readonly derive?: (fields: AnyFields) => AnyFields
}

/** Where each type of record is stored. A type without its line does not compile. */
export const recordTables = {
  case: { table: casesTable },
  identifier: { table: identifiersTable },
  alias: { table: aliasesTable },
  assignment: { table: assignmentsTable },
  register: { table: registersTable },
  adjustment: { table: adjustmentsTable },
  contact_detail: { table: contactDetailsTable },
  address: { table: addressesTable },
  event: { table: eventsTable },
  requirement: { table: requirementsTable },
  appointment: {
    table: appointmentsTable,
    // The row was checked against the schema of its type before it came here.
    derive: fields => ({ startsAt: startsAt(fields as unknown as Appointment) }),
  },
  conflict: { table: conflictsTable },
  proposal: { table: proposalsTable },
  document: { table: documentsTable },
  contact: { table: contactsTable },
  template: { table: templatesTable },
} as const satisfies Record<Entity, RecordTable>
