import { isDeepStrictEqual } from 'node:util'
import type { Operation, OperationAnswer } from '../../../shared/sync/protocol.ts'
import { type AnyFields, revisionsOf } from '../../../shared/sync/recordTypes.ts'
import type { Before, Revisions, RowKey, Verdict } from '../../db/tables.ts'
import { conflictsOf, proposalId } from './conflicts.ts'
import { judge, judgeLate } from './judge.ts'
import { isAllowed, keyOf, type PushState, type Result, type Row, rowKeyOf, type Write } from './pushState.ts'
import { pairOf } from './scope.ts'

/**
 * What becomes of a batch. Numbers below zero stand for the changes of this transaction, -1 for its first: the counter is
 * locked last, and `numbered` then puts the true numbers in.
 */
export interface Decision {
  /** In the order of the operations. */
  readonly answers: readonly Answer[]
  /** What to keep of the operations that are new. */
  readonly results: readonly NewResult[]
  readonly changes: readonly Change[]
  /** The last state of every row that changed. */
  readonly rows: readonly Row[]
  /** Late ones that changed nothing: kept whole. */
  readonly lateWork: readonly Operation[]
}

/** A decision, and what the next one rests on. */
export interface Decided extends Decision {
  readonly after: Pick<PushState, 'rows' | 'results' | 'history'>
}

interface Answer {
  readonly opId: string
  readonly verdict: Verdict
  /** The row that the operation was about, its conflicts and proposals, as far as its author may see them. */
  readonly rows: readonly Row[]
  /** Whether the row is one that the operation made, and just as its author has it. */
  readonly isAsSent: boolean
}

export interface NewResult extends Result {
  readonly operation: Operation
}

export interface Change {
  readonly seq: number
  readonly rowKey: RowKey
  readonly operation: Operation
  readonly patch: AnyFields
  readonly before: Before | null
}

/**
 * Decides a batch, operation by operation in its order. A refused one does not undo its siblings.
 *
 * @param first stands for its first change: below those of the batches that were decided before.
 */
export function decide(operations: readonly Operation[], state: PushState, first = -1): Decided {
  const rows = new Map(state.rows)
  const results = new Map(state.results)
  const history = new Map(state.history)
  const news: NewResult[] = []
  const changes: Change[] = []
  const lateWork: Operation[] = []
  const { userId, userName } = state.actor
  const answers = operations.map(operation => {
    const kept = results.get(operation.opId)
    if (kept) return answerAgain(operation, kept, { ...state, rows })
    const judgeIt = state.former.has(pairOf({ userId, caseId: operation.caseId })) ? judgeLate : judge
    const { row, writes, verdict, revs } = judgeIt(
      operation,
      { ...state, rows, results, history },
      first - changes.length,
    )
    for (const { row: after, patch, before } of writes) {
      changes.push({ seq: after.version, rowKey: rowKeyOf(after), operation, patch, before })
      rows.set(keyOf(after), after)
      history.set(after.version, { actorId: userId, actorName: userName, clientAt: operation.clientAt, before })
    }
    const result = { userId, verdict, rowKey: row && rowKeyOf(row), revs, operation }
    results.set(operation.opId, result)
    news.push(result)
    const isLate = verdict.status === 'late'
    if (isLate && writes.length === 0) lateWork.push(operation)
    return answerTo(operation, verdict, isLate ? [] : rowsTold(row, writes))
  })
  const changed = new Set(changes.map(change => keyOf(change.rowKey)))
  return {
    answers,
    results: news,
    changes,
    rows: [...rows.values()].filter(row => changed.has(keyOf(row))),
    lateWork,
    after: { rows, results, history },
  }
}

function answerTo(operation: Operation, verdict: Verdict, rows: readonly Row[]): Answer {
  const [row, ...others] = rows
  const isAsSent = verdict.status === 'applied' && row !== undefined && others.length === 0 && isJustSo(row, operation)
  return { opId: operation.opId, verdict, rows, isAsSent }
}

/** Whether the row is as the operation made it: nothing was added, no field was changed since, and it was not deleted. */
const isJustSo = ({ entity, fields, fieldRev, version, deleted }: Row, { body }: Operation): boolean =>
  !deleted &&
  'create' in body &&
  isDeepStrictEqual(fields, body.create) &&
  isDeepStrictEqual(fieldRev, revisionsOf(entity, fields, version))

/** The row that an operation was about, then the others that it wrote, each in its last state. */
function rowsTold(row: Row | null, writes: readonly Write[]): readonly Row[] {
  const last = new Map([...(row ? [row] : []), ...writes.map(one => one.row)].map(one => [keyOf(one), one]))
  return [...last.values()]
}

/** The kept answer, with the rows as they are now. An id of somebody else's operation is nobody's to ask about. */
function answerAgain(operation: Operation, kept: Result, state: PushState): Answer {
  if (kept.userId !== state.actor.userId) {
    return answerTo(operation, { status: 'rejected', code: 'not-permitted', field: 'opId' }, [])
  }
  const { verdict, rowKey } = kept
  const isReadable = rowKey !== null && isAllowed('read', rowKey.caseId, state)
  return answerTo(operation, verdict, isReadable ? rowsKept(operation.opId, verdict, rowKey, state) : [])
}

function rowsKept(opId: string, verdict: Verdict, rowKey: RowKey, state: PushState): readonly Row[] {
  const keys = [rowKey, ...proposalKeys(opId, verdict, rowKey)]
  const rows = keys.map(key => state.rows.get(keyOf(key))).filter(row => row !== undefined)
  return [...rows, ...conflictsOf(rowKey, state)]
}

/** What an operation proposed that was answered `conflict`. */
export const proposalKeys = (opId: string, verdict: Verdict, { caseId }: RowKey): readonly RowKey[] =>
  verdict.status === 'conflict'
    ? verdict.fields.map(field => ({ caseId, entity: 'proposal', id: proposalId(opId, field) }))
    : []

/** The decision with its true numbers: the first change of the transaction gets `before` + 1. */
export function numbered(decision: Decision, before: number): Decision {
  const number = (provisional: number) => (provisional < 0 ? before - provisional : provisional)
  const revisions = (revs: Revisions) =>
    Object.fromEntries(Object.entries(revs).map(([field, rev]) => [field, number(rev)]))
  const numberedBefore = (before: Before): Before =>
    Object.fromEntries(Object.entries(before).map(([field, { rev, value }]) => [field, { rev: number(rev), value }]))
  const numberedRow = (row: Row): Row => ({ ...row, version: number(row.version), fieldRev: revisions(row.fieldRev) })
  return {
    answers: decision.answers.map(answer => ({ ...answer, rows: answer.rows.map(numberedRow) })),
    results: decision.results.map(result => ({ ...result, revs: revisions(result.revs) })),
    changes: decision.changes.map(change => ({
      ...change,
      seq: number(change.seq),
      before: change.before && numberedBefore(change.before),
    })),
    rows: decision.rows.map(numberedRow),
    lateWork: decision.lateWork,
  }
}

/** The answer as it travels. */
export function wireAnswer({ opId, verdict, rows, isAsSent }: Answer): OperationAnswer {
  if (verdict.status === 'rejected' || verdict.status === 'late') return { opId, ...verdict }
  const [made] = rows
  if (isAsSent && made) return { opId, status: 'as-sent', version: made.version }
  return { opId, ...verdict, rows: [...rows] }
}
