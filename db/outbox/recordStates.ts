import { and, eq, notInArray, sql } from 'drizzle-orm'
import { worstState, type RecordState } from '../../shared/sync/recordState.ts'
import { prepareOnce, type Database } from '../database.ts'
import { listOpenOfCase } from '../features/conflicts/conflictsRepository.ts'
import { listBeingSettled } from './settlements.ts'
import { outboxTable, type OutboxState } from './outboxTable.ts'

const statements = prepareOnce(db => ({
  ofCase: db
    .select({ id: outboxTable.id, state: outboxTable.state })
    .from(outboxTable)
    .where(
      and(eq(outboxTable.caseId, sql.placeholder('caseId')), notInArray(outboxTable.state, ['acked', 'discarded'])),
    )
    .prepare(),
}))

/** What the officer reads for each state of an operation. A request that went out without an answer is sent, not saved. */
export const STATE_SHOWN: Readonly<Record<OutboxState, RecordState>> = {
  pending: 'saved',
  sending: 'sent',
  retry: 'sent',
  acked: 'confirmed',
  quarantined: 'needs-you',
  discarded: 'confirmed',
}

/** The state of every record of a case, by its id. */
export function recordStates(db: Database, caseId: string): (id: string) => RecordState {
  const unsent = Map.groupBy(statements(db).ofCase.all({ caseId }), one => one.id)
  const waiting = waitingRows(db, caseId)
  return id => {
    const states = (unsent.get(id) ?? []).map(one => STATE_SHOWN[one.state])
    return worstState(waiting.has(id) ? ['needs-you', ...states] : states)
  }
}

/** The records of a case of which a field has two versions that nobody has settled. */
function waitingRows(db: Database, caseId: string): ReadonlySet<string> {
  const open = listOpenOfCase(db, caseId)
  if (open.length === 0) return new Set()
  const being = listBeingSettled(db)
  return new Set(open.filter(one => !being.has(one.id)).map(one => one.fields.rowId))
}
