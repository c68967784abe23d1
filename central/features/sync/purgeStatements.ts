import { and, asc, count, eq, inArray, isNull, lt, max, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { deviceTable, purgeTable, scopeEventTable } from '../../db/tables.ts'
import { asRecords } from './rowStatements.ts'
import type { SyncWriter } from './syncStore.ts'

type PurgeStatements = Pick<SyncWriter, 'listPurges' | 'storePurges'>

export const purgeStatements = (tx: Transaction): PurgeStatements => ({
  listPurges(deviceId, caseIds) {
    const { caseId, epoch, state, rows, unsent } = purgeTable
    return tx
      .select({ caseId, epoch, state, rows, unsent })
      .from(purgeTable)
      .where(
        and(eq(purgeTable.region, REGION), eq(purgeTable.deviceId, deviceId), inArray(purgeTable.caseId, [...caseIds])),
      )
  },

  async storePurges(deviceId, purges, reportedAt) {
    await tx.execute(sql`
      INSERT INTO ${purgeTable} (region, device_id, case_id, epoch, state, rows, unsent, reported_at)
      SELECT ${REGION}, ${deviceId}, given.*, ${reportedAt}::bigint
      FROM ${asRecords(purges)} AS given("caseId" text, epoch int, state text, rows bigint, unsent bigint)
      ON CONFLICT (region, device_id, case_id, epoch) DO UPDATE
      SET state = excluded.state, rows = excluded.rows, unsent = excluded.unsent, reported_at = excluded.reported_at`)
  },
})

/** A device whose user lost a case and that has not said that nothing of it is left. */
export interface OverduePurge {
  readonly userId: string
  readonly deviceId: string
  readonly caseId: string
  /** When the case was taken away, and when the device was last heard of. UTC milliseconds. */
  readonly revokedAt: number
  readonly lastSeen: number
}

/** Receipts that are missing of cases that were taken away before `before`, the longest first. */
export function listOverduePurges(db: Database, before: number): Promise<readonly OverduePurge[]> {
  const { region, userId, caseId, seq, kind, epoch, at } = scopeEventTable
  const last = db
    .select({ seq: max(seq).as('last_seq') })
    .from(scopeEventTable)
    .where(eq(region, REGION))
    .groupBy(userId, caseId)
    .as('last')
  return (
    db
      .select({ userId, deviceId: deviceTable.id, caseId, revokedAt: at, lastSeen: deviceTable.lastSeen })
      .from(last)
      .innerJoin(scopeEventTable, and(eq(region, REGION), eq(seq, last.seq)))
      .innerJoin(deviceTable, and(eq(deviceTable.region, REGION), eq(deviceTable.userId, userId)))
      .leftJoin(
        purgeTable,
        and(
          eq(purgeTable.region, REGION),
          eq(purgeTable.deviceId, deviceTable.id),
          eq(purgeTable.caseId, caseId),
          sql`${purgeTable.epoch} >= ${epoch}`,
          eq(purgeTable.state, 'purged'),
        ),
      )
      // A device that was enrolled later never had the case.
      .where(and(eq(kind, 'revoke'), lt(at, before), lt(deviceTable.createdAt, at), isNull(purgeTable.caseId)))
      .orderBy(asc(at), asc(deviceTable.id), asc(caseId))
  )
}

/** Of each device that holds purges back: how many, and since when it has told us. */
export const listHeldPurges = (db: Database) =>
  db
    .select({ userId: deviceTable.userId, deviceId: purgeTable.deviceId, cases: count() })
    .from(purgeTable)
    .innerJoin(deviceTable, and(eq(deviceTable.region, REGION), eq(deviceTable.id, purgeTable.deviceId)))
    .where(and(eq(purgeTable.region, REGION), eq(purgeTable.state, 'held')))
    .groupBy(deviceTable.userId, purgeTable.deviceId)
    .orderBy(asc(deviceTable.userId), asc(purgeTable.deviceId))

/** Confirms every purge that a device of this user holds back. @returns how many there were. */
export async function confirmHeldPurges(db: Database, userId: string): Promise<number> {
  const devices = db
    .select({ id: deviceTable.id })
    .from(deviceTable)
    .where(and(eq(deviceTable.region, REGION), eq(deviceTable.userId, userId)))
  const confirmed = await db
    .update(purgeTable)
    .set({ state: 'confirmed' })
    .where(and(eq(purgeTable.region, REGION), eq(purgeTable.state, 'held'), inArray(purgeTable.deviceId, devices)))
    .returning({ caseId: purgeTable.caseId })
  return confirmed.length
}
