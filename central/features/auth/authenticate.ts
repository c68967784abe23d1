import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../../shared/access/actor.ts'
import type { Accounts } from '../../db/accounts.ts'
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
  (accounts: Accounts, limitFailures: Limiter) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const header = request.headers.authorization
    if (!header) return (await limitFailures(request, reply)) ?? sendRefusal(reply, noToken)
    const actor = await findActor(accounts, header)
    if (!actor) return (await limitFailures(request, reply)) ?? sendRefusal(reply, wrongToken)
    request.setDecorator('actor', actor)
    return undefined
  }

async function findActor(accounts: Accounts, header: string): Promise<Actor | undefined> {
  const token = readBearer(header)
  if (!token) return undefined
  const found = await accounts.findDevice(token.deviceId)
  if (!found || !isSecretOf(token.secret, found.tokenHash)) return undefined
  return { userId: found.userId, userName: found.userName, role: found.role, deviceId: token.deviceId }
}
