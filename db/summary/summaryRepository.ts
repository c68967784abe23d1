import { and, asc, count, eq, lt, sql, type SQL } from 'drizzle-orm'
import type { CaseloadSort } from '../../shared/features/caseload/caseloadContract.ts'
import { fullName, type Alias, type Case, type Identifier } from '../../shared/features/cases/case.ts'
import type { Reference, Rosh } from '../../shared/features/reference/reference.ts'
import type { Register } from '../../shared/features/registers/register.ts'
import { isActiveOn } from '../../shared/features/sentences/sentence.ts'
import { OWED_LOOKBACK_DAYS, owedOn } from '../../shared/features/today/owed.ts'
import { foldText } from '../../shared/text.ts'
import { addDays, dayRange, londonDate } from '../../shared/time.ts'
import { inTransaction, prepareOnce, type Database, type Transaction } from '../database.ts'
import { listAppointmentsOfCase, type StoredAppointment } from '../features/appointments/appointmentsRepository.ts'
import { findPerson, listAliases, listIdentifiers } from '../features/cases/casesRepository.ts'
import { listContactsSince, newestContactAt } from '../features/contacts/contactsRepository.ts'
import { listRegisters } from '../features/registers/registersRepository.ts'
import { listEvents } from '../features/sentences/sentencesRepository.ts'
import { readRecord } from '../records/recordStore.ts'
import { indexNames, unindexNames } from '../search/nameIndex.ts'
import { indexNote } from '../search/noteIndex.ts'
import { caseSummaryTable, dueTable, owedTable } from './summaryTables.ts'

export type CaseSummary = typeof caseSummaryTable.$inferSelect

const ROSH_ORDER: readonly Rosh[] = ['very-high', 'high', 'medium', 'low']
/** Risk to staff. Source: docs/sources.md#registers */
const STAFF_RISK = 'AV2S'

const statements = prepareOnce(db => ({
  due: db.select().from(dueTable).limit(sql.placeholder('limit')).prepare(),
  dueOfCase: db
    .select()
    .from(dueTable)
    .where(eq(dueTable.caseId, sql.placeholder('caseId')))
    .prepare(),
  notes: db.select().from(dueTable).where(eq(dueTable.kind, 'note')).prepare(),
  notesOfCase: db
    .select()
    .from(dueTable)
    .where(and(eq(dueTable.caseId, sql.placeholder('caseId')), eq(dueTable.kind, 'note')))
    .prepare(),
  passed: db
    .select({ caseId: caseSummaryTable.caseId })
    .from(caseSummaryTable)
    .where(lt(caseSummaryTable.nextAppointmentAt, sql.placeholder('now')))
    .limit(sql.placeholder('limit'))
    .prepare(),
  settle: db
    .delete(dueTable)
    .where(
      and(
        eq(dueTable.caseId, sql.placeholder('caseId')),
        eq(dueTable.kind, sql.placeholder('kind')),
        eq(dueTable.startedAt, sql.placeholder('startedAt')),
        eq(dueTable.id, sql.placeholder('id')),
      ),
    )
    .prepare(),
  settleCase: db
    .delete(dueTable)
    .where(eq(dueTable.caseId, sql.placeholder('caseId')))
    .prepare(),
  remove: db
    .delete(caseSummaryTable)
    .where(eq(caseSummaryTable.caseId, sql.placeholder('caseId')))
    .prepare(),
  removeOwed: db
    .delete(owedTable)
    .where(eq(owedTable.caseId, sql.placeholder('caseId')))
    .prepare(),
  get: db
    .select()
    .from(caseSummaryTable)
    .where(eq(caseSummaryTable.caseId, sql.placeholder('caseId')))
    .prepare(),
  ofOwed: db
    .select()
    .from(owedTable)
    .where(eq(owedTable.caseId, sql.placeholder('caseId')))
    .orderBy(asc(owedTable.dueOn))
    .prepare(),
}))

/**
 * Brings up to date what saves and sync left behind: lines of the caseload, names, the index of notes. Lines of cases whose
 * next appointment has passed are worked out again too.
 *
 * @param limit most things in this call: one takes about half a millisecond.
 * @returns whether any were left for another call.
 */
export function settleDue(db: Database, reference: Reference, now: number, limit: number): boolean {
  const due = statements(db).due.all({ limit })
  const passed = statements(db).passed.all({ now, limit: limit - due.length })
  if (due.length === 0 && passed.length === 0) return false
  inTransaction(db, tx => {
    for (const one of due) settle(tx, one, reference, now)
    for (const { caseId } of passed) refreshLine(tx, caseId, reference, now)
  })
  return due.length + passed.length >= limit
}

