import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { REQUEST_BYTES_MAX } from '../../shared/sync/protocol.ts'
import { sqlState } from '../db/database.ts'
import { notJson } from './jsonBody.ts'
import { notFound, type Refusal, refusal, RefusedRequest, sendRefusal } from './refusal.ts'

/** The one place where whatever was thrown becomes an answer. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendRefusal(reply, refusalOf(error, request))
}

function refusalOf(error: FastifyError, request: FastifyRequest): Refusal {
  if (error instanceof RefusedRequest) return error.refusal
  const { statusCode = 500 } = error
  if (statusCode === 413) return refusal(413, 'TOO_LARGE', `A request may have ${REQUEST_BYTES_MAX} bytes, unpacked.`)
  if (statusCode === 415) return { ...notJson, status: 415 }
  if (statusCode === 404 || statusCode === 414) return notFound
  if (error.code === 'FST_ERR_BAD_URL') return refusal(400, 'INVALID', 'The address cannot be read.')
  if (statusCode < 500) return notJson // what else Fastify and its unpacking refuse by themselves is about the body
  logFault(error, request)
  return isOutOfReach(error)
    ? refusal(503, 'FAULT', `The database cannot be reached. Reference ${request.id}.`)
    : refusal(500, 'FAULT', `Something went wrong here; nothing was changed. Reference ${request.id}.`)
}

/** Where it went wrong, without the message: that of the database repeats what was to be written. */
function logFault(error: FastifyError, request: FastifyRequest): void {
  const at = error.stack?.split('\n').filter(line => /^ {4}at /.test(line))
  request.log.error({ name: error.name, code: sqlState(error) ?? error.code, at }, 'fault')
}

const NETWORK_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOTFOUND'])

/**
 * PostgreSQL's classes 08, 53 and 57P: no connection, no room for one, or going down. Where a connection broke in a transaction
 * only that it is no longer queryable is left of it: that is what ROLLBACK meets.
 */
function isOutOfReach(error: Error): boolean {
  const state = sqlState(error)
  if (state !== undefined) return /^(08|53|57P)/.test(state)
  const cause = error.cause instanceof Error ? error.cause : error
  return (
    /timeout exceeded|Connection terminated|not queryable/.test(cause.message) ||
    ('code' in cause && NETWORK_ERRORS.has(String(cause.code)))
  )
}
