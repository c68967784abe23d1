import { and, asc, eq } from 'drizzle-orm'
import { newId } from '../../../shared/ids.ts'
import type { CentrePorts } from '../../db/centre.ts'
import type { Database } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { deviceTable, userTable } from '../../db/tables.ts'
import { hashOf, newSecret, tokenText } from './token.ts'

/**
 * Makes a device for this user.
 *
 * @returns its token, which the centre cannot show again; undefined when there is no such user.
 */
export async function enrol({ db, clock, random }: CentrePorts, userId: string): Promise<string | undefined> {
  const [user] = await db
    .select()
    .from(userTable)
    .where(and(eq(userTable.region, REGION), eq(userTable.id, userId)))
  if (!user) return undefined
  const now = clock.now()
  const deviceId = newId(now, random)
  const secret = newSecret(random)
  await db.insert(deviceTable).values({
    region: REGION,
    id: deviceId,
    userId,
    tokenHash: hashOf(secret),
    incarnation: 1,
    lastN: 0,
    createdAt: now,
    lastSeen: now,
  })
  return tokenText({ deviceId, secret })
}

export type User = Pick<typeof userTable.$inferSelect, 'id' | 'name' | 'role'>

export const listUsers = (db: Database): Promise<readonly User[]> =>
  db
    .select({ id: userTable.id, name: userTable.name, role: userTable.role })
    .from(userTable)
    .where(eq(userTable.region, REGION))
    .orderBy(asc(userTable.id))