/** The same for these cases alone, whatever else is due: before they are shown. */
export function settleCases(db: Database, reference: Reference, now: number, caseIds: readonly string[]): void {
  const due = [...new Set(caseIds)].flatMap(caseId => statements(db).dueOfCase.all({ caseId }))
  if (due.length === 0) return
  inTransaction(db, tx => {
    for (const one of due) settle(tx, one, reference, now)
  })
}

/** The same for the notes of these cases: sync does so in the transaction that brings them. */
export function settleNotes(tx: Transaction, caseIds: readonly string[]): void {
  for (const caseId of caseIds) for (const note of statements(tx).notesOfCase.all({ caseId })) settleNote(tx, note)
}

/** Makes every note findable that was saved since: before a search. */
export function settleAllNotes(db: Database): void {
  const notes = statements(db).notes.all()
  if (notes.length === 0) return
  inTransaction(db, tx => {
    for (const note of notes) settleNote(tx, note)
  })
}

type Due = typeof dueTable.$inferSelect

function settle(tx: Transaction, due: Due, reference: Reference, now: number): void {
  switch (due.kind) {
    case 'line':
      refreshLine(tx, due.caseId, reference, now)
      break
    case 'names':
      indexNames(tx, due.caseId)
      break
    case 'note':
      settleNote(tx, due)
      return
  }
  statements(tx).settle.run({ ...due })
}

function settleNote(tx: Transaction, due: Due): void {
  const { caseId, startedAt, id } = due
  const contact = readRecord(tx, { entity: 'contact', caseId, id, startedAt })
  if (contact) indexNote(tx, { caseId, id, startedAt }, String(contact.fields['note']))
  statements(tx).settle.run({ ...due })
}

function refreshLine(tx: Transaction, caseId: string, reference: Reference, now: number): void {
  removeLine(tx, caseId)
  const person = findPerson(tx, caseId)
  if (!person || person.fields.mergedInto !== null) return
  const today = londonDate(now)
  const registers = listRegisters(tx, caseId).filter(one => one.fields.endOn === null)
  const appointments = listAppointmentsOfCase(tx, caseId).filter(one => one.fields.status === 'planned')
  const owed = owedOn(
    {
      contacts: listContactsSince(tx, caseId, dayRange(addDays(today, -OWED_LOOKBACK_DAYS)).from),
      registers,
      appointments: appointments.filter(one => one.startsAt >= now),
    },
    reference,
    today,
  )
  for (const one of owed) {
    const { from: fromOn, ...rest } = one
    tx.insert(owedTable)
      .values({ caseId, fromOn, ...rest })
      .run()
  }
  tx.insert(caseSummaryTable)
    .values({
      caseId,
      ...names(person.fields, listAliases(tx, caseId), listIdentifiers(tx, caseId), registers, reference),
      ...risk(registers, reference),
      ...order(tx, caseId, reference, today),
      lastContactAt: newestContactAt(tx, caseId),
      nextAppointmentAt: nextAppointmentAt(appointments, now),
      owedOn: owed[0]?.dueOn ?? null,
      owedCount: owed.length,
    })
    .run()
}

function removeLine(tx: Transaction, caseId: string): void {
  statements(tx).remove.run({ caseId })
  statements(tx).removeOwed.run({ caseId })
}

/** Takes the case out of every list and from under every name. */
export function removeFromLists(tx: Transaction, caseId: string): void {
  removeLine(tx, caseId)
  unindexNames(tx, caseId)
  statements(tx).settleCase.run({ caseId })
}

interface OfRegister {
  readonly fields: Register
}

function names(
  person: Case,
  aliases: readonly { readonly fields: Alias }[],
  identifiers: readonly { readonly fields: Identifier }[],
  registers: readonly OfRegister[],
  reference: Reference,
) {
  const aliasText = aliases.map(one => `${one.fields.givenName} ${one.fields.familyName}`.trim()).join(', ')
  const crn = identifiers.find(one => one.fields.kind === 'crn')?.fields.value ?? null
  const flags = registers.map(one => reference.registers.get(one.fields.code)?.label ?? one.fields.code).join(', ')
  const name = fullName(person)
  return {
    name,
    sortName: foldText(`${person.familyName} ${person.givenName}`),
    crn,
    aliases: aliasText,
    flags,
    folded: foldText([name, person.preferredName, aliasText, crn ?? '', flags].join(' ')),
  }
}

