import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { refusal, sendRefusal } from './refusal.ts'

const upgrade = refusal(426, 'UPGRADE', `This centre speaks version ${PROTOCOL_VERSION} of the protocol.`, 'protocol')

const versioned = z.object({ protocol: z.int() })

/** Before the schema is asked: a request of another version may well look different. */
export async function refuseOtherVersions(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { data } = versioned.safeParse(request.body)
  return data && data.protocol !== PROTOCOL_VERSION ? sendRefusal(reply, upgrade) : undefined
}
