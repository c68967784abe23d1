import type { RefusalCode } from '../../shared/features/sync/syncContract.ts'
import { PUSH_OPERATIONS_MAX, REQUEST_BYTES_MAX } from '../../shared/sync/protocol.ts'
import { inTransaction } from '../../db/database.ts'
import { markUnanswered, startIncarnation, takeBatch, type Batch } from '../../db/outbox/sendQueue.ts'
import { forgetCompared } from '../../db/sync/compareCases.ts'
import { storeAnswer } from '../../db/sync/storeAnswers.ts'
import { giveBackAll, noteFailure } from '../../db/outbox/setAside.ts'
import { UNDO_MS } from '../saveAction.ts'
import type { Reply } from './centralClient.ts'
import type { SyncDeps } from './syncDeps.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/** Answers that are stored in one transaction: each brings the rows it touched. */
const ANSWERS_A_TRANSACTION = 10
/** Characters of JSON in one push: a quarter of what the service takes, as a character can be three bytes. */
const BATCH_CHARACTERS_MAX = REQUEST_BYTES_MAX / 4

/** Faults of the service in a row before the batch is halved to find what it fails over. */
const FAULTS_IN_A_ROW = 3

/** How much a push holds: less after one that was too large or took too long, more again as they get through. */
export interface BatchSize {
  operationsMax: number
  /** Faults of the service since it last took a batch. */
  faults: number
}

export const createBatchSize = (): BatchSize => ({ operationsMax: PUSH_OPERATIONS_MAX, faults: 0 })

/**
 * Sends everything that is due, oldest first, one request at a time. What can never be accepted is given back to the officer,
 * and what the service fails over is set aside: nothing else waits for it.
 *
 * Safe to repeat: a crash between the centre's answer and storing it sends the batch again, and the centre answers the same.
 */
export async function pushChanges(deps: SyncDeps, size: BatchSize): Promise<Trouble | undefined> {
  let isNewIncarnation = false
  let wasSetAside = false
  for (;;) {
    const batch = takeDue(deps, size.operationsMax)
    if (!batch) return undefined
    const { incarnation, operations } = batch
    const reply = await deps.client.push({ incarnation, operations: [...operations] })
    const answers = reply.is === 'answer' ? reply.data.answers : []
    await storeAnswers(deps, batch, answers)
    if (reply.is === 'answer') deps.heard(reply.data.serverTime)
    adaptSize(size, reply, operations.length)
    if (answers.length === operations.length || giveBackRefused(deps, batch, reply)) continue
    if (isFailing(batch, size, reply)) {
      const hello = await deps.client.hello()
      // A service that says hello to nobody is not well itself, and says for how long.
      if (hello.is !== 'answer') return troubleOf(hello)
      deps.heard(hello.data.serverTime)
      setAside(deps, batch)
      // Twice in a row it is more likely the service than what was sent.
      if (wasSetAside) return troubleOf(reply)
      wasSetAside = true
      continue
    }
    if (reply.is !== 'refused' || reply.error.code !== 'INCARNATION' || isNewIncarnation) return troubleOf(reply)
    startNewIncarnation(deps, reply.error.incarnation)
    isNewIncarnation = true
  }
}

function adaptSize(size: BatchSize, reply: Reply<unknown>, sent: number): void {
  const isFault = reply.is === 'down' && reply.reason === 'service-fault'
  if (isFault) size.faults++
  const isTooMuch = reply.is === 'down' ? reply.reason === 'timed-out' : reply.is === 'refused' && reply.status === 413
  if (isTooMuch || (isFault && size.faults >= FAULTS_IN_A_ROW)) {
    size.operationsMax = Math.ceil(Math.min(size.operationsMax, sent) / 2)
  } else if (reply.is === 'answer') {
    size.operationsMax = Math.min(PUSH_OPERATIONS_MAX, size.operationsMax * 2)
    size.faults = 0
  }
}

const isOneAction = ({ operations }: Batch): boolean => new Set(operations.map(one => one.actionId)).size === 1

/** @returns whether to go on: with smaller batches after one that was too large, or without what can never be accepted. */
function giveBackRefused(deps: SyncDeps, batch: Batch, reply: Reply<unknown>): boolean {
  if (reply.is !== 'refused') return false
  if (reply.status === 413) {
    if (isOneAction(batch)) giveBack(deps, batch, batch.places, 'too-large')
    return true
  }
  const [, named] = /^operations\.(\d+)(\.|$)/.exec(reply.error.field ?? '') ?? []
  const place = named === undefined ? undefined : batch.places[Number(named)]
  if (reply.status !== 400 || place === undefined) return false
  giveBack(deps, batch, [place], 'not-accepted')
  return true
}

function giveBack(deps: SyncDeps, batch: Batch, places: readonly number[], code: RefusalCode): void {
  deps.log.write('sync.given-back', { code, operations: places.length })
  inTransaction(deps.db, tx => {
    giveBackAll(tx, places, code, deps.clock.now())
  })
  deps.rowsChanged(batch.operations.map(one => one.caseId))
}

/**
 * Faults in a row that came down to one action, or one that failed so before. That it is the action and not the service is
 * known only while the service says hello.
 */
function isFailing(batch: Batch, size: BatchSize, reply: Reply<unknown>): boolean {
  const isFault = reply.is === 'down' && reply.reason === 'service-fault'
  return isFault && (batch.hasFailed || size.faults >= FAULTS_IN_A_ROW) && isOneAction(batch)
}

function setAside(deps: SyncDeps, batch: Batch): void {
  inTransaction(deps.db, tx => {
    noteFailure(tx, batch.places, deps.clock.now())
  })
  deps.log.write('sync.set-aside', { operations: batch.places.length })
  deps.rowsChanged(batch.operations.map(one => one.caseId))
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
    // This store is a copy or an older state of another: who knows what it lacks.
    forgetCompared(tx)
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
