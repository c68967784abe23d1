import { and, asc, count, desc, eq, getTableColumns, gte, isNotNull, isNull, lte, or, sql, sum } from 'drizzle-orm'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import { withCorrections, type EffectiveContact } from '../../../shared/features/contacts/contactText.ts'
import { prepareOnce, type Database } from '../../database.ts'
import { contactsTable } from './contactsTable.ts'

/** A place among a case's contacts, which go from the newest back. */
export interface ContactPlace {
  readonly at: number
  readonly id: string
}

/** In front of the newest contact. */
export const NEWEST: ContactPlace = { at: Number.MAX_SAFE_INTEGER, id: '' }

const statements = prepareOnce(db => {
  // Contacts never change, so nobody asks for their revisions; reading them as JSON would cost more than the rest.
  const { version: _version, fieldRev: _fieldRev, extra: _extra, ...columns } = getTableColumns(contactsTable)
  const { caseId, startedAt, id, amends, strikes, appointmentId, kind, requirementId, credits } = contactsTable
  const ofCase = eq(caseId, sql.placeholder('caseId'))
  const isFirst = and(isNull(amends), isNull(strikes))
  const select = () => db.select(columns).from(contactsTable)
  return {
    firsts: select()
      .where(and(ofCase, sql`(${startedAt}, ${id}) < (${sql.placeholder('at')}, ${sql.placeholder('id')})`, isFirst))
      .orderBy(desc(startedAt), desc(id))
      .limit(sql.placeholder('limit'))
      .prepare(),
    corrections: select()
      .where(
        and(
          ofCase,
          gte(startedAt, sql.placeholder('from')),
          lte(startedAt, sql.placeholder('to')),
          or(isNotNull(amends), isNotNull(strikes)),
        ),
      )
      .prepare(),
    since: select()
      .where(and(ofCase, gte(startedAt, sql.placeholder('from'))))
      .orderBy(desc(startedAt), desc(id))
      .prepare(),
    at: select()
      .where(and(ofCase, eq(startedAt, sql.placeholder('at'))))
      .orderBy(asc(id))
      .prepare(),
    ofAppointment: db
      .select({ caseId, id, startedAt })
      .from(contactsTable)
      .where(and(isNotNull(appointmentId), eq(appointmentId, sql.placeholder('appointmentId')), isFirst))
      .limit(1)
      .prepare(),
    oldest: db
      .select({ startedAt })
      .from(contactsTable)
      .where(ofCase)
      .orderBy(asc(startedAt), asc(id))
      .limit(1)
      .prepare(),
    credits: db
      .select({ requirementId, credits: sum(sql`iif(${strikes} IS NULL, ${credits}, -${credits})`).mapWith(Number) })
      .from(contactsTable)
      .where(and(ofCase, isNotNull(requirementId)))
      .groupBy(requirementId)
      .prepare(),
    kinds: db.select({ kind, total: count() }).from(contactsTable).where(and(ofCase, isFirst)).groupBy(kind).prepare(),
  }
})

type ContactRow = Contact & { readonly caseId: string; readonly id: string }

const apart = ({ caseId: _caseId, id, ...fields }: ContactRow) => ({ id, fields })

/** A page of the case's contacts, newest first, each with its corrections. */
export function listContacts(
  db: Database,
  caseId: string,
  before: ContactPlace,
  limit: number,
): readonly EffectiveContact[] {
  const firsts = statements(db).firsts.all({ caseId, ...before, limit })
  const [newest] = firsts
  const oldest = firsts.at(-1)
  if (!newest || !oldest) return []
  // A correction begins when what it corrects began, so it lies in the same stretch.
  const corrections = statements(db).corrections.all({ caseId, from: oldest.startedAt, to: newest.startedAt })
  return withCorrections([...firsts, ...corrections].map(apart))
}

/** All contacts of the case that began at `from` or later, newest first, each with its corrections. */
export const listContactsSince = (db: Database, caseId: string, from: number): readonly EffectiveContact[] =>
  withCorrections(statements(db).since.all({ caseId, from }).map(apart))

/** One contact with its corrections. */
export const findContact = (db: Database, caseId: string, place: ContactPlace): EffectiveContact | undefined =>
  withCorrections(statements(db).at.all({ caseId, at: place.at }).map(apart)).find(one => one.id === place.id)

/** The contact that logged the outcome of this appointment. */
export const findContactOfAppointment = (
  db: Database,
  appointmentId: string,
): { readonly caseId: string; readonly id: string; readonly startedAt: number } | undefined =>
  statements(db).ofAppointment.get({ appointmentId })

/** When the oldest contact that is here began. */
export const oldestContactAt = (db: Database, caseId: string): number | null =>
  statements(db).oldest.get({ caseId })?.startedAt ?? null

/** How many contacts of each kind the case has. */
export const countKinds = (db: Database, caseId: string): ReadonlyMap<string, number> =>
  new Map(
    statements(db)
      .kinds.all({ caseId })
      .map(one => [one.kind, one.total]),
  )

/**
 * How much of each requirement the contacts served, in the requirement's unit. A strike carries the credits of what it
 * withdraws and takes them off; an amendment carries none.
 */
export const sumCredits = (db: Database, caseId: string): ReadonlyMap<string, number> =>
  new Map(
    statements(db)
      .credits.all({ caseId })
      .map(one => [one.requirementId ?? '', one.credits]),
  )
