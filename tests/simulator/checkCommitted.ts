import { isDeepStrictEqual } from 'node:util'
import type { Operation } from '../../shared/sync/protocol.ts'
import { keyOf } from '../../central/features/sync/pushState.ts'
import { Broken } from './broken.ts'
import type { Committed } from './readHeld.ts'

/**
 * What the service did between two looks is there as a whole or not at all.
 *
 * @param pushed what it was asked to keep.
 * @param poisoned operations that no transaction can hold: around them a push is taken in parts.
 */
export function checkWhole(
  before: Committed,
  after: Committed,
  pushed: readonly Operation[],
  poisoned: ReadonlySet<string>,
): void {
  for (let number = before.counter + 1; number <= after.counter; number++) {
    if (!after.numbers.has(number)) throw new Broken('11 order', `number ${number} was taken, and nothing has it`)
  }
  const news = pushed.filter(one => !before.results.has(one.opId))
  const kept = news.filter(one => after.results.has(one.opId))
  if (kept.length > 0 && kept.length < news.length && !pushed.some(one => poisoned.has(one.opId)))
    throw new Broken('11 order', `of a push of ${news.length} operations ${kept.length} are kept`)
  checkChanges(after, after.changes.slice(before.changes.length))
}

/** A change has its answer and its row. */
function checkChanges({ rows, results }: Committed, fresh: Committed['changes']): void {
  const last = new Map(fresh.map(change => [keyOf(change.rowKey), change.seq]))
  for (const { seq, rowKey, operation } of fresh) {
    if (!results.has(operation.opId))
      throw new Broken('3 exactly once', `${operation.opId} has an effect, ${seq}, and no answer`)
    const { version } = rows.get(keyOf(rowKey)) ?? {}
    if (version !== last.get(keyOf(rowKey)))
      throw new Broken('6 convergence', `${keyOf(rowKey)} is at ${version}, its last change is ${seq}`)
  }
}

/** Everything that was committed is still there, just as it was. */
export function checkKept(before: Committed, now: Committed): void {
  const isGone = <Value>(known: ReadonlyMap<string, Value>, found: ReadonlyMap<string, Value>, what: string) => {
    const lost = [...known].find(([key, value]) => !isDeepStrictEqual(found.get(key), value))
    if (lost) throw new Broken('1 no lost write', `the centre has lost or changed ${what} ${lost[0]}`)
  }
  if (now.counter < before.counter)
    throw new Broken('1 no lost write', `the centre was at ${before.counter}, and is at ${now.counter}`)
  isGone(byOpId(before), byOpId(now), 'the answer to')
  isGone(bySeq(before), bySeq(now), 'change')
  isGone(byHash(before), byHash(now), 'audit entry')
  const lost = [...before.rows].find(([key, row]) => {
    const found = now.rows.get(key)
    return !found || found.version < row.version || (found.version === row.version && !isDeepStrictEqual(found, row))
  })
  if (lost) throw new Broken('1 no lost write', `the centre has lost the state of ${lost[0]}`)
}

// An operation is as it was last sent, so it is no part of what is compared.
const byOpId = ({ results }: Committed) =>
  new Map([...results].map(([opId, { operation: _, ...answer }]) => [opId, answer]))
const bySeq = ({ changes }: Committed) =>
  new Map(changes.map(({ operation: { opId }, ...change }) => [String(change.seq), { ...change, opId }]))
const byHash = ({ audit }: Committed) =>
  new Map([...audit].flatMap(([device, entries]) => entries.map(entry => [`${entry.hash} of ${device}`, entry])))
