import type { Operation, OperationAnswer } from '../../../shared/sync/protocol.ts'
import { type Clock, londonDate } from '../../../shared/time.ts'
import { decide, type Decided, wireAnswer } from './decide.ts'
import { loadState, type LoadedState, storeTurns, type Turn } from './pushStore.ts'
import type { Push } from './pushState.ts'
import { type Device, resultsNamed, type SyncStore, type SyncWriter, UnstorableError } from './syncStore.ts'

export interface SyncDeps {
  readonly store: SyncStore
  readonly clock: Clock
}

/** The answers; or the incarnation to go on with, where the numbers show a copy or an older state of the workstation's store. */
export type Accepted = { readonly answers: OperationAnswer[] } | { readonly incarnation: number }

/**
 * Accepts batches in one transaction, each as if it had one of its own after those before it.
 *
 * @param unstorable operations that the database was found to be unable to hold.
 * @returns what became of each.
 */
export function acceptTogether(
  { store, clock }: SyncDeps,
  pushes: readonly Push[],
  unstorable: ReadonlySet<string> = new Set(),
): Promise<readonly Accepted[]> {
  const now = clock.now()
  return store.write(tx => accept(tx, pushes, { unstorable, now }))
}

/**
 * Accepts a batch in one transaction. Only where the database cannot hold one of its operations is the batch taken in halves,
 * until that operation is alone and refused.
 */
export async function acceptOperations(deps: SyncDeps, push: Push): Promise<Accepted> {
  try {
    return only(await acceptTogether(deps, [push]))
  } catch (error) {
    if (!(error instanceof UnstorableError)) throw error
  }
  const [first, ...others] = push.operations
  if (first && others.length === 0) return only(await acceptTogether(deps, [push], new Set([first.opId])))
  const half = Math.ceil(push.operations.length / 2)
  const before = await acceptOperations(deps, { ...push, operations: push.operations.slice(0, half) })
  const after = await acceptOperations(deps, { ...push, operations: push.operations.slice(half) })
  if (!('answers' in before)) return before
  return 'answers' in after ? { answers: [...before.answers, ...after.answers] } : after
}

function only([accepted]: readonly Accepted[]): Accepted {
  if (!accepted) throw new Error('a push came to nothing')
  return accepted
}

interface Circumstances {
  readonly unstorable: ReadonlySet<string>
  readonly now: number
}

async function accept(
  tx: SyncWriter,
  pushes: readonly Push[],
  { unstorable, now }: Circumstances,
): Promise<readonly Accepted[]> {
  const operations = pushes.flatMap(push => push.operations)
  const [locked, results, assignments] = await Promise.all([
    tx.lockDevices(pushes.map(push => push.actor.deviceId)),
    tx.listResults(resultsNamed(operations)),
    tx.listAssignments(operations.map(one => one.caseId)),
  ])
  const known = { today: londonDate(now), results, assignments, unstorable }
  const { loaded, before } = await loadState(tx, pushes, known)
  const devices = new Map(locked)
  const turns: Turn[] = []
  let [state, first]: [LoadedState, number] = [loaded, -1]
  for (const push of pushes) {
    const { device, decision } = takeTurn(push, devices, state, first)
    devices.set(device.id, device)
    if (decision) [state, first] = [{ ...state, ...decision.after }, first - decision.changes.length]
    const source = { userId: push.actor.userId, deviceId: device.id, incarnation: push.incarnation, now }
    turns.push({ source, device, decision })
  }
  const stored = await storeTurns(tx, turns, before)
  return stored.map(({ decision, device }) =>
    decision ? { answers: decision.answers.map(wireAnswer) } : { incarnation: device.incarnation },
  )
}

/** Decides a push, unless its numbers show that it must not be decided, by what those before it have left. */
function takeTurn(
  { actor, incarnation, operations }: Push,
  devices: ReadonlyMap<string, Device>,
  state: LoadedState,
  first: number,
): { readonly device: Device; readonly decision: Decided | null } {
  const device = devices.get(actor.deviceId)
  if (!device) throw new Error('a device that was just authenticated is gone')
  const news = operations.filter(one => !state.results.has(one.opId))
  const fresh = freshIncarnation(device, incarnation, news)
  if (fresh === undefined) {
    const lastN = news.at(-1)?.n ?? device.lastN
    return { device: { ...device, lastN }, decision: decide(operations, { ...state, actor }, first) }
  }
  const isKnown = fresh === device.incarnation
  return { device: isKnown ? device : { ...device, incarnation: fresh, lastN: 0 }, decision: null }
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
