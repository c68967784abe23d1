import type { Operation, OperationAnswer } from '../../../shared/sync/protocol.ts'
import type { AnyFields } from '../../../shared/sync/recordTypes.ts'
import type { Revisions, RowKey, Verdict } from '../../db/tables.ts'
import { judge } from './judge.ts'
import { isAllowed, keyOf, type PushState, type Result, type Row, rowKeyOf } from './pushState.ts'

/**
 * What becomes of a batch. Numbers below zero stand for the changes of this batch, -1 for its first: the counter is locked
 * last, and `numbered` then puts the true numbers in.
 */
export interface Decision {
  /** In the order of the operations. */
  readonly answers: readonly Answer[]
  /** What to keep of the operations that are new. */
  readonly results: readonly NewResult[]
  readonly changes: readonly Change[]
  /** The last state of every row that changed. */
  readonly rows: readonly Row[]
}

interface Answer {
  readonly opId: string
  readonly verdict: Verdict
  /** The row that the operation was about, if its author may see it. */
  readonly row: Row | null
}

export interface NewResult extends Result {
  readonly operation: Operation
}

export interface Change {
  readonly seq: number
  readonly rowKey: RowKey
  readonly operation: Operation
  readonly patch: AnyFields
}

/** Decides a batch, operation by operation in its order. A refused one does not undo its siblings. */
export function decide(operations: readonly Operation[], state: PushState): Decision {
  const rows = new Map(state.rows)
  const results = new Map(state.results)
  const news: NewResult[] = []
  const changes: Change[] = []
  const answers = operations.map(operation => {
    const kept = results.get(operation.opId)
    if (kept) return answerAgain(operation.opId, kept, { ...state, rows })
    const { row, patch, verdict, revs } = judge(operation, { ...state, rows, results }, -1 - changes.length)
    const rowKey = row && rowKeyOf(row)
    if (row && rowKey && patch) {
      changes.push({ seq: row.version, rowKey, operation, patch })
      rows.set(keyOf(row), row)
    }
    const result = { userId: state.actor.userId, verdict, rowKey, revs, operation }
    results.set(operation.opId, result)
    news.push(result)
    return { opId: operation.opId, verdict, row }
  })
  const changed = new Set(changes.map(change => keyOf(change.rowKey)))
  return { answers, results: news, changes, rows: [...rows.values()].filter(row => changed.has(keyOf(row))) }
}

/** The kept answer, with the row as it is now. An id of somebody else's operation is nobody's to ask about. */
function answerAgain(opId: string, kept: Result, state: PushState): Answer {
  if (kept.userId !== state.actor.userId) {
    return { opId, verdict: { status: 'rejected', code: 'not-permitted', field: 'opId' }, row: null }
  }
  const isReadable = kept.rowKey !== null && isAllowed('read', kept.rowKey.caseId, state)
  return { opId, verdict: kept.verdict, row: (isReadable && kept.rowKey && state.rows.get(keyOf(kept.rowKey))) || null }
}

/** The decision with its true numbers: its first change gets `before` + 1. */
export function numbered(decision: Decision, before: number): Decision {
  const number = (provisional: number) => (provisional < 0 ? before - provisional : provisional)
  const revisions = (revs: Revisions) =>
    Object.fromEntries(Object.entries(revs).map(([field, rev]) => [field, number(rev)]))
  const numberedRow = (row: Row): Row => ({ ...row, version: number(row.version), fieldRev: revisions(row.fieldRev) })
  return {
    answers: decision.answers.map(answer => ({ ...answer, row: answer.row && numberedRow(answer.row) })),
    results: decision.results.map(result => ({ ...result, revs: revisions(result.revs) })),
    changes: decision.changes.map(change => ({ ...change, seq: number(change.seq) })),
    rows: decision.rows.map(numberedRow),
  }
}

/** The answer as it travels. */
export function wireAnswer({ opId, verdict, row }: Answer): OperationAnswer {
  if (verdict.status === 'rejected') return { opId, ...verdict }
  return { opId, ...verdict, rows: row ? [row] : [] }
}
