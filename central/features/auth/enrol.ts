import { and, asc, eq } from 'drizzle-orm'
import { newId } from '../../../shared/ids.ts'
import { user } from '../../../shared/sync/protocol.ts'
import type { CentrePorts } from '../../db/centre.ts'
import type { Database } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { deviceTable, userTable } from '../../db/tables.ts'
import { hashOf, newSecret, tokenText } from './token.ts'

/**
 * Makes a device for this user.
 *
 * @throws when the user's row is not one that may go into records; whoever wrote it into the table must mend it.
 * @returns its token, which the centre cannot show again; undefined when there is no such user.
 */
export async function enrol({ db, clock, random }: CentrePorts, userId: string): Promise<string | undefined> {
  const [found] = await db
    .select()
    .from(userTable)
    .where(and(eq(userTable.region, REGION), eq(userTable.id, userId)))
  if (!found) return undefined
  checkUser(found)
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

/** @throws with the fields that are not as a user's must be. */
export function checkUser({ id, name, role }: User): void {
  const checked = user.safeParse({ id, name, role })
  if (checked.success) return
  const fields = checked.error.issues.map(issue => issue.path.join('.')).join(', ')
  throw new Error(`The user '${id}' cannot be used for its ${fields}. A name is one line of 1 to 100 characters.`)
}

export type User = Pick<typeof userTable.$inferSelect, 'id' | 'name' | 'role'>

export const listUsers = (db: Database): Promise<readonly User[]> =>
  db
    .select({ id: userTable.id, name: userTable.name, role: userTable.role })
    .from(userTable)
    .where(eq(userTable.region, REGION))
    .orderBy(asc(userTable.id))
