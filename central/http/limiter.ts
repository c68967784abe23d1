import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refusal, sendRefusal } from './refusal.ts'

const MINUTE_MS = 60_000
const tooMany = refusal(429, 'TOO_MANY', 'Too many requests in a minute. Wait as long as Retry-After says.')

/** A hook that answers 429 for the rest of the minute; undefined lets the request pass. */
export type Limiter = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>

/** @param keyOf who is asking; without it the address. */
export function limiter(app: FastifyInstance, max: number, keyOf?: (request: FastifyRequest) => string): Limiter {
  const count = app.createRateLimit({ max, timeWindow: MINUTE_MS, ...(keyOf && { keyGenerator: keyOf }) })
  return async (request, reply) => {
    const counted = await count(request)
    if (counted.isAllowed || !counted.isExceeded) return undefined
    return sendRefusal(reply.header('retry-after', counted.ttlInSeconds), tooMany)
  }
}
