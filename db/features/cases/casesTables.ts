import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type {
  Address,
  Adjustment,
  Alias,
  Assignment,
  Case,
  ContactDetail,
  Identifier,
} from '../../../shared/features/cases/case.ts'
import type { Matches } from '../../matches.ts'
import { recordColumns, type RecordColumn } from '../../records/recordColumns.ts'

export const casesTable = sqliteTable(
  'cases',
  {
    ...recordColumns,
    givenName: text('given_name').notNull(),
    familyName: text('family_name').notNull(),
    preferredName: text('preferred_name').notNull(),
    dateOfBirth: text('date_of_birth'),
    pronoun: text({ enum: ['he', 'she', 'they', 'not-recorded'] }).notNull(),
    language: text({ enum: ['en', 'cy'] }).notNull(),
    mergedInto: text('merged_into'),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof casesTable.$inferSelect, RecordColumn>, Case>

export const aliasesTable = sqliteTable(
  'aliases',
  {
    ...recordColumns,
    givenName: text('given_name').notNull(),
    familyName: text('family_name').notNull(),
    note: text().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof aliasesTable.$inferSelect, RecordColumn>, Alias>

export const identifiersTable = sqliteTable(
  'identifiers',
  {
    ...recordColumns,
    kind: text({ enum: ['crn', 'pnc', 'noms', 'cro'] }).notNull(),
    value: text().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof identifiersTable.$inferSelect, RecordColumn>, Identifier>

export const addressesTable = sqliteTable(
  'addresses',
  {
    ...recordColumns,
    kind: text({ enum: ['main', 'postal', 'other'] }).notNull(),
    status: text({ enum: ['settled', 'temporary', 'no-fixed-abode', 'approved-premises', 'custody'] }).notNull(),
    lines: text().notNull(),
    town: text().notNull(),
    postcode: text().notNull(),
    startOn: text('start_on'),
    endOn: text('end_on'),
    checkedOn: text('checked_on'),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof addressesTable.$inferSelect, RecordColumn>, Address>

export const contactDetailsTable = sqliteTable(
  'contact_details',
  {
    ...recordColumns,
    kind: text({ enum: ['mobile', 'telephone', 'email'] }).notNull(),
    value: text().notNull(),
    note: text().notNull(),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof contactDetailsTable.$inferSelect, RecordColumn>, ContactDetail>

export const adjustmentsTable = sqliteTable(
  'adjustments',
  {
    ...recordColumns,
    kind: text({
      enum: ['dyslexia', 'interpreter', 'hearing', 'sight', 'mobility', 'learning', 'mental-health', 'other'],
    }).notNull(),
    what: text().notNull(),
    endOn: text('end_on'),
  },
  table => [primaryKey({ columns: [table.caseId, table.id] })],
)
true satisfies Matches<Omit<typeof adjustmentsTable.$inferSelect, RecordColumn>, Adjustment>

export const assignmentsTable = sqliteTable(
  'assignments',
  {
    ...recordColumns,
    userId: text('user_id').notNull(),
    userName: text('user_name').notNull(),
    part: text({ enum: ['responsible', 'senior', 'administrator', 'cover'] }).notNull(),
    startOn: text('start_on').notNull(),
    endOn: text('end_on'),
  },
  table => [
    primaryKey({ columns: [table.caseId, table.id] }),
    index('assignments_by_user').on(table.userId, table.caseId),
  ],
)
true satisfies Matches<Omit<typeof assignmentsTable.$inferSelect, RecordColumn>, Assignment>
