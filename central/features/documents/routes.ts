import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Actor } from '../../../shared/access/actor.ts'
import {
  type BlobAnswer,
  blobAnswer,
  blobCommit,
  blobOffer,
  blobParams,
  blobQuery,
  chunkParams,
  chunkQuery,
} from '../../../shared/sync/blobs.ts'
import { serviceError } from '../../../shared/sync/protocol.ts'
import { refuseOtherVersions } from '../../http/otherVersions.ts'
import { bodyRefusalSchemas, type Refusal, refusal, refusalSchemas, sendRefusal } from '../../http/refusal.ts'
import { type BlobProblem, commitBlob, type DocumentDeps, findBlob, offerBlob, putChunk, readBlob } from './keepBlob.ts'
import { readRange } from './range.ts'

const REFUSALS: Readonly<Record<BlobProblem, Refusal>> = {
  'not-found': refusal(404, 'NOT_FOUND', 'There is no such case, or it is not yours to see.', 'caseId'),
  'file-too-large': refusal(413, 'TOO_LARGE', 'A file may have 25 MB.', 'bytes'),
  'wrong-bytes': refusal(400, 'INVALID', 'The document says another size.', 'bytes'),
  'no-such-chunk': refusal(400, 'INVALID', 'The file has fewer chunks.', 'place'),
  'chunk-too-large': refusal(413, 'TOO_LARGE', 'This chunk has fewer bytes.', 'body'),
  'chunk-too-short': refusal(400, 'INVALID', 'This chunk has more bytes.', 'body'),
  'wrong-chunk-hash': refusal(400, 'INVALID', 'The bytes do not fit the hash: they were changed on their way.', 'hash'),
  'wrong-hash': refusal(400, 'INVALID', 'All bytes together do not fit the hash. Send them again.', 'hash'),
}
const notBytes = refusal(415, 'NOT_JSON', 'A chunk is sent as application/octet-stream.')
const behindTheEnd = refusal(416, 'INVALID', 'The file ends before that.', 'range')

const notFoundSchema = { 404: serviceError.describe('No such case, not in scope, or no such file.') }

type App = Parameters<FastifyPluginCallbackZod>[0]

/** The bytes of documents, in chunks, behind `authenticate`. Only here are bodies read that are not JSON. */
export const documentRoutes =
  (deps: DocumentDeps): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, read) => {
      read(null, body)
    })
    addOffer(app, deps)
    addChunk(app, deps)
    addCommit(app, deps)
    addRead(app, deps)
    done()
  }

/** For the OpenAPI document. */
const asBytes = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.file() } },
})

const actorOf = (request: FastifyRequest): Actor => request.getDecorator<Actor>('actor')

const sendBytes = (reply: FastifyReply, bytes: AsyncIterable<Buffer>): FastifyReply =>
  reply.type('application/octet-stream').send(Readable.from(bytes))

const answer = (reply: FastifyReply, result: BlobAnswer | BlobProblem): BlobAnswer | FastifyReply =>
  typeof result === 'string' ? sendRefusal(reply, REFUSALS[result]) : result

function addOffer(app: App, deps: DocumentDeps): void {
  app.route({
    method: 'POST',
    url: '/blobs',
    preValidation: refuseOtherVersions,
    schema: { body: blobOffer, response: { 200: blobAnswer, ...bodyRefusalSchemas, ...notFoundSchema } },
    handler: async (request, reply) => {
      const { caseId, hash, bytes } = request.body
      return answer(reply, await offerBlob(deps, actorOf(request), { caseId, hash, bytes }))
    },
  })
}

function addChunk(app: App, deps: DocumentDeps): void {
  const { 426: _noVersion, ...refusals } = bodyRefusalSchemas
  app.route({
    method: 'PUT',
    url: '/blobs/:hash/chunks/:place',
    schema: {
      params: chunkParams,
      querystring: chunkQuery,
      consumes: ['application/octet-stream'],
      response: { 204: z.null().describe('It is kept.'), ...refusals, ...notFoundSchema },
    },
    handler: async (request, reply) => {
      const { body } = request
      if (!Buffer.isBuffer(body)) return sendRefusal(reply, notBytes)
      const key = { caseId: request.query.caseId, hash: request.params.hash }
      const chunk = { place: request.params.place, hash: request.query.hash, bytes: body }
      const problem = await putChunk(deps, actorOf(request), key, chunk)
      return problem === null ? reply.code(204).send(null) : sendRefusal(reply, REFUSALS[problem])
    },
  })
}

function addCommit(app: App, deps: DocumentDeps): void {
  app.route({
    method: 'POST',
    url: '/blobs/:hash/commit',
    preValidation: refuseOtherVersions,
    schema: {
      params: blobParams,
      body: blobCommit,
      response: { 200: blobAnswer, ...bodyRefusalSchemas, ...notFoundSchema },
    },
    handler: async (request, reply) => {
      const key = { caseId: request.body.caseId, hash: request.params.hash }
      return answer(reply, await commitBlob(deps, actorOf(request), key))
    },
  })
}

function addRead(app: App, deps: DocumentDeps): void {
  app.route({
    method: 'GET',
    url: '/blobs/:hash',
    schema: {
      params: blobParams,
      querystring: blobQuery,
      response: {
        200: asBytes('All bytes. They never change: the address has their hash.'),
        206: asBytes('The bytes that Range asked for.'),
        ...refusalSchemas,
        ...notFoundSchema,
        416: serviceError.describe('Range asks for what lies behind the end.'),
      },
    },
    handler: async (request, reply) => {
      const key = { caseId: request.query.caseId, hash: request.params.hash }
      const blob = await findBlob(deps, actorOf(request), key)
      if (!blob) return sendRefusal(reply, REFUSALS['not-found'])
      const range = readRange(request.headers.range, blob.bytes)
      if (range === 'unsatisfiable') {
        return sendRefusal(reply.header('content-range', `bytes */${blob.bytes}`), behindTheEnd)
      }
      const { from, to } = range ?? { from: 0, to: blob.bytes - 1 }
      if (range) reply.code(206).header('content-range', `bytes ${from}-${to}/${blob.bytes}`)
      reply.header('accept-ranges', 'bytes').header('content-length', to - from + 1)
      return sendBytes(reply, readBlob(deps, key, { from, to }))
    },
  })
}
