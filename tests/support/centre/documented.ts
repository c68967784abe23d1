import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { expect } from 'vitest'
import * as z from 'zod'
import { SERVICE_HEADER, SERVICE_NAME } from '../../../shared/sync/protocol.ts'

const content = z.object({
  content: z.record(z.string(), z.object({ schema: z.looseObject({}) })).optional(),
})
const operation = z.object({ responses: z.record(z.string(), content) })
/** As much of an OpenAPI document as it takes to check an answer. */
const openApi = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) })

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, unknown>>
}

/** Every answer that the service's own document names, as `POST /v1/push 200`. */
export async function documentedAnswers(app: FastifyInstance): Promise<readonly string[]> {
  const { paths } = openApi.parse((await app.inject('/openapi.json')).json())
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.keys(responses).map(status => answerName(method, path, status)),
    ),
  )
}

const BYTES = 'application/octet-stream'

const answerName = (method: string, path: string, status: number | string): string =>
  `${method.toUpperCase()} ${path} ${status}`

/**
 * Asks the service, and checks each answer against the document that the service itself gives out.
 *
 * @param seen gets the name of each answer.
 */
export async function documentedService(
  app: FastifyInstance,
  seen = new Set<string>(),
): Promise<(request: InjectOptions) => Promise<Answer>> {
  const { paths } = openApi.parse((await app.inject('/openapi.json')).json())
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  return async request => {
    const response = await app.inject(request)
    const type = String(response.headers['content-type']).split(';')[0] ?? ''
    const body: unknown = response.body === '' ? undefined : type === BYTES ? response.body : response.json()
    expect(response.headers[SERVICE_HEADER]).toBe(SERVICE_NAME)
    checkAnswer(request, response.statusCode, { type, body })
    return { status: response.statusCode, body, headers: response.headers }
  }

  function checkAnswer(
    { method = 'GET', url }: InjectOptions,
    status: number,
    { type, body }: { readonly type: string; readonly body: unknown },
  ): void {
    const path = Object.keys(paths).find(one => typeof url === 'string' && patternOf(one).test(url))
    if (path === undefined) return // only the answer to an address that nobody knows is in no document
    const documented = paths[path]?.[method.toLowerCase()]?.responses[status]
    expect(documented, `${method} ${path} answered ${status}`).toBeDefined()
    seen.add(answerName(method, path, status))
    const schema = documented?.content?.[body === undefined ? '' : type]?.schema
    if (!schema) expect(body).toBeUndefined()
    else if (!ajv.validate(schema, body)) expect.fail(`${method} ${path} ${status}: ${ajv.errorsText()}`)
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]*')}(\\?.*)?$`)
