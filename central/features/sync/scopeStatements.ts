import { and, asc, eq, gt, inArray, isNull, lte, max, or, sql } from 'drizzle-orm'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { rowTable, scopeDueTable, scopeEventTable, scopeTable, userTable } from '../../db/tables.ts'
import { asRecords } from './rowStatements.ts'
import { pairOf } from './scope.ts'
import type { SyncWriter } from './syncStore.ts'

type ScopeStatements = Pick<
  SyncWriter,
  'listAssigned' | 'listScopes' | 'readLastEpochs' | 'storeScopes' | 'insertScopeEvents' | 'storeDue'
>

export const scopeStatements = (tx: Transaction): ScopeStatements => ({
  async listAssigned(caseIds) {
    const rows = await tx
      .select({ caseId: rowTable.caseId, fields: rowTable.fields, role: userTable.role })
      .from(rowTable)
      .innerJoin(
        userTable,
        and(eq(userTable.region, rowTable.region), eq(userTable.id, sql`${rowTable.fields}->>'userId'`)),
      )
      .where(
        and(
          eq(rowTable.region, REGION),
          inArray(rowTable.caseId, [...caseIds]),
          eq(rowTable.entity, 'assignment'),
          eq(rowTable.deleted, false),
        ),
      )
    // Only the centre writes assignments, by their schema.
    return rows.map(({ caseId, role, fields }) => ({ caseId, role, assignment: fields as unknown as Assignment }))
  },

  listScopes: caseIds => {
    const { userId, caseId, until, epoch } = scopeTable
    return tx
      .select({ userId, caseId, until, epoch })
      .from(scopeTable)
      .where(and(eq(scopeTable.region, REGION), inArray(caseId, [...caseIds])))
  },

  async readLastEpochs(caseIds) {
    const { userId, caseId, epoch, region } = scopeEventTable
    const last = await tx
      .select({ userId, caseId, epoch: max(epoch) })
      .from(scopeEventTable)
      .where(and(eq(region, REGION), inArray(caseId, [...caseIds])))
      .groupBy(userId, caseId)
    return new Map(last.map(one => [pairOf(one), one.epoch ?? 0]))
  },

  async storeScopes({ granted, revoked }) {
    if (revoked.length > 0) {
      await tx.delete(scopeTable).where(
        and(
          eq(scopeTable.region, REGION),
          sql`(${scopeTable.userId}, ${scopeTable.caseId}) IN
            (SELECT "userId", "caseId" FROM ${asRecords(revoked)} AS gone("userId" text, "caseId" text))`,
        ),
      )
    }
    if (granted.length > 0) {
      await tx
        .insert(scopeTable)
        .values(granted.map(scope => ({ region: REGION, ...scope })))
        .onConflictDoUpdate({
          target: [scopeTable.region, scopeTable.userId, scopeTable.caseId],
          set: { until: sql`excluded.until`, epoch: sql`excluded.epoch` },
        })
    }
  },

  async insertScopeEvents(events, before, at) {
    await tx.insert(scopeEventTable).values(
      events.map(({ userId, caseId, kind, epoch }, place) => {
        return { region: REGION, seq: before + 1 + place, userId, caseId, kind, epoch, at }
      }),
    )
  },

  async storeDue(caseIds, due) {
    await tx
      .delete(scopeDueTable)
      .where(and(eq(scopeDueTable.region, REGION), inArray(scopeDueTable.caseId, [...caseIds])))
    const turns = [...due].map(([caseId, at]) => ({ region: REGION, caseId, at }))
    if (turns.length > 0) await tx.insert(scopeDueTable).values(turns)
  },
})

export async function listCasesDue(db: Database, now: number, limit: number): Promise<readonly string[]> {
  const due = await db
    .select({ caseId: scopeDueTable.caseId })
    .from(scopeDueTable)
    .where(and(eq(scopeDueTable.region, REGION), lte(scopeDueTable.at, now)))
    .orderBy(asc(scopeDueTable.at))
    .limit(limit)
  return due.map(one => one.caseId)
}

/** Of a kept scope: that it has not come to its end. */
export const holds = (now: number) => or(isNull(scopeTable.until), gt(scopeTable.until, now))
