import type { FastifyInstance } from 'fastify'
import type * as z from 'zod'
import { JSON_DEPTH_MAX } from '../../shared/sync/protocol.ts'
import { refusal, RefusedRequest } from './refusal.ts'

export const notJson = refusal(
  400,
  'NOT_JSON',
  'The body of the request must be JSON, as application/json, plain or gzip.',
)

/** Reads JSON and nothing else, and refuses what is nested too deep before anything looks at it. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    void parse(request, String(text), (error, value: unknown) => {
      done(error ? new RefusedRequest(notJson) : tooDeep(value), value)
    })
  })
}

function tooDeep(value: unknown): RefusedRequest | null {
  const path = pathBelow(value, JSON_DEPTH_MAX)
  if (!path) return null
  return new RefusedRequest(refusal(400, 'TOO_DEEP', `JSON may be nested ${JSON_DEPTH_MAX} deep.`, fieldName(path)))
}

/** @returns the path of the first object or list that lies deeper than `levels`, or undefined when none does. */
function pathBelow(value: unknown, levels: number): readonly PropertyKey[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (levels === 0) return []
  for (const [key, inner] of Object.entries(value)) {
    const path = pathBelow(inner, levels - 1)
    if (path) return [key, ...path]
  }
  return undefined
}

const FIELD_LENGTH_MAX = 200

const fieldName = (path: readonly PropertyKey[]): string | null =>
  path.map(String).join('.').slice(0, FIELD_LENGTH_MAX) || null

/** Checks a part of a request by its schema. */
export function checkBySchema({ schema }: { schema: z.ZodType }) {
  return (value: unknown) => {
    const checked = schema.safeParse(value)
    if (checked.success) return { value: checked.data }
    const { path, message } = deepest(checked.error.issues)
    return { error: new RefusedRequest(refusal(400, 'INVALID', message, fieldName(path))) }
  }
}

interface Problem {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Of all that is wrong the problem that lies deepest: of the shapes that something may have, that of the one it comes closest to. */
function deepest(issues: readonly z.core.$ZodIssue[]): Problem {
  const problems = issues.map((issue): Problem => {
    const { path, message } = issue
    if (issue.code === 'unrecognized_keys') return { path: [...path, issue.keys[0] ?? ''], message }
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return { path, message }
    const inner = deepest(issue.errors.flat())
    return { path: [...path, ...inner.path], message: inner.message }
  })
  return problems.reduce((best, one) => (one.path.length > best.path.length ? one : best), { path: [], message: '' })
}
