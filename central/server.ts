import compress from '@fastify/compress'
import rateLimit from '@fastify/rate-limit'
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type LogLevel,
} from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { Actor } from '../shared/access/actor.ts'
import { newId } from '../shared/ids.ts'
import { PROTOCOL_VERSION, REQUEST_BYTES_MAX, SERVICE_HEADER, SERVICE_NAME } from '../shared/sync/protocol.ts'
import type { Centre, CentrePorts } from './db/centre.ts'
import { auditRoute } from './features/audit/routes.ts'
import { authenticate } from './features/auth/authenticate.ts'
import { documentRoutes } from './features/documents/routes.ts'
import { healthRoute, helloRoute } from './features/hello/routes.ts'
import { syncRoutes } from './features/sync/routes.ts'
import { answerBrokenHttp } from './http/brokenHttp.ts'
import { answerError } from './http/answerError.ts'
import { checkBySchema, readJsonBodies } from './http/jsonBody.ts'
import { limiter } from './http/limiter.ts'
import { notFound, sendRefusal } from './http/refusal.ts'
import type { Stores } from './postgresStores.ts'

export interface ServerDeps extends Omit<CentrePorts, 'db'>, Stores {
  readonly centre: Pick<Centre, 'cursorSecret'>
  readonly limits?: RequestLimits
  /** Where log lines go: ids, codes and durations, never what is recorded about a person. Without it nothing is logged. */
  readonly log?: { readonly level: LogLevel; readonly stream: { write(line: string): void } }
}

/** How many requests are answered in a minute; each process of the service counts for itself. */
export interface RequestLimits {
  readonly ofDevice: number
  /** Of those that show no token of a device, and of looks at its health, each. */
  readonly ofAddress: number
}

// 1 MB at 35 kbit/s takes four minutes.
const REQUEST_MS_MAX = 300_000
/** A device asks one thing at a time: 100 a second is more than the fastest line brings, and far more than any work needs. */
const REQUEST_LIMITS: RequestLimits = { ofDevice: 6_000, ofAddress: 600 }

/** The service, ready to listen or to be asked by `inject`. */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: deps.log ? { ...deps.log, serializers: { err: codeOfError } } : false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: REQUEST_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    return503OnClosing: false, // that answer would come from Fastify itself, without our header
    genReqId: () => newId(deps.clock.now(), deps.random),
    clientErrorHandler: answerBrokenHttp(REQUEST_MS_MAX),
    frameworkErrors: (error, request, reply) => {
      markAnswer(reply)
      answerError(error, request, reply)
    },
  })
  app.setValidatorCompiler(checkBySchema)
  // Answers are typed where they are made and checked against the document in tests, not once more for each request.
  app.setSerializerCompiler(() => value => JSON.stringify(value))
  app.setErrorHandler<FastifyError>(answerError)
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, notFound))
  app.addHook('onRequest', async (_request, reply) => {
    markAnswer(reply)
  })
  app.addHook('onResponse', async (request, reply) => {
    logAnswer(request, reply)
  })
  readJsonBodies(app)
  await app.register(compress, { encodings: ['gzip'], requestEncodings: ['gzip', 'identity'] })
  await app.register(swagger, documentOptions)
  await app.register(rateLimit, { global: false })
  const { limits = REQUEST_LIMITS } = deps
  await app.register(healthRoute(deps, limiter(app, limits.ofAddress)))
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  await app.register(protocolRoutes(deps, limits), { prefix: '/v1' })
  return app
}

const protocolRoutes =
  (deps: ServerDeps, limits: RequestLimits): FastifyPluginAsync =>
  async app => {
    app.decorateRequest('actor')
    app.addHook('onRequest', authenticate(deps.accounts, limiter(app, limits.ofAddress)))
    app.addHook(
      'onRequest',
      limiter(app, limits.ofDevice, request => request.getDecorator<Actor>('actor').deviceId),
    )
    await app.register(helloRoute(deps))
    await app.register(auditRoute(deps))
    await app.register(documentRoutes(deps))
    await app.register(syncRoutes({ ...deps, cursorSecret: deps.centre.cursorSecret }))
  }

/** Something in between that answers for us has no such header; and nothing in between may keep case data. */
function markAnswer(reply: FastifyReply): void {
  reply.header(SERVICE_HEADER, SERVICE_NAME).header('cache-control', 'no-store')
}

/** The route's pattern, not the address that was asked for: that holds the id of a case. */
function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions } = request
  const ms = Math.round(reply.elapsedTime)
  request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms }, 'answered')
}

/** What Fastify logs by itself has the error whole; its message may repeat what was to be written. */
const codeOfError = ({ name, code }: FastifyError) => ({ type: name, message: code, stack: '' })

/** The document is made from the schemas that check the requests. */
const documentOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Holdfast central service', version: String(PROTOCOL_VERSION) },
    components: { securitySchemes: { device: { type: 'http', scheme: 'bearer' } } },
    security: [{ device: [] }],
  },
  transform: jsonSchemaTransform,
}
