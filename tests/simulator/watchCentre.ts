import type { Actor } from '../../shared/access/actor.ts'
import { mayAct } from '../../shared/access/mayAct.ts'
import type { Assignment } from '../../shared/features/cases/case.ts'
import type { FieldClass } from '../../shared/sync/record.ts'
import type { CaseRowsAnswer, DigestsAnswer, Operation, PullAnswer } from '../../shared/sync/protocol.ts'
import { recordTypes, type Entity, type FieldValue } from '../../shared/sync/recordTypes.ts'
import { londonDate } from '../../shared/time.ts'
import { proposalId } from '../../central/features/sync/conflicts.ts'
import { keyOf } from '../../central/features/sync/pushState.ts'
import type { NetworkAnswer } from '../../electron/engine/ports.ts'
import { UNDO_MS } from '../../electron/saveAction.ts'
import { Broken } from './broken.ts'
import type { KeptChange, KeptResult, WorldStore } from './worldStore.ts'
import type { Saved, SimulatedOfficer } from './officer.ts'

/** What holds at the centre after every step, looked at where something has changed since. */
export function createCentreWatch(store: WorldStore) {
  const done = new Set<string>()
  const last = new Map<string, { readonly seq: number; readonly value: FieldValue; readonly opId: string }>()
  const numbers = new Map<string, string>()
  const orders = new Map<string, number>()
  let changesSeen = 0
  let resultsSeen = 0

  function watch(officers: readonly SimulatedOfficer[], now: number): void {
    const { changes, results } = store.held()
    if (changes.length === changesSeen && results.size === resultsSeen) return
    const facts = factsOf(officers)
    for (const result of [...results.values()].slice(resultsSeen)) watchResult(result, facts, now)
    watchLastValues([...results.values()].slice(resultsSeen))
    resultsSeen = results.size
    for (; changesSeen < changes.length; changesSeen++) {
      const change = changes[changesSeen]
      if (change) watchChange(change, changes[changesSeen - 1], facts)
    }
  }

  /** Numbers of one incarnation are given once (24), nothing comes while it can be undone, no typed value is lost (4). */
  function watchResult({ operation, source, verdict, rowKey }: KeptResult, { saved }: Facts, now: number): void {
    const name = `${source.deviceId} ${source.incarnation} ${operation.n}`
    const known = numbers.get(name)
    if (known !== undefined && known !== operation.opId)
      throw new Broken('24 rollback', `${name} is ${known} and ${operation.opId}`)
    numbers.set(name, operation.opId)
    const own = saved.get(operation.opId)
    if (own && now - own.savedAt < UNDO_MS)
      throw new Broken('10 read your writes', `${operation.opId} went out while it could be undone`)
    if (verdict.status === 'rejected' && verdict.code === 'row-not-found' && isOnOwnRow(operation, saved))
      throw new Broken('11 order', `${operation.opId} came before what it rests on`)
    if (verdict.status !== 'conflict' || !rowKey || !('patch' in operation.body)) return
    for (const { field, value } of operation.body.patch.filter(one => verdict.fields.includes(one.field))) {
      const id = proposalId(operation.opId, field)
      const proposal = store.held().rows.get(keyOf({ caseId: rowKey.caseId, entity: 'proposal', id }))
      if (proposal?.fields.value !== value)
        throw new Broken('4 typed values', `${field} of ${operation.opId} is kept nowhere`)
    }
  }

  /** The row is one that the same officer made, and the centre has neither refused nor deleted it. */
  function isOnOwnRow({ id }: Operation, saved: Facts['saved']): boolean {
    const made = [...saved.values()].find(one => one.id === id && 'create' in one.body)
    if (!made) return false
    const status = store.held().results.get(made.opId)?.verdict.status
    return status !== 'rejected' && status !== 'late' && store.held().rows.get(keyOf(made))?.deleted !== true
  }

  /** Of a free field the value that came last stands, whatever the clocks say (22). */
  function watchLastValues(fresh: readonly KeptResult[]): void {
    const wanted = new Map<string, { readonly row: string; readonly field: string; readonly value: FieldValue }>()
    for (const { operation, verdict, rowKey } of fresh) {
      if (!rowKey || !('patch' in operation.body) || verdict.status === 'rejected' || verdict.status === 'late')
        continue
      for (const { field, value } of operation.body.patch) {
        const row = keyOf(rowKey)
        if (classOf(rowKey.entity, field) === 'free') wanted.set(`${row} ${field}`, { row, field, value })
      }
    }
    for (const { row, field, value } of wanted.values()) {
      if (store.held().rows.get(row)?.fields[field] !== value)
        throw new Broken('22 clock immunity', `${field} of ${row} is not what came last`)
    }
  }

  /** Exactly once (3), no guarded field overwritten (5), what was undone stays so (10), order of each PC on one row (11). */
  function watchChange(change: KeptChange, before: KeptChange | undefined, { saved, undone, seen }: Facts): void {
    const { operation, rowKey, source } = change
    const { opId } = operation
    // What one operation changes has numbers that follow each other.
    if (done.has(opId) && before?.operation.opId !== opId)
      throw new Broken('3 exactly once', `operation ${opId} had two effects`)
    done.add(opId)
    if (undone.has(opId)) throw new Broken('10 read your writes', `operation ${opId} was undone and then took effect`)
    const own = saved.get(opId)
    const place = `${source.deviceId} ${keyOf(rowKey)}`
    if (own && own.order < (orders.get(place) ?? 0)) throw new Broken('11 order', `${opId} came after a later one`)
    if (own) orders.set(place, own.order)
    watchFields(change, seen.get(opId))
  }

  function watchFields({ operation, patch, rowKey, seq, source }: KeptChange, seenRev = Infinity): void {
    for (const [field, value] of Object.entries(patch)) {
      const name = `${keyOf(rowKey)} ${field}`
      const before = last.get(name)
      last.set(name, { seq, value, opId: operation.opId })
      const isOwn = rowKey.id === operation.id // conflicts are the centre's own
      if (!isOwn || !('patch' in operation.body) || classOf(rowKey.entity, field) !== 'guarded') continue
      const entry = operation.body.patch.find(one => one.field === field)
      const known = before?.seq ?? 0
      const isBasedOn = entry && (Math.min(entry.baseRev, seenRev) >= known || builtOn(entry.baseOp, known))
      if (before && !isBasedOn && before.value !== value) {
        throw new Broken('5 guarded fields', `${name} of ${source.deviceId} at ${seq} overwrote ${before.seq}`)
      }
    }
  }

  /** Its author had set the field by an operation that led to this revision, or to a later one. */
  const builtOn = (baseOp: string | null, known: number): boolean =>
    baseOp !== null && Object.values(store.held().results.get(baseOp)?.revs ?? {}).some(rev => rev >= known)

  return { watch }
}

