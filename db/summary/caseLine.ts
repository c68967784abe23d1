import { eq, sql } from 'drizzle-orm'
import { fullName, type Case } from '../../shared/features/cases/case.ts'
import type { Reference, Rosh } from '../../shared/features/reference/reference.ts'
import { STAFF_RISK, type Register } from '../../shared/features/registers/register.ts'
import { isActiveOn } from '../../shared/features/sentences/sentence.ts'
import { OWED_LOOKBACK_DAYS, owedOn } from '../../shared/features/today/owed.ts'
import { foldText } from '../../shared/text.ts'
import { addDays, dayRange, londonDate } from '../../shared/time.ts'
import { prepareOnce, type Transaction } from '../database.ts'
import { listAppointmentsOfCase, type StoredAppointment } from '../features/appointments/appointmentsRepository.ts'
import { findPerson, listAliases, listIdentifiers } from '../features/cases/casesRepository.ts'
import { listContactsSince, newestContactAt } from '../features/contacts/contactsRepository.ts'
import { listRegisters } from '../features/registers/registersRepository.ts'
import { listEvents } from '../features/sentences/sentencesRepository.ts'
import { caseSummaryTable, owedTable } from './summaryTables.ts'

const ROSH_ORDER: readonly Rosh[] = ['very-high', 'high', 'medium', 'low']

const statements = prepareOnce(db => ({
  remove: db
    .delete(caseSummaryTable)
    .where(eq(caseSummaryTable.caseId, sql.placeholder('caseId')))
    .prepare(),
  removeOwed: db
    .delete(owedTable)
    .where(eq(owedTable.caseId, sql.placeholder('caseId')))
    .prepare(),
}))

/** Works out the case's line and what is owed on it anew. */
export function refreshLine(tx: Transaction, caseId: string, reference: Reference, now: number): void {
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
      ...names(tx, caseId, person.fields, flagLabels(registers, reference)),
      ...risk(registers, reference),
      ...order(tx, caseId, reference, today),
      lastContactAt: newestContactAt(tx, caseId),
      nextAppointmentAt: nextAppointmentAt(appointments, now),
      owedOn: owed[0]?.dueOn ?? null,
      owedCount: owed.length,
      workedOutOn: today,
    })
    .run()
}

/** Takes the line and what was owed on it away. */
export function removeLine(tx: Transaction, caseId: string): void {
  statements(tx).remove.run({ caseId })
  statements(tx).removeOwed.run({ caseId })
}

interface OfRegister {
  readonly fields: Register
}

function names(tx: Transaction, caseId: string, person: Case, flags: string) {
  const aliases = listAliases(tx, caseId)
    .map(one => `${one.fields.givenName} ${one.fields.familyName}`.trim())
    .join(', ')
  const crn = listIdentifiers(tx, caseId).find(one => one.fields.kind === 'crn')?.fields.value ?? null
  const name = fullName(person)
  return {
    name,
    sortName: foldText(`${person.familyName} ${person.givenName}`),
    crn,
    aliases,
    flags,
    folded: foldText([name, person.preferredName, aliases, crn ?? '', flags].join(' ')),
  }
}

const flagLabels = (registers: readonly OfRegister[], reference: Reference): string =>
  registers.map(one => reference.registers.get(one.fields.code)?.label ?? one.fields.code).join(', ')

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
