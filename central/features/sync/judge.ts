import type * as z from 'zod'
import {
  type FieldPatch,
  type Operation,
  readOperationType,
  type RejectionCode,
  type Verb,
} from '../../../shared/sync/protocol.ts'
import {
  type AnyFields,
  centresField,
  type Entity,
  type FieldValue,
  recordTypes,
  revisionsOf,
} from '../../../shared/sync/recordTypes.ts'
import { endBeforeStart, isOrderedDate } from '../../../shared/sync/dateOrder.ts'
import type { FieldClass } from '../../../shared/sync/record.ts'
import type { Revisions, Verdict } from '../../db/tables.ts'
import { close, conflictOf, joinConflict, patched, propose, restand } from './conflicts.ts'
import { baseOf, valueAt } from './history.ts'
import { mergeText } from './mergeText.ts'
import { isAllowed, keyOf, type PushState, type Row, wasAllowed, type Write } from './pushState.ts'

/** What becomes of one operation. */
export interface Judgement {
  readonly verdict: Verdict
  /** The row that it is about, afterwards; null when it was refused. */
  readonly row: Row | null
  /** Everything that it changes, in order, the first under the number of its turn. */
  readonly writes: readonly Write[]
  readonly revs: Revisions
}

interface Target {
  readonly entity: Entity
  readonly verb: Verb
}

/** An operation at its turn. */
interface Turn extends Target {
  readonly operation: Operation
  readonly state: PushState
  /** The number of its first change if it makes one; each one after that has the next, which is one less. */
  readonly version: number
  /** The case is its author's no more. */
  readonly isLate: boolean
}

/**
 * Judges one operation by the rows and results as they are at its turn. A case that the actor may not read is answered like
 * one that does not exist.
 */
export function judge(operation: Operation, state: PushState, version: number): Judgement {
  const target = readOperationType(operation.type)
  if (!target || !hasMeaning(target)) return rejected('unknown-type', 'type')
  if (isCentresOwn(target.entity)) return rejected('written-by-centre-only', 'type')
  if (!isAllowed('read', operation.caseId, state)) return rejected('case-not-found', 'caseId')
  if (!isAllowed(`${target.entity}.${target.verb}`, operation.caseId, state)) return rejected('not-permitted', 'type')
  if (state.unstorable.has(operation.opId)) return rejected('invalid-fields', null)
  return judgeAllowed({ ...target, operation, state, version, isLate: false })
}

/**
 * Judges an operation on a case that was taken away from its author before it came. What was recorded has happened: a contact is
 * kept, with a mark. What was to change a record was decided without knowing what has become of the case: it is a proposal, and
 * whoever has the case now decides. Of anything else no record is made.
 */
export function judgeLate(operation: Operation, state: PushState, version: number): Judgement {
  if (state.unstorable.has(operation.opId)) return rejected('invalid-fields', null)
  const target = readOperationType(operation.type)
  if (!target || !isJudgedLate(target) || !wasAllowed(`${target.entity}.${target.verb}`, state)) return late(nothing)
  const judged = judgeAllowed({ ...target, operation, state, version, isLate: true })
  return late(judged.verdict.status === 'rejected' ? nothing : judged)
}

/** A new record that changes would stand among those of people who know the case, as if it were theirs. */
const isJudgedLate = (target: Target): boolean =>
  hasMeaning(target) &&
  !isCentresOwn(target.entity) &&
  (recordTypes[target.entity].kind === 'append-only' || target.verb !== 'create')

const late = (judged: Omit<Judgement, 'verdict'>): Judgement => ({ ...judged, verdict: { status: 'late' } })

function judgeAllowed(turn: Turn): Judgement {
  const { verb } = turn
  const { body } = turn.operation
  if ('create' in body && verb !== 'patch') return judgeCreate(turn, body.create)
  if ('settles' in body && verb === 'settle') return judgeSettle(turn, body)
  if ('patch' in body && !('settles' in body) && verb === 'patch') return judgePatch(turn, body.patch)
  return rejected('invalid-fields', 'body')
}

const nothing = { row: null, writes: [], revs: {} } as const

const rejected = (code: RejectionCode, field: string | null): Judgement => ({
  ...nothing,
  verdict: { status: 'rejected', code, field },
})

