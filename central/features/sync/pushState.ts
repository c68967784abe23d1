import { type CaseAction, mayAct } from '../../../shared/access/mayAct.ts'
import type { Actor } from '../../../shared/access/actor.ts'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { WireRow } from '../../../shared/sync/protocol.ts'
import { type AnyFields, type Entity, recordTypes } from '../../../shared/sync/recordTypes.ts'
import type { Revisions, RowKey, Verdict } from '../../db/tables.ts'

/** A row as the centre has it. */
export type Row = Readonly<WireRow> & RowKey

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
  /** By `keyOf`: every row that the operations, or their kept results, name. */
  readonly rows: ReadonlyMap<string, Row>
  /** By operation: those of the batch that came before, and those that the batch builds on. */
  readonly results: ReadonlyMap<string, Result>
  /** Operations that the database cannot hold. */
  readonly unstorable: ReadonlySet<string>
}

export const rowKeyOf = ({ caseId, entity, id }: RowKey): RowKey => ({ caseId, entity, id })
export const keyOf = ({ caseId, entity, id }: RowKey): string => `${caseId}/${entity}/${id}`

/** The revisions of a new row. Nothing builds on a field that never changes, so those of append-only records have none. */
export const revisionsOf = (entity: Entity, fields: AnyFields, version: number): Revisions =>
  recordTypes[entity].kind === 'append-only'
    ? {}
    : Object.fromEntries(Object.keys(fields).map(field => [field, version]))

/** The one rule, asked with what this batch rests on. */
export const isAllowed = (action: CaseAction, caseId: string, state: PushState): boolean =>
  mayAct(state.actor, action, { caseId, today: state.today, assignments: state.assignments.get(caseId) ?? [] })