function risk(registers: readonly OfRegister[], reference: Reference) {
  const levels = registers.map(one => reference.registers.get(one.fields.code)?.rosh ?? null)
  const rosh = ROSH_ORDER.find(level => levels.includes(level)) ?? null
  return {
    rosh,
    roshRank: rosh === null ? ROSH_ORDER.length : ROSH_ORDER.indexOf(rosh),
    hasStaffRisk: registers.some(one => one.fields.code === STAFF_RISK),
  }
}

function order(tx: Transaction, caseId: string, reference: Reference, today: string) {
  const active = listEvents(tx, caseId).filter(event => isActiveOn(event.fields, today))
  const last = active.toSorted((a, b) => (a.fields.endOn < b.fields.endOn ? 1 : -1))[0]
  return {
    orderLabel: last ? (reference.sentences.get(last.fields.sentence)?.label ?? null) : null,
    orderEndsOn: last?.fields.endOn ?? null,
  }
}

function nextAppointmentAt(planned: readonly StoredAppointment[], now: number): number | null {
  const starts = planned.map(one => one.startsAt).filter(at => at >= now)
  return starts.length > 0 ? Math.min(...starts) : null
}

/** The case's line, if it is in scope and has been worked out. */
export const findSummary = (db: Database, caseId: string): CaseSummary | undefined => statements(db).get.get({ caseId })

/** The lines of these cases by case id; those without one are left out. */
export function findSummaries(db: Database, caseIds: readonly string[]): ReadonlyMap<string, CaseSummary> {
  const found = [...new Set(caseIds)].flatMap(caseId => findSummary(db, caseId) ?? [])
  return new Map(found.map(summary => [summary.caseId, summary]))
}

const ORDERS: Readonly<Record<CaseloadSort, readonly SQL[]>> = {
  owed: [sql`${caseSummaryTable.owedOn} IS NULL`, asc(caseSummaryTable.owedOn)],
  name: [],
  'next-appointment': [sql`${caseSummaryTable.nextAppointmentAt} IS NULL`, asc(caseSummaryTable.nextAppointmentAt)],
  'last-contact': [asc(caseSummaryTable.lastContactAt)],
  'order-ends': [sql`${caseSummaryTable.orderEndsOn} IS NULL`, asc(caseSummaryTable.orderEndsOn)],
  rosh: [asc(caseSummaryTable.roshRank)],
}

/** A page of the caseload and how many fit. Every word must be in the name, an alias, the CRN or a flag. */
export function listCaseload(
  db: Database,
  query: { readonly words: string; readonly sort: CaseloadSort; readonly limit: number; readonly offset: number },
): { readonly total: number; readonly all: number; readonly rows: readonly CaseSummary[] } {
  const words = foldText(query.words)
    .split(' ')
    .filter(word => word !== '')
  const fits = and(...words.map(word => sql`instr(${caseSummaryTable.folded}, ${word}) > 0`))
  const rows = db
    .select()
    .from(caseSummaryTable)
    .where(fits)
    .orderBy(...ORDERS[query.sort], asc(caseSummaryTable.sortName), asc(caseSummaryTable.caseId))
    .limit(query.limit)
    .offset(query.offset)
    .all()
  const all = countSummaries(db, undefined)
  return { rows, all, total: words.length === 0 ? all : countSummaries(db, fits) }
}

const countSummaries = (db: Database, fits: SQL | undefined): number =>
  db.select({ total: count() }).from(caseSummaryTable).where(fits).get()?.total ?? 0

export type OwedRow = typeof owedTable.$inferSelect

/** A page of everything owed, the most overdue first. */
export function listOwed(db: Database, limit: number, offset: number): readonly OwedRow[] {
  return db
    .select()
    .from(owedTable)
    .orderBy(asc(owedTable.dueOn), asc(owedTable.caseId), asc(owedTable.subjectId))
    .limit(limit)
    .offset(offset)
    .all()
}

export const countOwed = (db: Database): number => db.select({ total: count() }).from(owedTable).get()?.total ?? 0

export const listOwedOfCase = (db: Database, caseId: string): readonly OwedRow[] =>
  statements(db).ofOwed.all({ caseId })

/** How many cases this officer has on this PC. */
export const countCases = (db: Database): number => countSummaries(db, undefined)
