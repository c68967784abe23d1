import { and, eq, notInArray, sql } from 'drizzle-orm'
import { worstState, type RecordState } from '../../shared/sync/recordState.ts'
import { prepareOnce, type Database } from '../database.ts'
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
  conflict: 'needs-you',
  quarantined: 'needs-you',
  discarded: 'confirmed',
}

/** The state of every record of a case, by its id. */
export function recordStates(db: Database, caseId: string): (id: string) => RecordState {
  const unsent = Map.groupBy(statements(db).ofCase.all({ caseId }), one => one.id)
  return id => worstState((unsent.get(id) ?? []).map(one => STATE_SHOWN[one.state]))
}