/** Whether only the centre writes records of this type. */
function isCentresOwn(entity: Entity): boolean {
  const type = recordTypes[entity]
  return type.kind === 'changing' && type.centresFields === 'centre'
}

/** Records that change are created, patched and settled; those that are written once are created, amended and struck. */
function hasMeaning({ entity, verb }: Target): boolean {
  if (verb === 'create') return true
  return (recordTypes[entity].kind === 'changing') === (verb === 'patch' || verb === 'settle')
}

function judgeCreate(turn: Turn, body: AnyFields): Judgement {
  const { entity, state, version, operation, isLate } = turn
  const key = { caseId: operation.caseId, entity, id: operation.id }
  const { schema, kind } = recordTypes[entity]
  const checked = schema.safeParse(body)
  if (!checked.success) return rejected('invalid-fields', firstField(checked.error.issues))
  // The name is the one that the centre knows, which may have changed since the contact was recorded; and it knows what is late.
  const fields: AnyFields = {
    ...checked.data,
    ...(kind === 'append-only' && { recordedByName: state.actor.userName }),
    ...(entity === 'contact' && { cameLate: isLate }),
  }
  const centres = centresField(entity, null, fields)
  if (centres !== undefined) return rejected('written-by-centre-only', centres)
  const problem = kind === 'append-only' ? contactProblem(turn, fields) : undefined
  if (problem) return problem
  const end = endBeforeStart(fields)
  if (end !== undefined) return rejected('invalid-fields', end)
  if (state.rows.has(keyOf(key))) return rejected('row-exists', 'id')
  const fieldRev = revisionsOf(entity, fields, version)
  const row = { ...key, version, deleted: false, fields, fieldRev }
  return { verdict: { status: 'applied' }, row, writes: [{ row, patch: fields, before: null }], revs: fieldRev }
}

/** Where the first problem is: the field's name, or that of the field that should not be there. */
function firstField(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly keys?: readonly string[] }[],
): string {
  const [issue] = issues
  return String(issue?.path[0] ?? issue?.keys?.[0] ?? 'body')
}

/** Nobody records in the name of somebody else. */
const contactProblem = (turn: Turn, fields: AnyFields): Judgement | undefined =>
  fields.recordedById === turn.state.actor.userId
    ? correctionProblem(turn, fields)
    : rejected('not-permitted', 'recordedById')

/** An amendment names the first record it replaces the text of, a strike the one it withdraws; both say why, and nothing else does. */
function correctionProblem({ operation, entity, verb, state }: Turn, fields: AnyFields): Judgement | undefined {
  const isAsked = { amends: verb === 'amend', strikes: verb === 'strike', reason: verb !== 'create' }
  for (const field of ['amends', 'strikes', 'reason'] as const) {
    if ((fields[field] !== null) !== isAsked[field]) return rejected('invalid-fields', field)
  }
  if (verb === 'create') return undefined
  const field = verb === 'amend' ? 'amends' : 'strikes'
  const first = state.rows.get(keyOf({ caseId: operation.caseId, entity, id: String(fields[field]) }))
  if (!first) return rejected('row-not-found', field)
  const isCorrection = first.fields.amends !== null || first.fields.strikes !== null
  if (isCorrection) return rejected('invalid-fields', field)
  const [wrong] = changedFields(verb, fields, first.fields)
  return wrong === undefined ? undefined : rejected('invalid-fields', wrong)
}

/**
 * What a correction changes and may not: it stands at the place of its first record. What a strike carries is taken off
 * again, so it carries what its first record counted; an amendment counts nothing of its own.
 */
function changedFields(verb: Verb, fields: AnyFields, first: AnyFields): readonly string[] {
  const counted = { requirementId: first.requirementId, credits: first.credits }
  const expected = { kind: first.kind, startedAt: first.startedAt, ...(verb === 'strike' ? counted : { credits: 0 }) }
  return Object.entries(expected).flatMap(([field, value]) => (fields[field] === value ? [] : [field]))
}

function judgePatch(turn: Turn, patch: readonly FieldPatch[]): Judgement {
  const read = readPatch(turn, patch)
  if ('verdict' in read) return read
  const { row, entries } = read
  const judged = entries.map(entry => judgeField(row, entry, turn))
  return writePatch(turn, row, withholdDates(row, judged))
}

