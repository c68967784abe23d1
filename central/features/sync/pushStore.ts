import type { Operation } from '../../../shared/sync/protocol.ts'
import { recordTypes } from '../../../shared/sync/recordTypes.ts'
import type { RowKey } from '../../db/tables.ts'
import { type Decision, numbered, proposalKeys } from './decide.ts'
import { entityOf, isAllowed, keyOf, type KnownChange, type PushState, type Row, rowKeyOf } from './pushState.ts'
import { readHistory } from './readHistory.ts'
import { pairOf } from './scope.ts'
import type { Source, SyncWriter } from './syncStore.ts'

/**
 * Everything that the decision rests on beside the results: assignments locked against change, rows against any other
 * writer, and with a row its conflicts, which nobody writes without it. Rows that the actor may not read are not even looked at,
 * unless the case was theirs once.
 */
export async function loadState(
  tx: SyncWriter,
  operations: readonly Operation[],
  known: Omit<PushState, 'assignments' | 'rows' | 'history' | 'former'>,
): Promise<PushState> {
  const keptKeys = operations.flatMap(one => keptRows(one, known.results))
  const storable = operations.filter(one => !known.unstorable.has(one.opId))
  const keys = [...keptKeys, ...storable.flatMap(namedRows)]
  const caseIds = [...new Set([...keys, ...operations].map(one => one.caseId))]
  const assignments = await tx.listAssignments(caseIds)
  const nothing = { rows: new Map<string, Row>(), history: new Map<number, KnownChange>(), former: new Set<string>() }
  const others = caseIds.filter(caseId => !isAllowed('read', caseId, { ...known, ...nothing, assignments }))
  const former = await listFormer(tx, known.actor.userId, others)
  const named = await tx.lockRows(keys.filter(({ caseId }) => !others.includes(caseId) || former.has(caseId)))
  const changing = [...named.values()].map(rowKeyOf).filter(key => recordTypes[key.entity].kind === 'changing')
  const conflicts = changing.length > 0 ? await tx.listConflicts(changing) : []
  const rows = new Map([...named, ...conflicts.map(row => [keyOf(row), row] as const)])
  const history = await readHistory(tx, operations, { rows, results: known.results })
  return { ...known, assignments, former, rows, history }
}

/** Of these cases those that were ever granted to the user. */
async function listFormer(tx: SyncWriter, userId: string, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set()
  const epochs = await tx.readLastEpochs(caseIds)
  return new Set(caseIds.filter(caseId => epochs.has(pairOf({ userId, caseId }))))
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

/** Writes what was decided: the last part of the transaction, for it takes the counter's lock. */
export async function storeDecision(
  tx: SyncWriter,
  provisional: Decision,
  state: PushState,
  source: Source,
): Promise<Decision> {
  const count = provisional.changes.length
  const decision = count > 0 ? numbered(provisional, await tx.takeNumbers(count)) : provisional
  const { changes, results, rows, lateWork } = decision
  const [before, added] = [
    rows.filter(row => state.rows.has(keyOf(row))),
    rows.filter(row => !state.rows.has(keyOf(row))),
  ]
  if (before.length > 0) await tx.updateRows(before)
  if (results.length > 0) await tx.storeBatch({ added, changes, results }, source)
  if (lateWork.length > 0) await tx.insertLateWork(lateWork, source)
  return decision
}
