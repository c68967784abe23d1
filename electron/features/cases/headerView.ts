import { calledName, type Adjustment, type ContactDetail } from '../../../shared/features/cases/case.ts'
import type { CaseHeader, FlagView } from '../../../shared/features/cases/caseViews.ts'
import { personLineOf } from '../../../shared/features/cases/personLine.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import { STAFF_RISK, type Register } from '../../../shared/features/registers/register.ts'
import { ageOn, daysBetween, londonDate, type Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import { findPerson, listAdjustments, listContactDetails } from '../../../db/features/cases/casesRepository.ts'
import { listRegisters } from '../../../db/features/registers/registersRepository.ts'
import type { Stored } from '../../../db/records/splitRow.ts'
import { findSummary, type CaseSummary } from '../../../db/summary/caseloadRepository.ts'
import { settleCases } from '../../../db/summary/settleDue.ts'

interface HeaderDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
}

const SEVERITY_ORDER: readonly FlagView['severity'][] = ['high', 'medium', 'low']

/** What stands at the top of every screen of a case; undefined for a case that is not here. */
export function createHeaderView({ db, clock, reference }: HeaderDeps): (caseId: string) => CaseHeader | undefined {
  return caseId => {
    const person = findPerson(db, caseId)?.fields
    if (!person) return undefined
    settleCases(db, reference, clock.now(), [caseId])
    const summary = findSummary(db, caseId)
    const today = londonDate(clock.now())
    const registers = listRegisters(db, caseId)
    return {
      person: personLineOf(caseId, summary),
      calledName: calledName(person),
      dateOfBirth: person.dateOfBirth,
      age: person.dateOfBirth === null ? null : ageOn(person.dateOfBirth, today),
      telephone: telephoneOf(listContactDetails(db, caseId).map(one => one.fields)),
      flags: registers.map(one => flagViewOf(one, reference)).toSorted(byUrgency),
      adjustments: listAdjustments(db, caseId)
        .map(one => one.fields)
        .filter(one => isCurrent(one, today))
        .map(one => one.what),
      staffRisk: staffRiskOf(registers),
      order: orderOf(summary, today),
      mergedInto: person.mergedInto,
    }
  }
}

const isCurrent = ({ endOn }: Adjustment, today: string): boolean => endOn === null || endOn >= today

const telephoneOf = (details: readonly ContactDetail[]): string | null =>
  (details.find(one => one.kind === 'mobile') ?? details.find(one => one.kind === 'telephone'))?.value ?? null

function flagViewOf({ id, fields }: Stored<Register>, reference: Reference): FlagView {
  const type = reference.registers.get(fields.code)
  return { id, ...fields, label: type?.label ?? fields.code, severity: type?.severity ?? 'low' }
}

/** Ended ones last; then by severity; then the review that comes first. */
function byUrgency(a: FlagView, b: FlagView): number {
  const ended = Number(a.endOn !== null) - Number(b.endOn !== null)
  const severity = SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity)
  return ended || severity || (a.nextReviewOn ?? '9999').localeCompare(b.nextReviewOn ?? '9999')
}

function staffRiskOf(registers: readonly Stored<Register>[]): CaseHeader['staffRisk'] {
  const flag = registers.find(one => one.fields.code === STAFF_RISK && one.fields.endOn === null)?.fields
  return flag ? { note: flag.note, reviewedOn: flag.startOn, by: flag.officerName } : null
}

function orderOf(summary: CaseSummary | undefined, today: string): CaseHeader['order'] {
  if (!summary?.orderLabel || !summary.orderEndsOn) return null
  const daysLeft = Math.max(0, daysBetween(today, summary.orderEndsOn))
  return { label: summary.orderLabel, endsOn: summary.orderEndsOn, daysLeft }
}