interface Facts {
  readonly saved: ReadonlyMap<string, Saved>
  readonly undone: ReadonlySet<string>
  readonly seen: ReadonlyMap<string, number>
}

const factsOf = (officers: readonly SimulatedOfficer[]): Facts => ({
  saved: new Map(officers.flatMap(one => one.saved().map(saved => [saved.opId, saved] as const))),
  undone: new Set(officers.flatMap(one => [...one.undone()])),
  seen: new Map(officers.flatMap(one => [...one.seen()])),
})

function classOf(entity: Entity, field: string): FieldClass | undefined {
  const type = recordTypes[entity]
  const classes: Readonly<Record<string, FieldClass>> = type.kind === 'changing' ? type.classes : {}
  return classes[field]
}

/** No row of a case that this user may not read leaves the centre (12), and no case has to be repaired (6): nothing here loses rows. */
export function checkAnswer(actor: Actor, path: string, answer: NetworkAnswer, store: WorldStore, now: number): void {
  if (answer.status === 200 && path === '/v1/digests') checkDigests(actor, answer)
  if (answer.status !== 200 || !/\/(pull|rows)/.test(path)) return
  const data = JSON.parse(Buffer.from(answer.body).toString()) as PullAnswer | CaseRowsAnswer // what the service gives there
  const rows =
    'items' in data
      ? data.items.flatMap(item => (item.kind === 'row' ? [item.row] : []))
      : data.cases.flatMap(one => one.rows)
  for (const caseId of new Set(rows.map(row => row.caseId))) {
    if (!mayRead(actor, caseId, store, now)) throw new Broken('12 scope', `${actor.userId} was given rows of ${caseId}`)
  }
}

function checkDigests(actor: Actor, answer: NetworkAnswer): void {
  const { differ } = JSON.parse(Buffer.from(answer.body).toString()) as DigestsAnswer // what the service gives there
  if (differ.length > 0)
    throw new Broken('6 convergence', `${actor.userId} has other rows of ${differ.join(', ')} than the centre`)
}

export function mayRead(actor: Actor, caseId: string, store: WorldStore, now: number): boolean {
  const assignments = [...store.held().rows.values()]
    .filter(row => row.entity === 'assignment' && row.caseId === caseId && !row.deleted)
    .map(row => row.fields as unknown as Assignment) // the centre's, by their schema
  return mayAct(actor, 'read', { caseId, assignments, today: londonDate(now) })
}
