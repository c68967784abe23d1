import { and, eq } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../../shared/access/actor.ts'
import type { Database } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { deviceTable, userTable } from '../../db/tables.ts'
import type { Limiter } from '../../http/limiter.ts'
import { refusal, sendRefusal } from '../../http/refusal.ts'
import { isSecretOf, readBearer } from './token.ts'

const noToken = refusal(401, 'NO_TOKEN', 'This needs a token: Authorization: Bearer <token>.')
const wrongToken = refusal(401, 'WRONG_TOKEN', 'This token is not one of this centre.')

/**
 * A hook that lets nobody pass whose token is not known, and says for everyone else who it is (`request.getDecorator('actor')`).
 *
 * @param limitFailures counts those that may not pass.
 */
export const authenticate =
  (db: Database, limitFailures: Limiter) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const header = request.headers.authorization
    if (!header) return (await limitFailures(request, reply)) ?? sendRefusal(reply, noToken)
    const actor = await findActor(db, header)
    if (!actor) return (await limitFailures(request, reply)) ?? sendRefusal(reply, wrongToken)
    request.setDecorator('actor', actor)
    return undefined
  }

async function findActor(db: Database, header: string): Promise<Actor | undefined> {
  const token = readBearer(header)
  if (!token) return undefined
  const [found] = await db
    .select({ hash: deviceTable.tokenHash, userId: userTable.id, userName: userTable.name, role: userTable.role })
    .from(deviceTable)
    .innerJoin(userTable, and(eq(userTable.region, deviceTable.region), eq(userTable.id, deviceTable.userId)))
    .where(and(eq(deviceTable.region, REGION), eq(deviceTable.id, token.deviceId)))
  if (!found || !isSecretOf(token.secret, found.hash)) return undefined
  return { userId: found.userId, userName: found.userName, role: found.role, deviceId: token.deviceId }
}