/** The record and the fields of a patch, checked; or why it is refused. */
function readPatch(
  { operation, entity, state }: Turn,
  patch: readonly FieldPatch[],
): { readonly row: Row; readonly entries: readonly Entry[] } | Judgement {
  const row = state.rows.get(keyOf({ caseId: operation.caseId, entity, id: operation.id }))
  if (!row || row.deleted) return rejected('row-not-found', 'id')
  const read = patch.map(entry => readEntry(entity, entry))
  const unreadable = patch.find((_, place) => read[place] === undefined)
  if (unreadable) return rejected('invalid-fields', unreadable.field)
  const entries = read.filter(entry => entry !== undefined)
  const centres = centresField(entity, row.fields, Object.fromEntries(entries.map(one => [one.field, one.value])))
  return centres === undefined ? { row, entries } : rejected('written-by-centre-only', centres)
}

function schemaOf(entity: Entity, field: string): z.ZodType | undefined {
  const shape: Readonly<Record<string, z.ZodType>> = recordTypes[entity].schema.shape
  return shape[field]
}

/** One field of a patch, checked. */
interface Entry extends FieldPatch {
  readonly fieldClass: FieldClass
}

/** @returns undefined when the record has no such field, or the field may not hold such a value. */
function readEntry(entity: Entity, entry: FieldPatch): Entry | undefined {
  const type = recordTypes[entity]
  if (type.kind !== 'changing' || !Object.hasOwn(type.classes, entry.field)) return undefined
  const classes: Readonly<Record<string, FieldClass>> = type.classes
  const fieldClass = classes[entry.field]
  const checked = schemaOf(entity, entry.field)?.safeParse(entry.value)
  if (!fieldClass || !checked?.success) return undefined
  return { ...entry, value: checked.data as FieldValue, fieldClass } // no record type has a nested field
}

interface JudgedField {
  readonly field: string
  readonly value: FieldValue
  readonly outcome: 'set' | 'same' | 'conflict'
  /** The revision that the author knew. */
  readonly base: number
  /** What the author typed, where others' changes were merged into it. */
  readonly typed?: FieldValue
}

/**
 * What becomes of one field: an equal value needs nothing; one that nobody changed since its author saw it is set; and where
 * both changed it, a guarded field stays as it is until a person decides, a narrative one too where the changes meet, and of
 * any other the later value wins. What comes late sets nothing.
 */
function judgeField(row: Row, entry: Entry, { state, isLate }: Turn): JudgedField {
  const { field, value, fieldClass } = entry
  const base = baseOf(entry, state.results)
  if (row.fields[field] === value) return { field, value, base, outcome: 'same' }
  const isUnchanged = (row.fieldRev[field] ?? 0) === base
  if (isLate) return { field, value, base, outcome: 'conflict' }
  if (isUnchanged || fieldClass === 'free') return { field, value, base, outcome: 'set' }
  const merged =
    fieldClass === 'narrative' ? mergedValue(row, entry, valueAt(row, field, base, state.history)) : undefined
  return merged === undefined
    ? { field, value, base, outcome: 'conflict' }
    : { field, value: merged, base, outcome: 'set', typed: value }
}

/** @returns undefined where the changes meet, what both began with is not known, or the field cannot hold both. */
function mergedValue(
  row: Row,
  { field, value }: Entry,
  before: { readonly value: FieldValue } | undefined,
): string | undefined {
  const texts = [value, before?.value, row.fields[field]]
  const [mine, base, theirs] = texts.filter(text => typeof text === 'string')
  if (mine === undefined || base === undefined || theirs === undefined) return undefined
  const merged = mergeText(mine, base, theirs)
  return merged !== undefined && schemaOf(row.entity, field)?.safeParse(merged).success ? merged : undefined
}

/**
 * Where the merged row would end before it starts, its dates stay as they are until a person decides: each author typed what
 * was right beside what they saw.
 */
function withholdDates(row: Row, judged: readonly JudgedField[]): readonly JudgedField[] {
  const set = judged.filter(one => one.outcome === 'set').map(one => [one.field, one.value] as const)
  if (endBeforeStart({ ...row.fields, ...Object.fromEntries(set) }) === undefined) return judged
  return judged.map(one => (one.outcome === 'set' && isOrderedDate(one.field) ? { ...one, outcome: 'conflict' } : one))
}

