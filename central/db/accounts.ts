import { and, eq, sql } from 'drizzle-orm'
import type { Role } from '../../shared/sync/protocol.ts'
import { type Centre, readCentre } from './centre.ts'
import type { Database } from './database.ts'
import { REGION } from './region.ts'
import { deviceTable, userTable } from './tables.ts'

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
}

const isDevice = (id: string) => and(eq(deviceTable.region, REGION), eq(deviceTable.id, id))

export const postgresAccounts = (db: Database): Accounts => ({
  async check() {
    await db.execute(sql`SELECT 1`)
  },
  readCentre: () => readCentre(db),
  async findDevice(deviceId) {
    const [found] = await db
      .select({
        tokenHash: deviceTable.tokenHash,
        userId: userTable.id,
        userName: userTable.name,
        role: userTable.role,
      })
      .from(deviceTable)
      .innerJoin(userTable, and(eq(userTable.region, deviceTable.region), eq(userTable.id, deviceTable.userId)))
      .where(isDevice(deviceId))
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
})
