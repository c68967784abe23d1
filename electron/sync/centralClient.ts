import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { LineReason } from '../../shared/features/sync/syncContract.ts'
import { blobAnswer, type BlobAnswer, type BlobOffer } from '../../shared/sync/blobs.ts'
import {
  auditAnswer,
  caseRowsAnswer,
  digestsAnswer,
  helloAnswer,
  PROTOCOL_VERSION,
  pullAnswer,
  pushAnswer,
  SERVICE_HEADER,
  SERVICE_NAME,
  serviceError,
  type AuditAnswer,
  type AuditRequest,
  type CaseRowsAnswer,
  type CaseRowsRequest,
  type DigestsAnswer,
  type DigestsRequest,
  type HelloAnswer,
  purgesAnswer,
  type PullAnswer,
  type PullRequest,
  type PushAnswer,
  type PushRequest,
  type PurgesAnswer,
  type PurgesRequest,
  type ServiceError,
} from '../../shared/sync/protocol.ts'
import { LineDownError, type Network, type NetworkAnswer, type NetworkRequest } from '../engine/ports.ts'

/** What came of one request: an answer, nothing new, or why there is none. */
export type Reply<Data> =
  | { readonly is: 'answer'; readonly data: Data }
  | { readonly is: 'nothing' }
  /** The service said no to this request. */
  | { readonly is: 'refused'; readonly status: number; readonly error: ServiceError }
  /** No answer of the service: the data is untouched, and it is tried again. */
  | { readonly is: 'down'; readonly reason: LineReason; readonly retryAfterMs: number | null }

/** The calls of the central service. Nothing here decides what happens with an answer. */
export interface CentralClient {
  hello(): Promise<Reply<HelloAnswer>>
  push(request: Omit<PushRequest, 'protocol'>): Promise<Reply<PushAnswer>>
  pull(request: Omit<PullRequest, 'protocol'>): Promise<Reply<PullAnswer>>
  caseRows(request: Omit<CaseRowsRequest, 'protocol'>): Promise<Reply<CaseRowsAnswer>>
  digests(request: Omit<DigestsRequest, 'protocol'>): Promise<Reply<DigestsAnswer>>
  audit(request: Omit<AuditRequest, 'protocol'>): Promise<Reply<AuditAnswer>>
  /** What the centre lacks of the bytes of a document. */
  offerBlob(offer: Omit<BlobOffer, 'protocol'>): Promise<Reply<BlobAnswer>>
  /** Nothing comes back where it is kept. */
  putChunk(blob: BlobName, place: number, chunk: Uint8Array): Promise<Reply<never>>
  commitBlob(blob: BlobName): Promise<Reply<BlobAnswer>>
  /** The bytes from `from` to `to`, both counted in. */
  readBlob(blob: BlobName, from: number, to: number): Promise<Reply<Uint8Array>>
  purges(request: Omit<PurgesRequest, 'protocol'>): Promise<Reply<PurgesAnswer>>
  /** From now on every request, and the one under way, ends at once as if the line were down. */
  abandon(): void
}

/** Of which case, and the hash of all bytes. */
export type BlobName = Pick<BlobOffer, 'caseId' | 'hash'>

const TIMEOUT_MS = 45_000
/** Smaller bodies are not worth the work. */
const GZIP_FROM_BYTES = 1_024

