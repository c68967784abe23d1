import { mayAct } from '../../../shared/access/mayAct.ts'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { Role } from '../../../shared/sync/protocol.ts'
import { addDays, dayRange } from '../../../shared/time.ts'

/** An assignment of somebody with an account. */
export interface Assigned {
  readonly caseId: string
  readonly role: Role
  readonly assignment: Assignment
}

/** That somebody may read a case. */
export interface Scope {
  readonly userId: string
  readonly caseId: string
  /** First instant at which it no longer holds; null without end. */
  readonly until: number | null
}

/** A scope as it is kept: the epoch counts how often the case was granted to this user. */
export interface KeptScope extends Scope {
  readonly epoch: number
}

export const pairOf = ({ userId, caseId }: Pick<Scope, 'userId' | 'caseId'>): string => `${userId}/${caseId}`

export interface ScopesOfDay {
  /** Who may read what on that day. */
  readonly scopes: readonly Scope[]
  /** By case: the next instant at which the calendar alone changes who may read it. */
  readonly due: ReadonlyMap<string, number>
}

/** Asks the one rule who may read which case on that day, and when its answer next changes by the calendar alone. */
export function scopesOn(assigned: readonly Assigned[], today: string): ScopesOfDay {
  const pairs = Map.groupBy(assigned, ({ caseId, assignment }) => pairOf({ userId: assignment.userId, caseId }))
  const answers = [...pairs.values()].flatMap(([first, ...others]) => (first ? [answerFor(first, others, today)] : []))
  const due = new Map<string, number>()
  for (const { caseId, until } of answers) {
    if (until !== null) due.set(caseId, Math.min(until, due.get(caseId) ?? until))
  }
  return {
    scopes: answers.filter(one => one.mayRead).map(({ userId, caseId, until }) => ({ userId, caseId, until })),
    due,
  }
}

/** @param first and `others`: the assignments of one user to one case. */
function answerFor(first: Assigned, others: readonly Assigned[], today: string): Scope & { readonly mayRead: boolean } {
  const { caseId, role } = first
  const { userId } = first.assignment
  const assignments = [first, ...others].map(one => one.assignment)
  const mayRead = (day: string) => mayAct({ userId, role }, 'read', { caseId, assignments, today: day })
  const now = mayRead(today)
  const turns = assignments.flatMap(({ startOn, endOn }) => (endOn === null ? [startOn] : [startOn, addDays(endOn, 1)]))
  const turn = turns.toSorted().find(day => day > today && mayRead(day) !== now)
  return { userId, caseId, mayRead: now, until: turn === undefined ? null : dayRange(turn).from }
}

export interface ScopeChanges {
  /** New, or with a new end. */
  readonly granted: readonly KeptScope[]
  readonly revoked: readonly KeptScope[]
}

/**
 * What to change so that the kept scopes become those wanted.
 *
 * @param lastEpochs by `pairOf`: of the scopes that were ever kept.
 */
export function compareScopes(
  kept: readonly KeptScope[],
  wanted: readonly Scope[],
  lastEpochs: ReadonlyMap<string, number>,
): ScopeChanges {
  const keptByPair = new Map(kept.map(scope => [pairOf(scope), scope]))
  const wantedPairs = new Set(wanted.map(pairOf))
  return {
    granted: wanted
      .filter(scope => keptByPair.get(pairOf(scope))?.until !== scope.until)
      .map(scope => {
        const epoch = keptByPair.get(pairOf(scope))?.epoch ?? (lastEpochs.get(pairOf(scope)) ?? 0) + 1
        return { ...scope, epoch }
      }),
    revoked: kept.filter(scope => !wantedPairs.has(pairOf(scope))),
  }
}
