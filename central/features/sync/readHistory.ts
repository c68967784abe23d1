import type { Operation } from '../../../shared/sync/protocol.ts'
import { isOrderedDate } from '../../../shared/sync/dateOrder.ts'
import { baseOf } from './history.ts'
import { entityOf, keyOf, type KnownChange, type Result, type Row } from './pushState.ts'
import type { SyncWriter } from './syncStore.ts'

/** So many changes of one field are followed back; what rests on an older one counts as resting on nothing known. */
const STEPS_MAX = 30

/**
 * The changes that a decision on these operations asks for: of every field that was changed since the author of a patch saw
 * it, those from now back to then; of a date, the last. By their numbers. Nothing is read where nobody else changed a field.
 */
export async function readHistory(
  tx: SyncWriter,
  operations: readonly Operation[],
  { rows, results }: { readonly rows: ReadonlyMap<string, Row>; readonly results: ReadonlyMap<string, Result> },
): Promise<ReadonlyMap<number, KnownChange>> {
  let wanted = operations.flatMap(operation => trailsOf(operation, rows, results))
  const history = new Map<number, KnownChange>()
  for (let step = 0; step < STEPS_MAX && wanted.length > 0; step++) {
    for (const [seq, change] of await tx.readChanges([...new Set(wanted.map(one => one.seq))])) history.set(seq, change)
    wanted = wanted.flatMap(one => {
      const seq = history.get(one.seq)?.before?.[one.field]?.rev ?? 0
      return seq > one.base ? [{ ...one, seq }] : []
    })
  }
  return history
}

/** A field, the change that last set it, and the revision to follow it back to. */
interface Trail {
  readonly field: string
  readonly seq: number
  readonly base: number
}

function trailsOf(
  { type, caseId, id, body }: Operation,
  rows: ReadonlyMap<string, Row>,
  results: ReadonlyMap<string, Result>,
): readonly Trail[] {
  const entity = entityOf(type)
  const row = entity && rows.get(keyOf({ caseId, entity, id }))
  if (!row || !('patch' in body)) return []
  return body.patch.flatMap(entry => {
    const [seq, base] = [row.fieldRev[entry.field] ?? 0, baseOf(entry, results)]
    return seq > base || isOrderedDate(entry.field) ? [{ field: entry.field, seq, base }] : []
  })
}
