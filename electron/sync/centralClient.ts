import { gzipSync } from 'node:zlib'
import type * as z from 'zod'
import type { LineReason } from '../../shared/features/sync/syncContract.ts'
import {
  auditAnswer,
  caseRowsAnswer,
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
  type HelloAnswer,
  type PullAnswer,
  type PullRequest,
  type PushAnswer,
  type PushRequest,
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
  caseRows(caseId: string, after: string | null, limitBytes: number): Promise<Reply<CaseRowsAnswer>>
  audit(request: Omit<AuditRequest, 'protocol'>): Promise<Reply<AuditAnswer>>
  /** From now on every request, and the one under way, ends at once as if the line were down. */
  abandon(): void
}

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
    try {
      const answer = await untilAbandoned({
        method: body === null ? 'GET' : 'POST',
        url: `${url}${path}`,
        timeoutMs: TIMEOUT_MS,
        ...encode(body, token),
      })
      return read(answer, schema)
    } catch (error) {
      if (error instanceof LineDownError) return { is: 'down', reason: error.kind, retryAfterMs: null }
      throw error
    }
  }

  return {
    hello: () => ask('/v1/hello', helloAnswer, null),
    push: request => ask('/v1/push', pushAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    pull: request => ask('/v1/pull', pullAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    caseRows(caseId, after, limitBytes) {
      const query = new URLSearchParams({ limitBytes: String(limitBytes), ...(after === null ? {} : { after }) })
      return ask(`/v1/cases/${encodeURIComponent(caseId)}/rows?${query.toString()}`, caseRowsAnswer, null)
    },
    audit: request => ask('/v1/audit', auditAnswer, { protocol: PROTOCOL_VERSION, ...request }),
    abandon() {
      isAbandoned = true
      abandonRequest()
    },
  }
}

function encode(body: object | null, token: string) {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
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
