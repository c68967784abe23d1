import type { Operation } from '../../../shared/sync/protocol.ts'
import { recordTypes } from '../../../shared/sync/recordTypes.ts'
import type { RowKey } from '../../db/tables.ts'
import { type Decision, numbered, proposalKeys } from './decide.ts'
import { entityOf, isAllowed, keyOf, type KnownChange, type Push, type PushState, type Row } from './pushState.ts'
import { readHistory } from './readHistory.ts'
import { pairOf } from './scope.ts'
import type { Device, Source, SyncWriter } from './syncStore.ts'

/** What the decisions on all pushes of a transaction rest on. */
export type LoadedState = Omit<PushState, 'actor'>

/** What is there before they are written. */
interface Before {
  readonly rows: PushState['rows']
  /** The last number that was taken from the counter. */
  readonly number: number
}

/**
 * Everything else that the decisions rest on: rows, locked against any other writer, and with a row its conflicts, which
 * nobody writes without it. Rows that the actor may not read are not even looked at, unless the case was theirs once. Last
 * of all locks that of the counter: numbers are taken when it is known how many.
 */
export async function loadState(
  tx: SyncWriter,
  pushes: readonly Push[],
  known: Omit<LoadedState, 'rows' | 'history' | 'former'>,
): Promise<{ readonly loaded: LoadedState; readonly before: Before }> {
  const named = pushes.map(({ actor, operations }) => ({ actor, ...whatIsNamed(operations, known) }))
  const elsewhere = named.flatMap(one => one.elsewhere)
  const assignments = new Map([
    ...known.assignments,
    ...(elsewhere.length > 0 ? await tx.listAssignments(elsewhere) : []),
  ])
  const nothing = { rows: new Map<string, Row>(), history: new Map<number, KnownChange>(), former: new Set<string>() }
  const isReadable = (actor: PushState['actor'], caseId: string) =>
    isAllowed('read', caseId, { ...known, ...nothing, actor, assignments })
  const others = named.flatMap(({ actor, caseIds }) =>
    caseIds.filter(caseId => !isReadable(actor, caseId)).map(caseId => ({ userId: actor.userId, caseId })),
  )
  const hidden = new Set(others.map(pairOf))
  const former = await listFormer(tx, others)
  const keys = named.flatMap(({ actor: { userId }, keys: wanted }) =>
    wanted.filter(({ caseId }) => !hidden.has(pairOf({ userId, caseId })) || former.has(pairOf({ userId, caseId }))),
  )
  const changing = keys.filter(key => recordTypes[key.entity].kind === 'changing')
  const [found, conflicts, number] = await Promise.all([
    tx.lockRows(keys),
    changing.length > 0 ? tx.listConflicts(changing) : [],
    tx.takeNumbers(0),
  ])
  const rows = new Map([...found, ...conflicts.map(row => [keyOf(row), row] as const)])
  const operations = pushes.flatMap(push => push.operations)
  const history = await readHistory(tx, operations, { rows, results: known.results })
  return { loaded: { ...known, assignments, former, rows, history }, before: { rows, number } }
}

/**
 * The rows that the operations, or their kept results, are about, and all cases that either name. `elsewhere` are those of
 * results alone: of operations that came with another case before.
 */
function whatIsNamed(
  operations: readonly Operation[],
  { results, unstorable }: Pick<LoadedState, 'results' | 'unstorable'>,
): { readonly keys: readonly RowKey[]; readonly caseIds: readonly string[]; readonly elsewhere: readonly string[] } {
  const storable = operations.filter(one => !unstorable.has(one.opId))
  const keys = [...operations.flatMap(one => keptRows(one, results)), ...storable.flatMap(namedRows)]
  const own = new Set(operations.map(one => one.caseId))
  const elsewhere = keys.map(one => one.caseId).filter(caseId => !own.has(caseId))
  return { keys, caseIds: [...own, ...new Set(elsewhere)], elsewhere }
}

interface Pair {
  readonly userId: string
  readonly caseId: string
}

/** Of these those that were ever granted, by `pairOf`. */
async function listFormer(tx: SyncWriter, pairs: readonly Pair[]): Promise<ReadonlySet<string>> {
  if (pairs.length === 0) return new Set()
  const epochs = await tx.readLastEpochs([...new Set(pairs.map(one => one.caseId))])
  return new Set(pairs.map(pairOf).filter(pair => epochs.has(pair)))
}

/** What an operation that was answered before was about, and what it proposed. */
function keptRows({ opId }: Operation, results: PushState['results']): readonly RowKey[] {
  const kept = results.get(opId)
  return kept?.rowKey ? [kept.rowKey, ...proposalKeys(opId, kept.verdict, kept.rowKey)] : []
}

/** The row that an operation is about, and the record that it corrects. */
function namedRows({ type, caseId, id, body }: Operation): readonly RowKey[] {
  const entity = entityOf(type)
  if (!entity) return []
  const corrected = 'create' in body ? [body.create.amends, body.create.strikes] : []
  return [id, ...corrected.filter(one => typeof one === 'string')].map(one => ({ caseId, entity, id: one }))
}

/** What became of a push: without a decision its numbers were refused. */
export interface Turn {
  readonly source: Source
  /** The device afterwards. */
  readonly device: Device
  readonly decision: Decision | null
}

/**
 * Writes what was decided.
 *
 * @returns the same with true numbers.
 */
export async function storeTurns(tx: SyncWriter, turns: readonly Turn[], before: Before): Promise<readonly Turn[]> {
  const stored = turns.map(turn => ({ ...turn, decision: turn.decision && numbered(turn.decision, before.number) }))
  const decided = stored.flatMap(({ decision, source }) => (decision ? [{ ...decision, source }] : []))
  const rows = lastOf(
    decided.flatMap(one => one.rows),
    keyOf,
  )
  const changes = decided.flatMap(({ changes: made, source }) => made.map(one => ({ ...one, source })))
  const changed = rows.filter(row => before.rows.has(keyOf(row)))
  const late = decided.filter(one => one.lateWork.length > 0)
  if (changed.length > 0) await tx.updateRows(changed)
  for (const { lateWork, source } of late) await tx.insertLateWork(lateWork, source)
  const devices = turns.map(({ device, source }) => ({ ...device, lastSeen: source.now }))
  await Promise.all([
    tx.takeNumbers(changes.length),
    tx.storePushes({
      devices: lastOf(devices, one => one.id),
      added: rows.filter(row => !before.rows.has(keyOf(row))),
      changes,
      results: decided.flatMap(({ results, source }) => results.map(one => ({ ...one, source }))),
    }),
  ])
  return stored
}

/** Of each its last state. */
const lastOf = <State>(states: readonly State[], nameOf: (state: State) => string): readonly State[] => [
  ...new Map(states.map(state => [nameOf(state), state])).values(),
]
