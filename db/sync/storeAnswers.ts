import { eq } from 'drizzle-orm'
import type { OperationAnswer } from '../../shared/sync/protocol.ts'
import type { Transaction } from '../database.ts'
import { outboxTable } from '../outbox/outboxTable.ts'
import { rowOf } from '../outbox/outboxRepository.ts'
import { refreshRow } from '../outbox/shadow.ts'
import { applyRow } from './applyRow.ts'
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
  if ('rows' in answer) for (const row of answer.rows) applyRow(tx, row)
  refreshRow(tx, rowOf(operation))
}

function outcomeOf(answer: OperationAnswer): Partial<typeof outboxTable.$inferInsert> {
  switch (answer.status) {
    case 'applied':
    case 'merged':
    case 'conflict': // what does not stand is a proposal from now on, among the rows of the answer
    case 'late':
      return { state: 'acked' }
    case 'rejected':
      return { state: 'quarantined', refusedCode: answer.code, refusedField: answer.field }
  }
}
