import { eq } from 'drizzle-orm'
import { invariant } from '../../shared/result.ts'
import type { OperationAnswer, WireRow } from '../../shared/sync/protocol.ts'
import { revisionsOf } from '../../shared/sync/recordTypes.ts'
import type { Transaction } from '../database.ts'
import { outboxTable } from '../outbox/outboxTable.ts'
import { rowOf } from '../outbox/outboxRepository.ts'
import { refreshRow } from '../outbox/shadow.ts'
import { applyRow } from './applyRow.ts'
import { noteKnown } from './knownVersions.ts'
import { purgeAgain } from './purges.ts'

/**
 * Stores the centre's answer to one operation with the rows that came with it. An answer to an operation that is not
 * waiting for one changes nothing.
 *
 * @param place of the operation in the outbox.
 */
export function storeAnswer(tx: Transaction, place: number, answer: OperationAnswer, answeredAt: number): void {
  const operation = tx.select().from(outboxTable).where(eq(outboxTable.place, place)).get()
  if (operation?.opId !== answer.opId || (operation.state !== 'sending' && operation.state !== 'retry')) return
  tx.update(outboxTable)
    .set({ ...outcomeOf(answer), answeredAt })
    .where(eq(outboxTable.place, place))
    .run()
  purgeAgain(tx, operation.caseId)
  const rows = rowsOf(operation, answer)
  for (const row of rows) applyRow(tx, row)
  noteKnown(
    tx,
    rows.map(row => row.version),
  )
  refreshRow(tx, rowOf(operation))
}

type QueuedOperation = typeof outboxTable.$inferSelect

/** The rows that an answer brings; what stands as it was sent did not travel back. */
function rowsOf({ entity, caseId, id, body }: QueuedOperation, answer: OperationAnswer): readonly WireRow[] {
  if (answer.status !== 'as-sent') return 'rows' in answer ? answer.rows : []
  invariant('create' in body, 'only what was made can stand as it was sent')
  const { version } = answer
  const fields = body.create
  return [{ entity, caseId, id, version, deleted: false, fields, fieldRev: revisionsOf(entity, fields, version) }]
}

function outcomeOf(answer: OperationAnswer): Partial<typeof outboxTable.$inferInsert> {
  switch (answer.status) {
    case 'as-sent':
    case 'applied':
    case 'merged':
    case 'conflict': // what does not stand is a proposal from now on, among the rows of the answer
    case 'late':
      return { state: 'acked' }
    case 'rejected':
      return { state: 'quarantined', refusedCode: answer.code, refusedField: answer.field }
  }
}
