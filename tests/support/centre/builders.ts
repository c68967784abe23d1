import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { Operation } from '../../../shared/sync/protocol.ts'
import { anAssignment, aPerson } from '../builders.ts'
import { MONDAY, nameOf, type TestCentre } from './testCentre.ts'

/** An assignment that began long ago. */
export const assignedTo = (userId: string, given: Partial<Assignment> = {}): Assignment =>
  anAssignment({ userId, userName: nameOf(userId), startOn: '2026-01-05', ...given })

/** A case with one officer on it. */
export async function aCaseOf(centre: TestCentre, userId: string): Promise<string> {
  const caseId = centre.newId()
  await centre.addUser(userId)
  await centre.write({ entity: 'case', caseId, id: caseId, fields: aPerson() })
  await centre.write({ entity: 'assignment', caseId, id: centre.newId(), fields: assignedTo(userId) })
  return caseId
}

/** Makes operations as a workstation would: with ids, and numbered one after the other. */
export function makeOperations(centre: Pick<TestCentre, 'newId'>) {
  let n = 0
  const make = (type: string, given: Pick<Operation, 'caseId' | 'body'> & Partial<Operation>): Operation => ({
    opId: centre.newId(),
    actionId: centre.newId(),
    n: ++n,
    type,
    id: centre.newId(),
    reason: null,
    clientAt: MONDAY,
    serverSeen: null,
    ...given,
  })
  return {
    create: (type: string, caseId: string, fields: object, given: Partial<Operation> = {}): Operation =>
      // Tests also send what a schema refuses.
      make(type, { caseId, body: { create: fields as Record<string, string> }, ...given }),
    patch: (type: string, row: RowKeyOf, patch: readonly PatchEntry[], given: Partial<Operation> = {}): Operation =>
      make(type, {
        caseId: row.caseId,
        id: row.id,
        body: { patch: patch.map(entry => ({ baseOp: null, ...entry })) },
        ...given,
      }),
    /** Settles a conflict of the row's field. */
    settle: (
      type: string,
      row: RowKeyOf,
      entry: PatchEntry,
      settles: Settles,
      given: Partial<Operation> = {},
    ): Operation =>
      make(type, {
        caseId: row.caseId,
        id: row.id,
        body: { patch: [{ baseOp: null, ...entry }], settles },
        reason: 'She said so',
        ...given,
      }),
  }
}

interface Settles {
  readonly conflictId: string
  readonly proposals: number
}

interface RowKeyOf {
  readonly caseId: string
  readonly id: string
}

interface PatchEntry {
  readonly field: string
  readonly baseRev: number
  readonly baseOp?: string | null
  readonly value: string | number | boolean | null
}
