import { and, asc, count, desc, eq, isNotNull, isNull, ne, sql, sum } from 'drizzle-orm'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import { isCorrection, withCorrections, type EffectiveContact } from '../../../shared/features/contacts/contactText.ts'
import { prepareOnce, type Database } from '../../database.ts'
import { contactsTable } from './contactsTable.ts'

/** A place among a case's contacts, which go from the newest back. */
export interface ContactPlace {
  readonly at: number
  readonly id: string
}

/** In front of the newest contact. */
export const NEWEST: ContactPlace = { at: Number.MAX_SAFE_INTEGER, id: '' }

/** Contacts of a case, newest first, and where to go on; null after the last. */
export interface ContactPage {
  readonly contacts: readonly EffectiveContact[]
  readonly next: ContactPlace | null
}

/** What is read of a contact, in this order. Contacts never change, so nobody asks for their revisions. */
const READ = [
  'id',
  'version',
  'kind',
  'startedAt',
  'durationMinutes',
  'outcome',
  'note',
  'sensitive',
  'place',
  'appointmentId',
  'eventId',
  'requirementId',
  'credits',
  'recordedById',
  'recordedByName',
  'cameLate',
  'amends',
  'strikes',
  'reason',
] as const
type Column = (typeof READ)[number]

/** A row as the driver gives it: SQLite has no booleans. */
type DriverRow = ValuesOf<typeof READ>
type ValuesOf<Names extends readonly Column[]> = { readonly [Place in keyof Names]: ValueOf<Names[Place]> }
type ValueOf<Name extends Column> = Name extends 'sensitive' | 'cameLate'
  ? number
  : (typeof contactsTable.$inferSelect)[Name]

const statements = prepareOnce(db => {
  const { caseId, startedAt, id, version, amends, strikes, appointmentId, kind, requirementId, credits } = contactsTable
  const ofCase = eq(caseId, sql.placeholder('caseId'))
  const isFirst = and(isNull(amends), isNull(strikes))
  // A strike begins when what it withdraws began.
  const stands = sql`NOT EXISTS (SELECT 1 FROM contacts AS strike WHERE strike.case_id = ${caseId}
    AND strike.started_at = ${startedAt} AND strike.strikes = ${id})`
  // What the centre numbered first, then what it has not seen.
  const byCentre = [sql`${version} = 0`, asc(version), asc(id)]
  // A strike carries the requirement of what it withdraws, an amendment none: the index of credits has all that is asked for.
  const isNotStruck = sql`${id} NOT IN (SELECT strike.strikes FROM contacts AS strike
    WHERE strike.case_id = ${caseId} AND strike.requirement_id IS NOT NULL AND strike.strikes IS NOT NULL)`
  const isFirstOfAppointment = sql`NOT EXISTS (SELECT 1 FROM contacts AS other WHERE other.appointment_id = ${appointmentId}
    AND other.id <> ${id} AND other.amends IS NULL AND other.strikes IS NULL
    AND (other.version = 0, other.version, other.id) < (${version} = 0, ${version}, ${id})
    AND NOT EXISTS (SELECT 1 FROM contacts AS strike WHERE strike.case_id = other.case_id
      AND strike.started_at = other.started_at AND strike.strikes = other.id))`
  // The rows that every screen of a case waits for are read by the driver itself: Drizzle's mapping of 50 rows takes three
  // times as long as reading them.
  const columns = READ.map(name => `"${contactsTable[name].name}"`).join(', ')
  const rows = (where: string) =>
    db.$client.prepare(`SELECT ${columns} FROM contacts WHERE case_id = @caseId AND ${where}`).raw()
  return {
    newest: rows('(started_at, id) < (@at, @id) ORDER BY started_at DESC, id DESC LIMIT @limit + 0'),
    since: rows('started_at >= @from ORDER BY started_at DESC, id DESC'),
    at: rows('started_at = @at ORDER BY id DESC'),
    ofAppointment: db
      .select({ caseId, id, startedAt })
      .from(contactsTable)
      .where(
        and(
          isNotNull(appointmentId),
          eq(appointmentId, sql.placeholder('appointmentId')),
          ne(id, sql.placeholder('except')),
          isFirst,
          stands,
        ),
      )
      .orderBy(...byCentre)
      .limit(1)
      .prepare(),
    ends: {
      newest: db
        .select({ startedAt })
        .from(contactsTable)
        .where(ofCase)
        .orderBy(desc(startedAt), desc(id))
        .limit(1)
        .prepare(),
      oldest: db
        .select({ startedAt })
        .from(contactsTable)
        .where(ofCase)
        .orderBy(asc(startedAt), asc(id))
        .limit(1)
        .prepare(),
    },
    credits: db
      .select({ requirementId, credits: sum(credits).mapWith(Number) })
      .from(contactsTable)
      .where(and(ofCase, isNotNull(requirementId), isNull(strikes), isNotStruck, isFirstOfAppointment))
      .groupBy(requirementId)
      .prepare(),
    kinds: db.select({ kind, total: count() }).from(contactsTable).where(and(ofCase, isFirst)).groupBy(kind).prepare(),
  }
})

