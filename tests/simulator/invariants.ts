import { recordTables } from '../../db/records/recordTables.ts'
import { mayAct } from '../../shared/access/mayAct.ts'
import type { Assignment } from '../../shared/features/cases/case.ts'
import type { CaseRowsAnswer, PullAnswer } from '../../shared/sync/protocol.ts'
import { entities, recordTypes, type FieldValue } from '../../shared/sync/recordTypes.ts'
import { londonDate } from '../../shared/time.ts'
import { keyOf, rowKeyOf } from '../../central/features/sync/pushState.ts'
import type { NetworkAnswer } from '../../electron/engine/ports.ts'
import type { Actor } from '../../shared/access/actor.ts'
import type { Database } from '../../db/database.ts'
import type { KeptChange, ModelStore } from './modelStore.ts'
import type { Saved, SimulatedOfficer } from './officer.ts'
import type { Pc } from './pc.ts'

/** A promise that was broken. */
export class Broken extends Error {
  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`)
    this.name = 'Broken'
  }
}

/** What holds after every step, looked at where something has changed since. */
export function createWatch(model: ModelStore) {
  const done = new Set<string>()
  const last = new Map<string, { readonly seq: number; readonly value: FieldValue; readonly opId: string }>()
  let changesSeen = 0

  /** Exactly once (3), no guarded field overwritten (5), order of each PC on one row (11). */
  function watchCentre(officers: readonly SimulatedOfficer[]): void {
    const { changes } = model.held()
    for (; changesSeen < changes.length; changesSeen++) {
      const change = changes[changesSeen]
      if (!change) break
      const { opId } = change.operation
      // What one operation changes has numbers that follow each other.
      const isOfLast = changes[changesSeen - 1]?.operation.opId === opId
      if (done.has(opId) && !isOfLast) throw new Broken('3 exactly once', `operation ${opId} had two effects`)
      done.add(opId)
      if (officers.some(one => one.undone().has(opId))) {
        throw new Broken('10 read your writes', `operation ${opId} was undone and then took effect`)
      }
      watchFields(change)
    }
  }

  function watchFields({ operation, patch, rowKey, seq, source }: KeptChange): void {
    const type = recordTypes[rowKey.entity]
    const classes: Readonly<Record<string, string>> = type.kind === 'changing' ? type.classes : {}
    for (const [field, value] of Object.entries(patch)) {
      const name = `${keyOf(rowKey)} ${field}`
      const before = last.get(name)
      last.set(name, { seq, value, opId: operation.opId })
      if (!('patch' in operation.body) || classes[field] !== 'guarded') continue
      const entry = operation.body.patch.find(one => one.field === field)
      const known = before?.seq ?? model.held().rows.get(keyOf(rowKey))?.fieldRev[field] ?? 0
      const isBasedOn = entry && (entry.baseRev >= known || builtOn(entry.baseOp, known))
      if (before && !isBasedOn && before.value !== value) {
        throw new Broken('5 guarded fields', `${name} of ${source.deviceId} at ${seq} overwrote ${before.seq}`)
      }
    }
  }

  /** Its author had set the field by an operation that led to this revision, or to a later one. */
  const builtOn = (baseOp: string | null, known: number): boolean =>
    baseOp !== null && Object.values(model.held().results.get(baseOp)?.revs ?? {}).some(rev => rev >= known)

  return { watchCentre }
}

/** No lost write (1), read your writes (10): of one PC. */
export function checkPc({ pc, saved }: SimulatedOfficer, model: ModelStore): void {
  const db = pc.db()
  const states = new Map(
    (db.$client.prepare('SELECT op_id, state FROM outbox').raw().all() as [string, string][]) // as the statement says
      .map(([opId, state]) => [opId, state]),
  )
  const { results } = model.held()
  for (const one of saved()) {
    const state = states.get(one.opId)
    const isOnlyAtCentre = state === undefined || state === 'acked'
    if (isOnlyAtCentre && !results.has(one.opId)) {
      throw new Broken('1 no lost write', `${one.opId} is ${state ?? 'gone'} here and unknown at the centre`)
    }
  }
  const visible = visibleCases(db)
  const shown = new Set(
    db.$client.prepare('SELECT id FROM contacts UNION ALL SELECT id FROM appointments').pluck().all(),
  )
  // What a store that was put back does not know comes to it from the centre.
  const isHere = ({ opId }: Saved) => states.has(opId) && states.get(opId) !== 'discarded'
  const missing = saved().find(
    one => 'create' in one.body && visible.has(one.caseId) && isHere(one) && !shown.has(one.id),
  )
  if (missing) throw new Broken('10 read your writes', `${missing.entity} ${missing.id} is not shown`)
}

const visibleCases = (db: Database): ReadonlySet<unknown> =>
  new Set(db.$client.prepare(`SELECT case_id FROM case_scope WHERE state = 'active'`).pluck().all())

/** No row of a case that this user may not read leaves the centre (12). */
export function checkAnswer(actor: Actor, path: string, answer: NetworkAnswer, model: ModelStore, now: number): void {
  if (answer.status !== 200 || !/\/(pull|rows)/.test(path)) return
  const data = JSON.parse(Buffer.from(answer.body).toString()) as PullAnswer | CaseRowsAnswer // what the service gives there
  const rows = 'items' in data ? data.items.flatMap(item => (item.kind === 'row' ? [item.row] : [])) : data.rows
  for (const caseId of new Set(rows.map(row => row.caseId))) {
    if (!mayRead(actor, caseId, model, now)) throw new Broken('12 scope', `${actor.userId} was given rows of ${caseId}`)
  }
}

export function mayRead(actor: Actor, caseId: string, model: ModelStore, now: number): boolean {
  const assignments = [...model.held().rows.values()]
    .filter(row => row.entity === 'assignment' && row.caseId === caseId && !row.deleted)
    .map(row => row.fields as unknown as Assignment) // the centre's, by their schema
  return mayAct(actor, 'read', { caseId, assignments, today: londonDate(now) })
}

/** What holds when everything had time to get through: of one PC. */
export function checkAtRest(officer: SimulatedOfficer, model: ModelStore, now: number): void {
  const { pc, saved } = officer
  const db = pc.db()
  const { results, rows } = model.held()
  const left = db.$client
    .prepare(`SELECT op_id, state FROM outbox WHERE state IN ('pending', 'sending', 'retry')`)
    .raw()
    .all() as [string, string][] // as the statement says
  const blocked = new Set(
    db.$client
      .prepare(
        `SELECT op_id FROM outbox AS o WHERE state IN ('pending', 'retry') AND EXISTS (SELECT 1 FROM outbox AS q
         WHERE q.state = 'quarantined' AND q.case_id = o.case_id AND q.entity = o.entity AND q.id = o.id)`,
      )
      .pluck()
      .all(),
  )
  const stuck = left.filter(([opId]) => !blocked.has(opId))
  if (stuck.length > 0) throw new Broken('2 delivered', `${pc.device.actor.userId} still has ${JSON.stringify(stuck)}`)
  const lost = saved().find(one => !results.has(one.opId) && !blocked.has(one.opId))
  if (lost) throw new Broken('2 delivered', `${lost.opId} never reached the centre`)
  const scope = new Set(
    [...rows.values()].map(row => row.caseId).filter(one => mayRead(pc.device.actor, one, model, now)),
  )
  for (const caseId of scope) compareCase(pc, caseId, model)
  const shown = [...visibleCases(db)].filter(one => !scope.has(String(one)) && !String(one).startsWith('me:'))
  if (shown.length > 0) throw new Broken('14 revoked', `${shown.join(', ')} can still be read`)
  const broken = pc.auditBreak()
  if (broken !== undefined) throw new Broken('16 audit', `entry ${broken} does not fit`)
  const sent = new Set(
    model
      .held()
      .audit.get(pc.device.actor.deviceId)
      ?.map(entry => entry.hash),
  )
  const unsent = db.$client.prepare('SELECT n, lower(hex(hash)) FROM audit').raw().all() as [number, string][] // as the statement says
  const kept = unsent.find(([, hash]) => !sent.has(hash))
  if (kept) throw new Broken('16 audit', `entry ${kept[0]} never reached the centre`)
}

/** Convergence (6): every row of the case as the centre has it, but for what waits behind something refused. */
function compareCase(pc: Pc, caseId: string, model: ModelStore): void {
  const db = pc.db()
  const refused = new Set(
    db.$client
      .prepare(`SELECT id FROM outbox WHERE case_id = ? AND state IN ('pending', 'retry', 'quarantined')`)
      .pluck()
      .all(caseId),
  )
  const theirs = new Map(
    [...model.held().rows.values()].filter(row => row.caseId === caseId).map(row => [keyOf(rowKeyOf(row)), row]),
  )
  for (const entity of entities) {
    const found = db
      .select()
      .from(recordTables[entity].table)
      .all()
      .filter(row => row.caseId === caseId)
    for (const row of found) {
      const values: Readonly<Record<string, unknown>> = row
      const key = keyOf({ caseId, entity, id: row.id })
      const wanted = theirs.get(key)
      theirs.delete(key)
      if (refused.has(row.id)) continue
      if (!wanted) throw new Broken('6 convergence', `${key} is here and not at the centre`)
      if (wanted.version !== row.version)
        throw new Broken('6 convergence', `${key} is at ${row.version}, the centre at ${wanted.version}`)
      for (const field of Object.keys(recordTypes[entity].schema.shape)) {
        if (values[field] !== wanted.fields[field]) {
          throw new Broken(
            '6 convergence',
            `${key} ${field}: ${String(values[field])} here, ${String(wanted.fields[field])} there`,
          )
        }
      }
    }
  }
  const missing = [...theirs.keys()].filter(key => !refused.has(key.split('/').at(-1)))
  if (missing.length > 0) throw new Broken('6 convergence', `${missing.join(', ')} not here`)
}
