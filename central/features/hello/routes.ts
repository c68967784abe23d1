import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Actor } from '../../../shared/access/actor.ts'
import { type HelloAnswer, helloAnswer, PROTOCOL_VERSION, SERVICE_NAME } from '../../../shared/sync/protocol.ts'
import type { Clock } from '../../../shared/time.ts'
import type { Accounts } from '../../db/accounts.ts'
import type { Limiter } from '../../http/limiter.ts'
import { faultSchemas, refusalSchemas } from '../../http/refusal.ts'

interface HelloDeps {
  readonly accounts: Accounts
  readonly clock: Clock
}

/** For whoever watches the service: that it runs and reaches its database. */
export const healthRoute =
  ({ accounts }: HelloDeps, limit: Limiter): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const schema = {
      response: { 200: z.strictObject({ healthy: z.literal(true) }), ...faultSchemas },
      security: [],
    }
    app.get('/health', { schema, onRequest: limit }, async () => {
      await accounts.check()
      return { healthy: true as const }
    })
    done()
  }

/** The first thing a workstation asks in each cycle: whether this is its centre, and what time it is there. */
export const helloRoute =
  ({ accounts, clock }: HelloDeps): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.get(
      '/hello',
      { schema: { response: { 200: helloAnswer, 401: refusalSchemas[401], ...faultSchemas } } },
      request => hello(accounts, clock.now(), request.getDecorator<Actor>('actor')),
    )
    done()
  }

async function hello(accounts: Accounts, now: number, actor: Actor): Promise<HelloAnswer> {
  const incarnation = await accounts.hear(actor.deviceId, now)
  const { id, officeName, isDemo } = await accounts.readCentre()
  return {
    service: SERVICE_NAME,
    protocol: PROTOCOL_VERSION,
    centreId: id,
    serverTime: now,
    user: { id: actor.userId, name: actor.userName, role: actor.role },
    device: { id: actor.deviceId, incarnation },
    office: { name: officeName, isDemo },
  }
}
