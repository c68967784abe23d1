import { and, asc, eq } from 'drizzle-orm'
import type { Entity } from '../../shared/sync/recordTypes.ts'
import type { Database } from '../database.ts'
import { outboxTable } from './outboxTable.ts'

/** A field with two versions: the centre kept another value than ours. */
export interface Conflict {
  readonly opId: string
  readonly entity: Entity
  readonly id: string
  readonly field: string
  /** What this officer wanted. */
  readonly ours: string
}

/** Fields of the case that wait for a person to settle them. */
export const listConflicts = (db: Database, caseId: string): readonly Conflict[] =>
  db
    .select()
    .from(outboxTable)
    .where(and(eq(outboxTable.caseId, caseId), eq(outboxTable.state, 'conflict')))
    .orderBy(asc(outboxTable.place))
    .all()
    .flatMap(({ opId, entity, id, body, conflictFields }) =>
      ('patch' in body ? body.patch : [])
        .filter(({ field }) => conflictFields?.includes(field))
        .map(({ field, value }) => ({ opId, entity, id, field, ours: value === null ? '' : String(value) })),
    )