/** Each object is made at one stroke: copying one without its id takes as long as reading its row. */
const read = (rows: readonly unknown[]) => (rows as readonly DriverRow[]).map(readContact)

function readContact([
  id,
  version,
  kind,
  startedAt,
  durationMinutes,
  outcome,
  note,
  sensitive,
  place,
  appointmentId,
  eventId,
  requirementId,
  credits,
  recordedById,
  recordedByName,
  cameLate,
  amends,
  strikes,
  reason,
]: DriverRow) {
  const fields: Contact = {
    kind,
    startedAt,
    durationMinutes,
    outcome,
    note,
    sensitive: sensitive === 1,
    place,
    appointmentId,
    eventId,
    requirementId,
    credits,
    recordedById,
    recordedByName,
    cameLate: cameLate === 1,
    amends,
    strikes,
    reason,
  }
  return { id, version, fields }
}

/**
 * A page of the case's contacts, each with its corrections.
 *
 * @param limit rows that are read at most; corrections count too, so there may be fewer contacts on the page.
 */
export function listContacts(db: Database, caseId: string, before: ContactPlace, limit: number): ContactPage {
  const { newest, at } = statements(db)
  const rows = read(newest.all({ caseId, ...before, limit }))
  const last = rows.length === limit ? rows.at(-1) : undefined
  // A correction begins when its first record began, but whoever made it may have had another clock: it may lie on the page
  // before or on the next one.
  const here = new Set(rows.map(row => row.id))
  const edges = new Set([rows[0], last].flatMap(row => row?.fields.startedAt ?? []))
  const corrections = [...edges]
    .flatMap(startedAt => read(at.all({ caseId, at: startedAt })))
    .filter(row => isCorrection(row) && !here.has(row.id))
  return {
    contacts: withCorrections([...rows, ...corrections]),
    next: last ? { at: last.fields.startedAt, id: last.id } : null,
  }
}

/** The case's contacts one by one, newest first, read a page at a time: whoever has found enough stops. */
export function* eachContact(
  db: Database,
  caseId: string,
  before: ContactPlace,
  pageRows: number,
): Generator<EffectiveContact> {
  for (let place: ContactPlace | null = before; place !== null;) {
    const page: ContactPage = listContacts(db, caseId, place, pageRows)
    yield* page.contacts
    place = page.next
  }
}

/** All contacts of the case that began at `from` or later, newest first, each with its corrections. */
export const listContactsSince = (db: Database, caseId: string, from: number): readonly EffectiveContact[] =>
  withCorrections(read(statements(db).since.all({ caseId, from })))

/** One contact with its corrections. */
export const findContact = (db: Database, caseId: string, place: ContactPlace): EffectiveContact | undefined =>
  withCorrections(read(statements(db).at.all({ caseId, at: place.at }))).find(one => one.id === place.id)

/**
 * The contact that logged the outcome of this appointment, and stands.
 *
 * @param except a contact that does not count.
 */
export const findContactOfAppointment = (
  db: Database,
  appointmentId: string,
  except = '',
): { readonly caseId: string; readonly id: string; readonly startedAt: number } | undefined =>
  statements(db).ofAppointment.get({ appointmentId, except })

/** When the newest contact began. */
export const newestContactAt = (db: Database, caseId: string): number | null =>
  statements(db).ends.newest.get({ caseId })?.startedAt ?? null

/** When the oldest contact that is here began. */
export const oldestContactAt = (db: Database, caseId: string): number | null =>
  statements(db).ends.oldest.get({ caseId })?.startedAt ?? null

/** How many contacts of each kind the case has. */
export const countKinds = (db: Database, caseId: string): ReadonlyMap<string, number> =>
  new Map(
    statements(db)
      .kinds.all({ caseId })
      .map(one => [one.kind, one.total]),
  )

/**
 * How much of each requirement the contacts served that stand, in the requirement's unit. Of one appointment only the first
 * counts: two PCs may have logged it apart. An amendment carries no credits.
 */
export const sumCredits = (db: Database, caseId: string): ReadonlyMap<string, number> =>
  new Map(
    statements(db)
      .credits.all({ caseId })
      .map(one => [one.requirementId ?? '', one.credits]),
  )