function writePatch(turn: Turn, row: Row, judged: readonly JudgedField[]): Judgement {
  const set = judged.filter(one => one.outcome === 'set')
  const conflicts = judged.filter(one => one.outcome === 'conflict')
  const merged = judged.filter(one => one.typed !== undefined)
  const writes = new Writes(turn.version)
  const setFields = (before: Row, patch: AnyFields): Row => {
    if (Object.keys(patch).length === 0) return before
    const write = writes.add(version => [patched(before, patch, version)])
    return write[0]?.row ?? before
  }
  // What was typed is in the history, and is what later work of its author builds on.
  const typed = setFields(row, Object.fromEntries(merged.map(one => [one.field, one.typed ?? null])))
  const after = setFields(typed, Object.fromEntries(set.map(one => [one.field, one.value])))
  for (const { field } of set) writes.add(version => restand(turn, after, field, version))
  for (const { field, value, base } of conflicts) {
    const before = valueAt(row, field, base, turn.state.history)?.value ?? null
    writes.add(version => propose(turn, after, { field, value, before }, version))
  }
  const revOf = ({ field, outcome, base, typed: isMerged }: JudgedField): number =>
    outcome === 'conflict' ? base : ((isMerged === undefined ? after : typed).fieldRev[field] ?? 0)
  return {
    verdict: verdictOf(set, conflicts),
    row: after,
    writes: writes.all,
    revs: Object.fromEntries(judged.map(one => [one.field, revOf(one)])),
  }
}

/** The changes of one operation, each under the next number. */
class Writes {
  readonly all: Write[] = []
  readonly #first: number

  constructor(first: number) {
    this.#first = first
  }

  /** @param make is given the number of its first change. */
  add(make: (version: number) => readonly Write[]): readonly Write[] {
    const made = make(this.#first - this.all.length)
    this.all.push(...made)
    return made
  }
}

function verdictOf(set: readonly JudgedField[], conflicts: readonly JudgedField[]): Verdict {
  if (conflicts.length > 0) return { status: 'conflict', fields: conflicts.map(one => one.field) }
  return { status: set.length > 0 ? 'applied' : 'merged' }
}

/**
 * Settles a conflict as its author saw it: open, with as many proposals, and with what stood in the record. Where that is
 * so no more, the chosen value joins the other proposals: nobody decides on what they have not seen.
 */
function judgeSettle(turn: Turn, { patch, settles }: SettleBody): Judgement {
  const { operation, state, version, isLate } = turn
  const read = readPatch(turn, patch)
  if ('verdict' in read) return read
  const { row, entries } = read
  const [entry] = entries
  const conflict = state.rows.get(keyOf({ caseId: row.caseId, entity: 'conflict', id: settles.conflictId }))
  if (!entry || !conflict || !isAbout(conflict, row, entry)) return rejected('row-not-found', 'conflictId')
  if (!operation.reason) return rejected('invalid-fields', 'reason')
  const { field, value } = entry
  const base = baseOf(entry, state.results)
  const isSeen = (row.fieldRev[field] ?? 0) === base && conflictOf(conflict).proposals === settles.proposals
  const isOrdered = endBeforeStart({ ...row.fields, [field]: value }) === undefined
  if (isLate || conflictOf(conflict).state !== 'open' || !isSeen || !isOrdered) {
    const writes = joinConflict(turn, conflict, value, version)
    return { verdict: { status: 'conflict', fields: [field] }, row, writes, revs: { [field]: base } }
  }
  const set = row.fields[field] === value ? [] : [patched(row, { [field]: value }, version)]
  const after = set[0]?.row ?? row
  return {
    verdict: { status: 'applied' },
    row: after,
    writes: [...set, close(turn, conflict, value, version - set.length)],
    revs: { [field]: after.fieldRev[field] ?? 0 },
  }
}

type SettleBody = Extract<Operation['body'], { readonly settles: unknown }>

const isAbout = (conflict: Row, { entity, id }: Row, { field }: FieldPatch): boolean =>
  conflict.fields.rowEntity === entity && conflict.fields.rowId === id && conflict.fields.field === field