/** @param url of the service, without a slash at its end. */
export function createCentralClient(network: Network, url: string, token: string): CentralClient {
  let isAbandoned = false
  let abandonRequest: () => void = () => undefined

  /** One request at a time: `abandon` ends it. A race with a promise of this client's life would keep every answer as long. */
  function untilAbandoned(request: NetworkRequest): Promise<NetworkAnswer> {
    if (isAbandoned) throw new LineDownError('unreachable')
    return new Promise((resolve, reject) => {
      abandonRequest = () => {
        reject(new LineDownError('unreachable'))
      }
      network.request(request).then(resolve, reject)
    })
  }

  async function ask<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body: object | null,
  ): Promise<Reply<z.infer<Schema>>> {
    const method = body === null ? 'GET' : 'POST'
    return carry({ method, path, ...encode(body, token) }, answer => read(answer, schema))
  }

  async function carry<Data>(
    { path, ...request }: Omit<NetworkRequest, 'url' | 'timeoutMs'> & { readonly path: string },
    understand: (answer: NetworkAnswer) => Reply<Data>,
  ): Promise<Reply<Data>> {
    try {
      return understand(await untilAbandoned({ ...request, url: `${url}${path}`, timeoutMs: TIMEOUT_MS }))
    } catch (error) {
      if (error instanceof LineDownError) return { is: 'down', reason: error.kind, retryAfterMs: null }
      throw error
    }
  }

  return {
    hello: () => ask('/v1/hello', helloAnswer, null),
    push: request => ask('/v1/push', pushAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    pull: request => ask('/v1/pull', pullAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    caseRows: request => ask('/v1/rows', caseRowsAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    digests: request => ask('/v1/digests', digestsAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    audit: request => ask('/v1/audit', auditAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    offerBlob: offer => ask('/v1/blobs', blobAnswer, { protocol: PROTOCOL_VERSION, ...offer }),
    commitBlob: ({ caseId, hash }) =>
      ask(`/v1/blobs/${hash}/commit`, blobAnswer, { protocol: PROTOCOL_VERSION, caseId }),
    putChunk({ caseId, hash }, place, chunk) {
      const query = new URLSearchParams({ caseId, hash: createHash('sha256').update(chunk).digest('hex') })
      const path = `/v1/blobs/${hash}/chunks/${place}?${query.toString()}`
      const headers = { ...plainHeaders(token), 'content-type': 'application/octet-stream' }
      return carry({ method: 'PUT', path, headers, body: chunk }, answer => read(answer, z.never()))
    },
    readBlob({ caseId, hash }, from, to) {
      const path = `/v1/blobs/${hash}?${new URLSearchParams({ caseId }).toString()}`
      const headers = { ...plainHeaders(token), accept: '*/*', range: `bytes=${from}-${to}` }
      return carry({ method: 'GET', path, headers, body: null }, answer => readBytes(answer, from))
    },
    purges: request => ask('/v1/purges', purgesAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    abandon() {
      isAbandoned = true
      abandonRequest()
    },
  }
}

const plainHeaders = (token: string) => ({ authorization: `Bearer ${token}`, accept: 'application/json' })

function encode(body: object | null, token: string) {
  const headers = plainHeaders(token)
  if (body === null) return { headers, body: null }
  const json = Buffer.from(JSON.stringify(body))
  const typed = { ...headers, 'content-type': 'application/json' }
  if (json.length < GZIP_FROM_BYTES) return { headers: typed, body: json }
  return { headers: { ...typed, 'content-encoding': 'gzip' }, body: gzipSync(json) }
}

function read<Schema extends z.ZodType>(answer: NetworkAnswer, schema: Schema): Reply<z.infer<Schema>> {
  // A proxy, a captive portal or another service: nothing it says is about our data.
  if (answer.headers[SERVICE_HEADER] !== SERVICE_NAME) return down('not-our-service', retryAfterMs(answer))
  if (answer.status === 204) return { is: 'nothing' }
  const json = readJson(answer)
  if (answer.status === 200) {
    const data = schema.safeParse(json)
    return data.success ? { is: 'answer', data: data.data } : down('service-fault')
  }
  if (answer.status === 429 || answer.status === 503) return down('busy', retryAfterMs(answer))
  const error = serviceError.safeParse(json)
  if (answer.status >= 500 || !error.success) return down('service-fault', retryAfterMs(answer))
  return { is: 'refused', status: answer.status, error: error.data }
}

/** A stretch of bytes that begins where it was asked to, or why there is none. */
function readBytes(answer: NetworkAnswer, from: number): Reply<Uint8Array> {
  const isOurs = answer.headers[SERVICE_HEADER] === SERVICE_NAME
  if (!isOurs || answer.status !== 206) return read(answer, z.never())
  if (!answer.headers['content-range']?.startsWith(`bytes ${from}-`)) return down('service-fault')
  return { is: 'answer', data: answer.body }
}

const down = (reason: LineReason, retryAfterMs: number | null = null): Reply<never> => ({
  is: 'down',
  reason,
  retryAfterMs,
})

function readJson({ body }: NetworkAnswer): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

function retryAfterMs({ headers }: NetworkAnswer): number | null {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null
}
