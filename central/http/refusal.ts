import type { FastifyReply } from 'fastify'
import { type ServiceError, serviceError } from '../../shared/sync/protocol.ts'

/** A request that is answered with a 4xx, or a 5xx that the caller may wait out. */
export interface Refusal {
  readonly status: 400 | 401 | 404 | 408 | 409 | 413 | 415 | 416 | 426 | 429 | 431 | 500 | 503
  readonly error: ServiceError
}

export const refusal = (
  status: Refusal['status'],
  code: ServiceError['code'],
  message: string,
  field: string | null = null,
): Refusal => ({ status, error: { code, field, message } })

export const notFound = refusal(404, 'NOT_FOUND', 'There is nothing at this address.')

/** Lets a parser or a validator of Fastify's, which can only throw, refuse a request. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal
  constructor(given: Refusal) {
    super(given.error.code)
    this.refusal = given
  }
}

export function sendRefusal(reply: FastifyReply, { status, error }: Refusal): FastifyReply {
  reply.request.log.info({ status, code: error.code }, 'refused')
  return reply.code(status).send(error)
}

/** For the OpenAPI document: what any route may answer beside its own. */
export const faultSchemas = {
  429: serviceError.describe('Too many requests in a minute. Wait as long as `Retry-After` says.'),
  500: serviceError.describe('A fault of the service. Nothing was changed.'),
  503: serviceError.describe('The database cannot be reached. Try again later.'),
}

/** And what one of the protocol may answer that is asked for something. */
export const refusalSchemas = {
  400: serviceError.describe('The request is not as this document says; `field` tells where.'),
  401: serviceError.describe('No token, or not one of this centre.'),
  ...faultSchemas,
}

/** And what one that takes a body may answer. */
export const bodyRefusalSchemas = {
  ...refusalSchemas,
  413: serviceError.describe('The body has too many bytes. Send less at once.'),
  415: serviceError.describe('The body is not JSON, or packed in another way than gzip.'),
  426: serviceError.describe('The request is of another version of the protocol.'),
}
