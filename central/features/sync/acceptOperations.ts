import type { Actor } from '../../../shared/access/actor.ts'
import type { Operation, OperationAnswer, PushRequest } from '../../../shared/sync/protocol.ts'
import { type Clock, londonDate } from '../../../shared/time.ts'
import { type Database, inTransaction, sqlState, type Transaction } from '../../db/database.ts'
import { decide, wireAnswer } from './decide.ts'
import {
  type Device,
  loadResults,
  loadState,
  lockDevice,
  type Source,
  storeDecision,
  storeDevice,
} from './pushStore.ts'

export interface SyncDeps {
  readonly db: Database
  readonly clock: Clock
}

type Batch = Pick<PushRequest, 'incarnation' | 'operations'>

/** The answers; or the incarnation to go on with, where the numbers show a copy or an older state of the workstation's store. */
export type Accepted = { readonly answers: OperationAnswer[] } | { readonly incarnation: number }

/**
 * Accepts a batch from a workstation, in one transaction. Only where the database cannot hold one of its operations is the
 * batch taken in halves, until that operation is alone and refused.
 *
 * @param unstorable operations that were found to be so.
 */
export async function acceptOperations(
  deps: SyncDeps,
  actor: Actor,
  batch: Batch,
  unstorable: ReadonlySet<string> = new Set(),
): Promise<Accepted> {
  const source = { actor, incarnation: batch.incarnation, now: deps.clock.now() }
  const accepted = await inTransaction(deps.db, tx => accept(tx, source, batch.operations, unstorable)).catch(
    (error: unknown) => {
      if (unstorable.size > 0 || !isDataProblem(error)) throw error
    },
  )
  return accepted ?? acceptInParts(deps, actor, batch)
}

async function acceptInParts(deps: SyncDeps, actor: Actor, { incarnation, operations }: Batch): Promise<Accepted> {
  const [first] = operations
  if (first && operations.length === 1) {
    return acceptOperations(deps, actor, { incarnation, operations }, new Set([first.opId]))
  }
  const half = Math.ceil(operations.length / 2)
  const before = await acceptOperations(deps, actor, { incarnation, operations: operations.slice(0, half) })
  const after = await acceptOperations(deps, actor, { incarnation, operations: operations.slice(half) })
  if (!('answers' in before)) return before
  return 'answers' in after ? { answers: [...before.answers, ...after.answers] } : after
}

/** PostgreSQL's class 22: a value that it cannot hold, such as a zero character in a text. */
const isDataProblem = (error: unknown): boolean => sqlState(error)?.startsWith('22') === true

async function accept(
  tx: Transaction,
  source: Source,
  operations: readonly Operation[],
  unstorable: ReadonlySet<string>,
): Promise<Accepted> {
  const { actor, incarnation, now } = source
  const device = await lockDevice(tx, actor.deviceId)
  const results = await loadResults(tx, operations)
  const news = operations.filter(one => !results.has(one.opId))
  const fresh = freshIncarnation(device, incarnation, news)
  if (fresh !== undefined) {
    if (fresh !== device.incarnation) await storeDevice(tx, { ...device, incarnation: fresh, lastN: 0 }, now)
    return { incarnation: fresh }
  }
  const state = await loadState(tx, operations, { actor, today: londonDate(now), results, unstorable })
  const decision = await storeDecision(tx, decide(operations, state), state, source)
  await storeDevice(tx, { ...device, lastN: news.at(-1)?.n ?? device.lastN }, now)
  return { answers: decision.answers.map(wireAnswer) }
}

/**
 * A store that was copied, or put back from a backup, numbers anew what it has numbered before.
 *
 * @returns undefined while the numbers go on as they should.
 */
function freshIncarnation(device: Device, incarnation: number, news: readonly Operation[]): number | undefined {
  // It has not heard of the last one, for instance because that answer was lost.
  if (incarnation < device.incarnation) return device.incarnation
  const inOrder = news.every((operation, place) => operation.n > (news[place - 1]?.n ?? device.lastN))
  return incarnation === device.incarnation && inOrder ? undefined : device.incarnation + 1
}
