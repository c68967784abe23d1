import { and, eq, inArray } from 'drizzle-orm'
import type { RefusalCode } from '../../shared/features/sync/syncContract.ts'
import type { Transaction } from '../database.ts'
import { readSyncNumber } from '../sync/syncState.ts'
import { forgetNumbers, rowOf } from './outboxRepository.ts'
import { outboxTable } from './outboxTable.ts'
import { refreshRow } from './shadow.ts'

/** So often, and over so much contact with the service, before an operation is given back to the officer. */
const FAILURES_MAX = 8
const CONTACT_MS = 24 * 60 * 60 * 1000
const FIRST_WAIT_MS = 60_000
/** An operation set aside for longer than this was so by a clock that has since been put back. */
export const ASIDE_LONGEST_MS = 3 * 60 * 60 * 1000

type QueuedOperation = typeof outboxTable.$inferSelect

/**
 * The service failed over these operations alone, and is well otherwise: they are set aside for a while, twice as long each
 * time, and given back after 8 failures over 24 hours of contact.
 */
export function noteFailure(tx: Transaction, places: readonly number[], now: number): void {
  const contactMs = readSyncNumber(tx, 'contactMs') ?? 0
  for (const operation of listUnanswered(tx, places)) {
    const failures = operation.failures + 1
    const failedFromMs = operation.failedFromMs ?? contactMs
    if (failures >= FAILURES_MAX && contactMs - failedFromMs >= CONTACT_MS)
      giveBack(tx, operation, 'keeps-failing', now)
    else {
      const asideUntil = now + Math.min(ASIDE_LONGEST_MS, FIRST_WAIT_MS * 2 ** failures)
      const change = { failures, failedFromMs, asideUntil }
      tx.update(outboxTable).set(change).where(eq(outboxTable.place, operation.place)).run()
      forgetNumbers(tx, operation)
    }
  }
}

/** These can never be sent as they are: they wait for the officer, with why. */
export function giveBackAll(tx: Transaction, places: readonly number[], code: RefusalCode, now: number): void {
  for (const operation of listUnanswered(tx, places)) giveBack(tx, operation, code, now)
}

function giveBack(tx: Transaction, operation: QueuedOperation, refusedCode: RefusalCode, answeredAt: number): void {
  tx.update(outboxTable)
    .set({ state: 'quarantined', refusedCode, answeredAt })
    .where(eq(outboxTable.place, operation.place))
    .run()
  forgetNumbers(tx, operation)
  refreshRow(tx, rowOf(operation))
}

const listUnanswered = (tx: Transaction, places: readonly number[]): readonly QueuedOperation[] =>
  tx
    .select()
    .from(outboxTable)
    .where(and(inArray(outboxTable.place, [...places]), eq(outboxTable.state, 'retry')))
    .all()
