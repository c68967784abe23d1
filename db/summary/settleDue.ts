import { and, eq, gt, lt, or, sql } from 'drizzle-orm'
import type { Reference } from '../../shared/features/reference/reference.ts'
import { londonDate } from '../../shared/time.ts'
import { inTransaction, prepareOnce, type Database, type Transaction } from '../database.ts'
import { readRecord } from '../records/recordStore.ts'
import { indexNames, unindexNames } from '../search/nameIndex.ts'
import { indexNote } from '../search/noteIndex.ts'
import { findReadableScope } from '../sync/scope.ts'
import { refreshLine, removeLine } from './caseLine.ts'
import { caseSummaryTable, dueTable } from './summaryTables.ts'

// Whatever was worked out on another day: what is owed, which order runs and whose the case is depend on the day.
const isStale = or(
  lt(caseSummaryTable.nextAppointmentAt, sql.placeholder('now')),
  lt(caseSummaryTable.workedOutOn, sql.placeholder('today')),
  gt(caseSummaryTable.workedOutOn, sql.placeholder('today')),
)

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
  stale: db
    .select({ caseId: caseSummaryTable.caseId })
    .from(caseSummaryTable)
    .where(isStale)
    .limit(sql.placeholder('limit'))
    .prepare(),
  staleOfCase: db
    .select({ caseId: caseSummaryTable.caseId })
    .from(caseSummaryTable)
    .where(and(eq(caseSummaryTable.caseId, sql.placeholder('caseId')), isStale))
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
}))

/**
 * Brings up to date what saves and sync left behind: lines of the caseload, names, the index of notes. Lines that were worked
 * out on another day, or whose next appointment has passed, are worked out again too.
 *
 * @param limit most things in this call: one takes about half a millisecond.
 * @returns whether any were left for another call.
 */
export function settleDue(db: Database, reference: Reference, now: number, limit: number): boolean {
  const due = statements(db).due.all({ limit })
  const stale = statements(db).stale.all({ now, today: londonDate(now), limit: limit - due.length })
  if (due.length === 0 && stale.length === 0) return false
  inTransaction(db, tx => {
    for (const one of due) settle(tx, one, reference, now)
    for (const { caseId } of stale) settleLine(tx, caseId, reference, now)
  })
  return due.length + stale.length >= limit
}

/** The same for these cases alone, whatever else is due: before they are shown. */
export function settleCases(db: Database, reference: Reference, now: number, caseIds: readonly string[]): void {
  const all = [...new Set(caseIds)]
  const today = londonDate(now)
  const due = all.flatMap(caseId => statements(db).dueOfCase.all({ caseId }))
  const stale = all.flatMap(caseId => statements(db).staleOfCase.all({ caseId, now, today }))
  if (due.length === 0 && stale.length === 0) return
  inTransaction(db, tx => {
    for (const one of due) settle(tx, one, reference, now)
    for (const { caseId } of stale) settleLine(tx, caseId, reference, now)
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
      settleLine(tx, due.caseId, reference, now)
      break
    case 'names':
      if (findReadableScope(tx, due.caseId, now)) indexNames(tx, due.caseId)
      break
    case 'note':
      settleNote(tx, due)
      return
  }
  statements(tx).settle.run({ ...due })
}

/** The officer's own work may still be answered or discarded after the case was taken away or has lapsed. */
function settleLine(tx: Transaction, caseId: string, reference: Reference, now: number): void {
  if (findReadableScope(tx, caseId, now)) refreshLine(tx, caseId, reference, now)
  else removeFromLists(tx, caseId)
}

function settleNote(tx: Transaction, due: Due): void {
  const { caseId, startedAt, id } = due
  const contact = readRecord(tx, { entity: 'contact', caseId, id, startedAt })
  if (contact) indexNote(tx, { caseId, id, startedAt }, String(contact.fields['note']))
  statements(tx).settle.run({ ...due })
}

/** Takes the case out of every list and from under every name. */
export function removeFromLists(tx: Transaction, caseId: string): void {
  removeLine(tx, caseId)
  unindexNames(tx, caseId)
}
