import { and, asc, eq, gt, inArray, isNull, lte, max, or, sql } from 'drizzle-orm'
import type { Assignment } from '../../../shared/features/cases/case.ts'
import { londonDate } from '../../../shared/time.ts'
import { type Database, inTransaction, type Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { rowTable, scopeDueTable, scopeEventTable, scopeTable, userTable } from '../../db/tables.ts'
import { asRecords, takeNumbers } from './rowStore.ts'
import { type Assigned, compareScopes, type KeptScope, pairOf, type ScopeChanges, scopesOn } from './scope.ts'

/**
 * Brings the kept scopes of these cases to what the assignments say now. Belongs in the transaction that changes an
 * assignment, after the change. It takes the counter's lock, so the changed assignments are locked before.
 */
export async function rewriteScope(tx: Transaction, caseIds: readonly string[], now: number): Promise<void> {
  await takeNumbers(tx, 0) // from here on nobody else rewrites a scope
  const [assigned, kept, lastEpochs] = [
    await listAssigned(tx, caseIds),
    await listKept(tx, caseIds),
    await readLastEpochs(tx, caseIds),
  ]
  const { scopes, due } = scopesOn(assigned, londonDate(now))
  const changes = compareScopes(kept, scopes, lastEpochs)
  await storeEvents(tx, changes)
  await storeScopes(tx, changes)
  await tx
    .delete(scopeDueTable)
    .where(and(eq(scopeDueTable.region, REGION), inArray(scopeDueTable.caseId, [...caseIds])))
  const turns = [...due].map(([caseId, at]) => ({ region: REGION, caseId, at }))
  if (turns.length > 0) await tx.insert(scopeDueTable).values(turns)
}

async function listAssigned(tx: Transaction, caseIds: readonly string[]): Promise<readonly Assigned[]> {
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
}

const listKept = (tx: Transaction, caseIds: readonly string[]): Promise<readonly KeptScope[]> =>
  tx
    .select({
      userId: scopeTable.userId,
      caseId: scopeTable.caseId,
      until: scopeTable.until,
      epoch: scopeTable.epoch,
    })
    .from(scopeTable)
    .where(and(eq(scopeTable.region, REGION), inArray(scopeTable.caseId, [...caseIds])))

async function readLastEpochs(tx: Transaction, caseIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { userId, caseId, epoch, region } = scopeEventTable
  const last = await tx
    .select({ userId, caseId, epoch: max(epoch) })
    .from(scopeEventTable)
    .where(and(eq(region, REGION), inArray(caseId, [...caseIds])))
    .groupBy(userId, caseId)
  return new Map(last.map(one => [pairOf(one), one.epoch ?? 0]))
}

async function storeEvents(tx: Transaction, { granted, revoked }: ScopeChanges): Promise<void> {
  const events = [
    ...revoked.map(scope => ({ ...scope, kind: 'revoke' as const })),
    ...granted.map(scope => ({ ...scope, kind: 'grant' as const })),
  ]
  if (events.length === 0) return
  const before = await takeNumbers(tx, events.length)
  await tx.insert(scopeEventTable).values(
    events.map(({ userId, caseId, kind, epoch }, place) => {
      return { region: REGION, seq: before + 1 + place, userId, caseId, kind, epoch }
    }),
  )
}

async function storeScopes(tx: Transaction, { granted, revoked }: ScopeChanges): Promise<void> {
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
}

const DUE_CASES_MAX = 500

/** Brings every scope up to date that the calendar has changed: an assignment begins or ends at midnight in London. */
export async function settleDueScopes(db: Database, now: number): Promise<void> {
  for (;;) {
    const due = await db
      .select({ caseId: scopeDueTable.caseId })
      .from(scopeDueTable)
      .where(and(eq(scopeDueTable.region, REGION), lte(scopeDueTable.at, now)))
      .orderBy(asc(scopeDueTable.at))
      .limit(DUE_CASES_MAX)
    if (due.length === 0) return
    await inTransaction(db, tx =>
      rewriteScope(
        tx,
        due.map(one => one.caseId),
        now,
      ),
    )
  }
}

/** Of a kept scope: that it has not come to its end. */
export const holds = (now: number) => or(isNull(scopeTable.until), gt(scopeTable.until, now))
