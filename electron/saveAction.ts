import type { Actor } from '../shared/access/actor.ts'
import { mayAct, type CaseAction, type CaseFacts } from '../shared/access/mayAct.ts'
import type { Changed } from '../shared/ipc/contract.ts'
import { invariant, ok, refuse, type Result } from '../shared/result.ts'
import { readOperationType } from '../shared/sync/protocol.ts'
import { londonDate, type Clock } from '../shared/time.ts'
import type { AuditChain } from '../db/audit/auditChain.ts'
import type { AuditDetail } from '../db/audit/auditTable.ts'
import { inTransaction, type Database, type Transaction } from '../db/database.ts'
import { listAssignments } from '../db/features/cases/casesRepository.ts'
import {
  isQueued,
  isQueuedAs,
  listUnsentOfAction,
  queueAction,
  type NewOperation,
} from '../db/outbox/outboxRepository.ts'
import { findReadableScope } from '../db/sync/scope.ts'

/** How long an action can be taken back. Nothing of it is sent before. */
export const UNDO_MS = 10_000

export interface SaveDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditChain
  readonly changed: (changed: Changed) => void
  /** The centre's time when it was last heard, and how long ago that is. */
  readonly serverSeen: () => { readonly at: number; readonly agoMs: number } | null
}

/** One action of the officer: its operations, and what is stored or removed with them. */
export interface OfficerAction {
  readonly actionId: string
  readonly caseId: string
  readonly operations: readonly NewOperation[]
  readonly detail?: AuditDetail
  /** Local changes in the same step, such as the removal of the draft. */
  readonly also?: (tx: Transaction) => void
}

export interface SavedAction {
  readonly actionId: string
  readonly undoUntil: number
}

export type SaveAction = (actor: Actor, action: OfficerAction) => Result<SavedAction>

/** Makes the one way in which officers' work is stored: rows, outbox, audit and search index in one transaction. */
export function createSaveAction(deps: SaveDeps): SaveAction {
  const { db, clock, audit, changed, serverSeen } = deps
  return (actor, action) => {
    const { actionId, caseId, operations, detail = {}, also } = action
    invariant(
      operations.every(one => one.caseId === caseId),
      'an action is about one case: its leave to read and write was asked for that one',
    )
    const refused = findRefusal(db, clock, actor, action)
    if (refused) return refused
    const now = clock.now()
    if (operations.some(operation => isQueued(db, operation))) return answerAgain(db, action, now)
    const saved = { actionId, undoUntil: now + UNDO_MS }
    inTransaction(db, tx => {
      queueAction(tx, { actionId, clientAt: now, notBefore: saved.undoUntil, serverSeen: serverSeen() }, operations)
      audit.append(tx, actor, {
        action: 'action.saved',
        caseId,
        detail: { ...detail, actionId, operations: operations.map(one => one.type) },
      })
      also?.(tx)
    })
    for (const topic of ['case', 'diary', 'caseload', 'sync'] as const) changed({ topic, caseId })
    return ok(saved)
  }
}

/**
 * The window may send a save twice when it got no answer to the first; the 10 seconds run from that one. Where the officer
 * went on typing meanwhile the first is what is stored, and an ok would be untrue of the second.
 */
function answerAgain(db: Database, { actionId, operations }: OfficerAction, now: number): Result<SavedAction> {
  const unsent = listUnsentOfAction(db, actionId)
  const isSame = unsent.length <= operations.length && operations.every(operation => isQueuedAs(db, operation))
  if (!isSame) return refuse({ code: 'already-recorded', contactId: operations[0]?.id ?? '' })
  return ok({ actionId, undoUntil: unsent[0]?.notBefore ?? now })
}

function findRefusal(db: Database, clock: Clock, actor: Actor, { caseId, operations }: OfficerAction) {
  const facts = findCaseFacts(db, clock, caseId)
  if (!facts || !mayAct(actor, 'read', facts)) return refuse({ code: 'not-found' })
  const forbidden = operations.map(caseActionOf).find(action => !mayAct(actor, action, facts))
  return forbidden && refuse({ code: 'not-permitted', action: forbidden })
}

function caseActionOf({ type }: NewOperation): CaseAction {
  const { entity = 'case', verb = 'create' } = readOperationType(type) ?? {}
  return `${entity}.${verb}`
}

/** What decides who may do what to this case, or undefined where the case is not here. */
export function findCaseFacts(db: Database, clock: Clock, caseId: string): CaseFacts | undefined {
  const now = clock.now()
  if (!findReadableScope(db, caseId, now)) return undefined
  const assignments = listAssignments(db, caseId).map(one => one.fields)
  return { caseId, assignments, today: londonDate(now) }
}
