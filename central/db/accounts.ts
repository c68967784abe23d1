import { and, eq, or, sql } from 'drizzle-orm'
import type { DeviceReport, Role } from '../../shared/sync/protocol.ts'
import { type Centre, readCentre } from './centre.ts'
import { type Database, prepared } from './database.ts'
import { REGION } from './region.ts'
import { deviceTable } from './tables.ts'

/** A device and the user whose it is. */
export interface KnownDevice {
  readonly tokenHash: string
  readonly userId: string
  readonly userName: string
  readonly role: Role
}

/** What the service asks of its database to know whom it talks to. */
export interface Accounts {
  /** @throws when the database cannot be reached. */
  check(): Promise<void>
  readCentre(): Promise<Pick<Centre, 'id' | 'officeName' | 'isDemo'>>
  findDevice(deviceId: string): Promise<KnownDevice | undefined>
  /** Keeps that the device was heard of now. @returns its incarnation. */
  hear(deviceId: string, now: number): Promise<number>
  /** Keeps what the device says of itself. */
  storeReport(deviceId: string, now: number, report: DeviceReport): Promise<void>
}

/** Within so long the same report is not written again: a PC may ask page after page. */
const SEEN_MS = 30_000

const isDevice = (id: string) => and(eq(deviceTable.region, REGION), eq(deviceTable.id, id))

const findDevice = prepared<KnownDevice>(
  'find device',
  `SELECT token_hash AS "tokenHash", user_id AS "userId", app_user.name AS "userName", role
  FROM device JOIN app_user ON app_user.region = device.region AND app_user.id = device.user_id
  WHERE device.region = '${REGION}' AND device.id = $1`,
)

export const postgresAccounts = (db: Database): Accounts => ({
  async check() {
    await db.execute(sql`SELECT 1`)
  },
  readCentre: () => readCentre(db),
  async findDevice(deviceId) {
    const [found] = await findDevice(db, deviceId)
    return found
  },
  async hear(deviceId, now) {
    const [device] = await db
      .update(deviceTable)
      .set({ lastSeen: now })
      .where(isDevice(deviceId))
      .returning({ incarnation: deviceTable.incarnation })
    return device?.incarnation ?? 1
  },
  async storeReport(deviceId, now, { unsent, oldestUnsentAt, refused, appVersion }) {
    const isOld = sql`${deviceTable.lastSeen} <= ${now - SEEN_MS}`
    const isNews = sql`(${deviceTable.unsent}, ${deviceTable.oldestUnsentAt}, ${deviceTable.refused}, ${deviceTable.appVersion})
      IS DISTINCT FROM (${unsent}::integer, ${oldestUnsentAt}::bigint, ${refused}::integer, ${appVersion}::text)`
    await db
      .update(deviceTable)
      .set({ lastSeen: now, unsent, oldestUnsentAt, refused, appVersion })
      .where(and(isDevice(deviceId), or(isOld, isNews)))
  },
})
