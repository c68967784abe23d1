import type { Actor } from '../../../shared/access/actor.ts'
import type { Operation, OperationAnswer, PushRequest } from '../../../shared/sync/protocol.ts'
import { type Clock, londonDate } from '../../../shared/time.ts'
import { decide, wireAnswer } from './decide.ts'
import { loadState, storeDecision } from './pushStore.ts'
import {
  type Device,
  resultsNamed,
  type Source,
  type SyncStore,
  type SyncWriter,
  UnstorableError,
} from './syncStore.ts'

export interface SyncDeps {
  readonly store: SyncStore
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
  const now = deps.clock.now()
  const accepted = await deps.store
    .write(tx => accept(tx, actor, { ...batch, unstorable, now }))
    .catch((error: unknown) => {
      if (unstorable.size > 0 || !(error instanceof UnstorableError)) throw error
    })
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

interface Turn extends Batch {
  readonly unstorable: ReadonlySet<string>
  readonly now: number
}

async function accept(
  tx: SyncWriter,
  actor: Actor,
  { incarnation, operations, unstorable, now }: Turn,
): Promise<Accepted> {
  const device = await tx.lockDevice(actor.deviceId)
  const results = await tx.listResults(resultsNamed(operations))
  const news = operations.filter(one => !results.has(one.opId))
  const fresh = freshIncarnation(device, incarnation, news)
  if (fresh !== undefined) {
    if (fresh !== device.incarnation) await tx.storeDevice({ ...device, incarnation: fresh, lastN: 0 }, now)
    return { incarnation: fresh }
  }
  const state = await loadState(tx, operations, { actor, today: londonDate(now), results, unstorable })
  const source: Source = { userId: actor.userId, deviceId: actor.deviceId, incarnation, now }
  await tx.storeDevice({ ...device, lastN: news.at(-1)?.n ?? device.lastN }, now)
  const decision = await storeDecision(tx, decide(operations, state), state, source)
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
