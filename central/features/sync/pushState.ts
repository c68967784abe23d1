import { type CaseAction, mayAct } from '../../../shared/access/mayAct.ts'
import type { Actor } from '../../../shared/access/actor.ts'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import { type PushRequest, readOperationType, type WireRow } from '../../../shared/sync/protocol.ts'
import type { AnyFields, Entity } from '../../../shared/sync/recordTypes.ts'
import type { Before, Revisions, RowKey, Verdict } from '../../db/tables.ts'

/** A batch from a workstation. */
export interface Push extends Pick<PushRequest, 'incarnation' | 'operations'> {
  readonly actor: Actor
}

/** A row as the centre has it. */
export type Row = Readonly<WireRow> & RowKey

/** One change of one row. */
export interface Write {
  /** The row afterwards; its version is the number of the change. */
  readonly row: Row
  /** The fields that are set. */
  readonly patch: AnyFields
  /** What they were; null for a new row. */
  readonly before: Before | null
}

/** A change that was made earlier. */
export interface KnownChange {
  readonly actorId: string
  readonly actorName: string
  /** When it was saved, by its author's own PC. */
  readonly clientAt: number
  readonly before: Before | null
}

/** What the centre keeps of an operation it has answered. */
export interface Result {
  readonly userId: string
  readonly verdict: Verdict
  /** The row it was about; null when it was refused. */
  readonly rowKey: RowKey | null
  /** For each field it named: the revision that its author builds on from here. */
  readonly revs: Revisions
}

/** Everything that a decision on a batch rests on. */
export interface PushState {
  readonly actor: Pick<Actor, 'userId' | 'userName' | 'role'>
  /** London day. */
  readonly today: string
  /** By case; one that is missing has none. */
  readonly assignments: ReadonlyMap<string, readonly Assignment[]>
  /** By `pairOf`: cases that were a user's once and are not now. */
  readonly former: ReadonlySet<string>
  /** By `keyOf`: every row that the operations, or their kept results, name, and the conflicts of those. */
  readonly rows: ReadonlyMap<string, Row>
  /** By operation: those of the batch that came before, and those that the batch builds on. */
  readonly results: ReadonlyMap<string, Result>
  /** By number: the earlier changes that the operations are compared with. */
  readonly history: ReadonlyMap<number, KnownChange>
  /** Operations that the database cannot hold. */
  readonly unstorable: ReadonlySet<string>
}

export const rowKeyOf = ({ caseId, entity, id }: RowKey): RowKey => ({ caseId, entity, id })
export const keyOf = ({ caseId, entity, id }: RowKey): string => `${caseId}/${entity}/${id}`

/** The one rule, asked with what this batch rests on. */
export const isAllowed = (action: CaseAction, caseId: string, state: PushState): boolean =>
  mayAct(state.actor, action, { caseId, today: state.today, assignments: state.assignments.get(caseId) ?? [] })

/** What the actor might do if a case that was theirs once still were. */
export const wasAllowed = (action: CaseAction, { actor, today }: PushState): boolean =>
  mayAct(actor, action, { caseId: '', today, assignments: [{ userId: actor.userId, startOn: today, endOn: null }] })

/** The type of record that an operation is about; undefined for one that nobody knows. */
export const entityOf = (type: string): Entity | undefined => readOperationType(type)?.entity
