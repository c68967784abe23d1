import { PUSH_OPERATIONS_MAX, REQUEST_BYTES_MAX } from '../../shared/sync/protocol.ts'
import { inTransaction } from '../../db/database.ts'
import { markUnanswered, startIncarnation, takeBatch, type Batch } from '../../db/outbox/sendQueue.ts'
import { storeAnswer } from '../../db/sync/storeAnswers.ts'
import { UNDO_MS } from '../saveAction.ts'
import type { Reply } from './centralClient.ts'
import type { SyncDeps } from './syncDeps.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/** Answers that are stored in one transaction: each brings the rows it touched. */
const ANSWERS_A_TRANSACTION = 10
/** Characters of JSON in one push: a quarter of what the service takes, as a character can be three bytes. */
const BATCH_CHARACTERS_MAX = REQUEST_BYTES_MAX / 4

/** How much a push holds: less after one that was too large or took too long, more again as they get through. */
export interface BatchSize {
  operationsMax: number
}

export const createBatchSize = (): BatchSize => ({ operationsMax: PUSH_OPERATIONS_MAX })

/**
 * Sends everything that is due, oldest first, one request at a time.
 *
 * Safe to repeat: a crash between the centre's answer and storing it sends the batch again, and the centre answers the same.
 */
export async function pushChanges(deps: SyncDeps, size: BatchSize): Promise<Trouble | undefined> {
  let isNewIncarnation = false
  for (;;) {
    const batch = takeDue(deps, size.operationsMax)
    if (!batch) return undefined
    const { incarnation, operations } = batch
    const reply = await deps.client.push({ incarnation, operations: [...operations] })
    const answers = reply.is === 'answer' ? reply.data.answers : []
    await storeAnswers(deps, batch, answers)
    if (reply.is === 'answer') deps.heard(reply.data.serverTime)
    const isTooLarge = reply.is === 'refused' && reply.status === 413 && size.operationsMax > 1
    adaptSize(size, reply, operations.length)
    if (isTooLarge || answers.length === operations.length) continue
    if (reply.is !== 'refused' || reply.error.code !== 'INCARNATION' || isNewIncarnation) return troubleOf(reply)
    startNewIncarnation(deps, reply.error.incarnation)
    isNewIncarnation = true
  }
}

function adaptSize(size: BatchSize, reply: Reply<unknown>, sent: number): void {
  const isTooMuch = reply.is === 'down' ? reply.reason === 'timed-out' : reply.is === 'refused' && reply.status === 413
  if (isTooMuch) size.operationsMax = Math.ceil(Math.min(size.operationsMax, sent) / 2)
  else if (reply.is === 'answer') size.operationsMax = Math.min(PUSH_OPERATIONS_MAX, size.operationsMax * 2)
}

function takeDue({ db, clock }: SyncDeps, operationsMax: number): Batch | undefined {
  const limits = {
    now: clock.now(),
    operationsMax,
    charactersMax: BATCH_CHARACTERS_MAX,
    heldMsMax: UNDO_MS,
  }
  return inTransaction(db, tx => takeBatch(tx, limits))
}

function startNewIncarnation({ db, log }: SyncDeps, incarnation: number | undefined): void {
  inTransaction(db, tx => {
    startIncarnation(tx, incarnation ?? 1)
  })
  log.write('sync.incarnation', { incarnation: incarnation ?? 1 })
}

async function storeAnswers(
  { db, clock, timers, rowsChanged }: SyncDeps,
  batch: Batch,
  answers: readonly Parameters<typeof storeAnswer>[2][],
): Promise<void> {
  const placeOf = new Map(batch.operations.map((operation, index) => [operation.opId, batch.places[index]]))
  for (let start = 0; start < answers.length; start += ANSWERS_A_TRANSACTION) {
    const slice = answers.slice(start, start + ANSWERS_A_TRANSACTION)
    inTransaction(db, tx => {
      for (const answer of slice) {
        const place = placeOf.get(answer.opId)
        if (place !== undefined) storeAnswer(tx, place, answer, clock.now())
      }
    })
    rowsChanged(batch.operations.map(one => one.caseId))
    await timers.yield()
  }
  // What has no answer has gone out, and is sent again.
  inTransaction(db, tx => {
    markUnanswered(tx, batch.places)
  })
}
