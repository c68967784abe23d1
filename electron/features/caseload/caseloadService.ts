import type { Actor } from '../../../shared/access/actor.ts'
import { personLineOf } from '../../../shared/features/cases/personLine.ts'
import type { CaseloadRow } from '../../../shared/features/caseload/caseloadContract.ts'
import type { Answer, Input } from '../../../shared/ipc/contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { londonDate, type Clock } from '../../../shared/time.ts'
import type { Database } from '../../../db/database.ts'
import { listCaseload, type CaseSummary } from '../../../db/summary/caseloadRepository.ts'
import { ONE_READING_MS, type ReadAudit } from '../../readAudit.ts'
import type { SettleLists } from '../../settleLists.ts'

interface CaseloadDeps {
  readonly db: Database
  readonly clock: Clock
  readonly readAudit: ReadAudit
  readonly settleLists: SettleLists
}

/** Everybody this officer works with. */
export function createCaseloadService({ db, clock, readAudit, settleLists }: CaseloadDeps) {
  return {
    list(actor: Actor, query: Input<'caseload.list'>): Result<Answer<'caseload.list'>> {
      settleLists()
      const now = clock.now()
      const { total, all, rows } = listCaseload(db, { ...query, now })
      readAudit.read(actor, {
        action: 'list.read',
        key: 'caseload',
        withinMs: ONE_READING_MS,
        detail: { list: 'caseload', cases: all },
      })
      return ok({ total, all, today: londonDate(now), rows: rows.map(rowOf) })
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
