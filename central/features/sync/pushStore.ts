import { type Operation, readOperationType } from '../../../shared/sync/protocol.ts'
import type { RowKey } from '../../db/tables.ts'
import { type Decision, numbered } from './decide.ts'
import { isAllowed, keyOf, type PushState, type Row } from './pushState.ts'
import type { Source, SyncWriter } from './syncStore.ts'

/**
 * Everything that the decision rests on beside the results: assignments locked against change, rows against any other
 * writer. Rows that the actor may not read are not even looked at.
 */
export async function loadState(
  tx: SyncWriter,
  operations: readonly Operation[],
  known: Omit<PushState, 'assignments' | 'rows'>,
): Promise<PushState> {
  const keptKeys = operations.map(one => known.results.get(one.opId)?.rowKey ?? null).filter(key => key !== null)
  const storable = operations.filter(one => !known.unstorable.has(one.opId))
  const keys = [...keptKeys, ...storable.flatMap(namedRows)]
  const assignments = await tx.listAssignments([...new Set([...keys, ...operations].map(one => one.caseId))])
  const state = { ...known, assignments, rows: new Map<string, Row>() }
  const readable = keys.filter(key => isAllowed('read', key.caseId, state))
  return { ...state, rows: await tx.lockRows(readable) }
}

/** The row that an operation is about, and the record that it corrects. */
function namedRows({ type, caseId, id, body }: Operation): readonly RowKey[] {
  const entity = readOperationType(type)?.entity
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
  const { changes, results, rows } = decision
  const [before, added] = [
    rows.filter(row => state.rows.has(keyOf(row))),
    rows.filter(row => !state.rows.has(keyOf(row))),
  ]
  if (before.length > 0) await tx.updateRows(before)
  if (added.length > 0) await tx.insertRows(added)
  if (changes.length > 0) await tx.insertChanges(changes, source)
  if (results.length > 0) await tx.insertResults(results, source)
  return decision
}
