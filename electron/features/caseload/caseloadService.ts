import type { Actor } from '../../../shared/access/actor.ts'
import { personLineOf } from '../../../shared/features/cases/personLine.ts'
import type { CaseloadRow } from '../../../shared/features/caseload/caseloadContract.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { londonDate, type Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import { listCaseload, type CaseSummary } from '../../../db/summary/caseloadRepository.ts'
import { settleDue } from '../../../db/summary/settleDue.ts'
import { ONE_READING_MS, type ReadAudit } from '../../readAudit.ts'

interface CaseloadDeps {
  readonly db: Database
  readonly clock: Clock
  readonly reference: Reference
  readonly readAudit: ReadAudit
}

const REFRESHED_BEFORE_A_LIST = 20

/** Everybody this officer works with. */
export function createCaseloadService({ db, clock, reference, readAudit }: CaseloadDeps) {
  return {
    list(actor: Actor, query: Input<'caseload.list'>): Result<Answer<'caseload.list'>> {
      settleDue(db, reference, clock.now(), REFRESHED_BEFORE_A_LIST)
      const { total, all, rows } = listCaseload(db, query)
      readAudit.read(actor, {
        action: 'list.read',
        key: 'caseload',
        withinMs: ONE_READING_MS,
        detail: { list: 'caseload', cases: all },
      })
      return ok({ total, all, today: londonDate(clock.now()), rows: rows.map(rowOf) })
    },
  }
}

const rowOf = (summary: CaseSummary): CaseloadRow => ({
  person: personLineOf(summary.caseId, summary),
  aliases: summary.aliases,
  flags: summary.flags,
  orderLabel: summary.orderLabel,
  orderEndsOn: summary.orderEndsOn,
  lastContactAt: summary.lastContactAt,
  nextAppointmentAt: summary.nextAppointmentAt,
  owedOn: summary.owedOn,
  owedCount: summary.owedCount,
})
