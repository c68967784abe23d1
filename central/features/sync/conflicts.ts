import { v5 } from 'uuid'
import type { Conflict, Proposal } from '../../../shared/features/conflicts/conflict.ts'
import type { Operation } from '../../../shared/sync/protocol.ts'
import { type AnyFields, type FieldValue, revisionsOf } from '../../../shared/sync/recordTypes.ts'
import type { RowKey } from '../../db/tables.ts'
import type { PushState, Row, Write } from './pushState.ts'

/** An operation at its turn, as far as conflicts are about it. */
export interface Proposer {
  readonly operation: Operation
  readonly state: PushState
}

/** The id of what an operation proposes for a field, and of the conflict that it opens with that. */
export const proposalId = (opId: string, field: string): string => v5(field, opId)

export const conflictOf = (row: Row): Conflict => row.fields as unknown as Conflict // only the centre writes them, by their schema

/** Every conflict of the row's fields. */
export const conflictsOf = ({ caseId, entity, id }: RowKey, state: Pick<PushState, 'rows'>): readonly Row[] =>
  [...state.rows.values()].filter(
    one =>
      one.entity === 'conflict' && one.caseId === caseId && one.fields.rowId === id && one.fields.rowEntity === entity,
  )

const findOpen = (row: Row, field: string, state: PushState): Row | undefined =>
  conflictsOf(row, state).find(one => one.fields.field === field && one.fields.state === 'open')

interface Proposed {
  readonly field: string
  readonly value: FieldValue
  /** What its author made it from; null where the centre does not know. */
  readonly before: FieldValue
}

/**
 * Keeps a value that does not stand: in the open conflict of the field, or in a new one.
 *
 * @param row the record, as it stands.
 * @param version of the first row that is written.
 */
export function propose(
  turn: Proposer,
  row: Row,
  { field, value, before }: Proposed,
  version: number,
): readonly Write[] {
  const open = findOpen(row, field, turn.state)
  if (open) return joinConflict(turn, open, value, version)
  const id = proposalId(turn.operation.opId, field)
  const conflict: Conflict = {
    rowEntity: row.entity,
    rowId: row.id,
    field,
    before,
    ...standingOf(row, field, turn.state),
    proposals: 1,
    state: 'open',
    settledValue: null,
    settledById: null,
    settledByName: null,
    settledAt: null,
    reason: null,
  }
  return [
    added({ caseId: row.caseId, entity: 'conflict', id }, conflict, version),
    proposal(turn, { conflictId: id, field, value }, version - 1),
  ]
}

/** Adds a proposal to a conflict, also to one that was settled before it came. */
export function joinConflict(turn: Proposer, conflict: Row, value: FieldValue, version: number): readonly Write[] {
  const { field, proposals } = conflictOf(conflict)
  return [
    patched(conflict, { proposals: proposals + 1 }, version),
    proposal(turn, { conflictId: conflict.id, field, value }, version - 1),
  ]
}

/** Tells the open conflict of a field, if there is one, that another value stands now. */
export function restand({ operation, state }: Proposer, row: Row, field: string, version: number): readonly Write[] {
  const open = findOpen(row, field, state)
  if (!open) return []
  const { userId, userName } = state.actor
  const standing = {
    standing: row.fields[field] ?? null,
    standingById: userId,
    standingByName: userName,
    standingAt: operation.clientAt,
  }
  return [patched(open, standing, version)]
}

/** Closes a conflict with the value that was chosen. */
export function close({ operation, state }: Proposer, conflict: Row, value: FieldValue, version: number): Write {
  return patched(
    conflict,
    {
      state: 'settled',
      settledValue: value,
      settledById: state.actor.userId,
      settledByName: state.actor.userName,
      settledAt: operation.clientAt,
      reason: operation.reason,
    },
    version,
  )
}

type Standing = Pick<Conflict, 'standing' | 'standingById' | 'standingByName' | 'standingAt'>

function standingOf(row: Row, field: string, { history }: PushState): Standing {
  const change = history.get(row.fieldRev[field] ?? 0)
  return {
    standing: row.fields[field] ?? null,
    standingById: change?.actorId ?? null,
    standingByName: change?.actorName ?? null,
    standingAt: change?.clientAt ?? null,
  }
}

function proposal(
  { operation, state }: Proposer,
  { conflictId, field, value }: { readonly conflictId: string } & Pick<Proposed, 'field' | 'value'>,
  version: number,
): Write {
  const { opId, caseId, clientAt, reason } = operation
  const { userId, userName } = state.actor
  const fields: Proposal = { conflictId, value, byId: userId, byName: userName, at: clientAt, opId, reason }
  return added({ caseId, entity: 'proposal', id: proposalId(opId, field) }, fields, version)
}

function added(key: RowKey, fields: AnyFields, version: number): Write {
  const row = { ...key, version, deleted: false, fields, fieldRev: revisionsOf(key.entity, fields, version) }
  return { row, patch: fields, before: null }
}

/** A row with some fields set, and what they were before. */
export function patched(row: Row, patch: AnyFields, version: number): Write {
  const names = Object.keys(patch)
  return {
    row: {
      ...row,
      version,
      fields: { ...row.fields, ...patch },
      fieldRev: { ...row.fieldRev, ...Object.fromEntries(names.map(name => [name, version])) },
    },
    patch,
    before: Object.fromEntries(
      names.map(name => [name, { rev: row.fieldRev[name] ?? 0, value: row.fields[name] ?? null }]),
    ),
  }
}
