import { and, eq, sql } from 'drizzle-orm'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Actor } from '../../../shared/access/actor.ts'
import { type HelloAnswer, helloAnswer, PROTOCOL_VERSION, SERVICE_NAME } from '../../../shared/sync/protocol.ts'
import type { Clock } from '../../../shared/time.ts'
import { readCentre } from '../../db/centre.ts'
import type { Database } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { deviceTable } from '../../db/tables.ts'
import type { Limiter } from '../../http/limiter.ts'
import { faultSchemas, refusalSchemas } from '../../http/refusal.ts'

interface HelloDeps {
  readonly db: Database
  readonly clock: Clock
}

/** For whoever watches the service: that it runs and reaches its database. */
export const healthRoute =
  ({ db }: HelloDeps, limit: Limiter): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    const schema = {
      response: { 200: z.strictObject({ healthy: z.literal(true) }), ...faultSchemas },
      security: [],
    }
    app.get('/health', { schema, onRequest: limit }, async () => {
      await db.execute(sql`SELECT 1`)
      return { healthy: true as const }
    })
    done()
  }

/** The first thing a workstation asks in each cycle: whether this is its centre, and what time it is there. */
export const helloRoute =
  ({ db, clock }: HelloDeps): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.get(
      '/hello',
      { schema: { response: { 200: helloAnswer, 401: refusalSchemas[401], ...faultSchemas } } },
      request => hello(db, clock.now(), request.getDecorator<Actor>('actor')),
    )
    done()
  }

async function hello(db: Database, now: number, actor: Actor): Promise<HelloAnswer> {
  const [device] = await db
    .update(deviceTable)
    .set({ lastSeen: now })
    .where(and(eq(deviceTable.region, REGION), eq(deviceTable.id, actor.deviceId)))
    .returning({ incarnation: deviceTable.incarnation })
  const { id, officeName, isDemo } = await readCentre(db)
  return {
    service: SERVICE_NAME,
    protocol: PROTOCOL_VERSION,
    centreId: id,
    serverTime: now,
    user: { id: actor.userId, name: actor.userName, role: actor.role },
    device: { id: actor.deviceId, incarnation: device?.incarnation ?? 1 },
    office: { name: officeName, isDemo },
  }
}
