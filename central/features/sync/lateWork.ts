import { and, asc, count, eq, min } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { lateWorkTable } from '../../db/tables.ts'

type LateWork = typeof lateWorkTable.$inferSelect

/** Cases for which work came too late to become a record, each author's apart: how much, and when the first of it was recorded. */
export const listLateWork = (db: Database) =>
  db
    .select({
      caseId: lateWorkTable.caseId,
      userId: lateWorkTable.actor,
      operations: count(),
      firstAt: min(lateWorkTable.clientAt).mapWith(Number),
    })
    .from(lateWorkTable)
    .where(eq(lateWorkTable.region, REGION))
    .groupBy(lateWorkTable.caseId, lateWorkTable.actor)
    .orderBy(asc(lateWorkTable.caseId), asc(lateWorkTable.actor))

/** All of it that is about this case, in the order in which it was recorded. */
export const readLateWork = (db: Database, caseId: string): Promise<readonly LateWork[]> =>
  db
    .select()
    .from(lateWorkTable)
    .where(and(eq(lateWorkTable.region, REGION), eq(lateWorkTable.caseId, caseId)))
    .orderBy(asc(lateWorkTable.clientAt), asc(lateWorkTable.opId))

/** An operation as its author typed it, for a person to read: a line on who, when and what, then a line for each field. Times are UTC. */
export function lateWorkText({ type, actor, clientAt, reason, body }: LateWork): string {
  const values = 'create' in body ? Object.entries(body.create) : body.patch.map(one => [one.field, one.value] as const)
  const typed = values.filter(([, value]) => value !== null && value !== '')
  const lines = [...typed, ...(reason === null ? [] : [['reason', reason] as const])]
  const head = `${new Date(clientAt).toISOString()}  ${actor}  ${type}`
  return [head, ...lines.map(([name, value]) => `  ${name}: ${String(value)}`)].join('\n')
}
