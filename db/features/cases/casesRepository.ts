import { eq, sql } from 'drizzle-orm'
import type {
  Address,
  Adjustment,
  Alias,
  Assignment,
  Case,
  ContactDetail,
  Identifier,
} from '../../../shared/features/cases/case.ts'
import { prepareOnce, type Database } from '../../database.ts'
import { splitRow, type Stored } from '../../records/splitRow.ts'
import {
  addressesTable,
  adjustmentsTable,
  aliasesTable,
  assignmentsTable,
  casesTable,
  contactDetailsTable,
  identifiersTable,
} from './casesTables.ts'

const statements = prepareOnce(db => {
  const caseId = sql.placeholder('caseId')
  return {
    person: db.select().from(casesTable).where(eq(casesTable.caseId, caseId)).prepare(),
    identifiers: db.select().from(identifiersTable).where(eq(identifiersTable.caseId, caseId)).prepare(),
    aliases: db.select().from(aliasesTable).where(eq(aliasesTable.caseId, caseId)).prepare(),
    addresses: db.select().from(addressesTable).where(eq(addressesTable.caseId, caseId)).prepare(),
    contactDetails: db.select().from(contactDetailsTable).where(eq(contactDetailsTable.caseId, caseId)).prepare(),
    adjustments: db.select().from(adjustmentsTable).where(eq(adjustmentsTable.caseId, caseId)).prepare(),
    assignments: db.select().from(assignmentsTable).where(eq(assignmentsTable.caseId, caseId)).prepare(),
  }
})

/** The person, or undefined for a case that is not here. */
export function findPerson(db: Database, caseId: string): Stored<Case> | undefined {
  const row = statements(db).person.get({ caseId })
  return row && splitRow(row)
}

export const listIdentifiers = (db: Database, caseId: string): readonly Stored<Identifier>[] =>
  statements(db).identifiers.all({ caseId }).map(splitRow)

export const listAliases = (db: Database, caseId: string): readonly Stored<Alias>[] =>
  statements(db).aliases.all({ caseId }).map(splitRow)

export const listAddresses = (db: Database, caseId: string): readonly Stored<Address>[] =>
  statements(db).addresses.all({ caseId }).map(splitRow)

export const listContactDetails = (db: Database, caseId: string): readonly Stored<ContactDetail>[] =>
  statements(db).contactDetails.all({ caseId }).map(splitRow)

export const listAdjustments = (db: Database, caseId: string): readonly Stored<Adjustment>[] =>
  statements(db).adjustments.all({ caseId }).map(splitRow)

export const listAssignments = (db: Database, caseId: string): readonly Stored<Assignment>[] =>
  statements(db).assignments.all({ caseId }).map(splitRow)
