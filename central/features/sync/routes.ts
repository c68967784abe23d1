import type { FastifyRequest } from 'fastify'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Actor } from '../../../shared/access/actor.ts'
import {
  caseRowsAnswer,
  caseRowsRequest,
  digestsAnswer,
  digestsRequest,
  pullAnswer,
  pullRequest,
  purgesAnswer,
  purgesRequest,
  pushAnswer,
  pushRequest,
  serviceError,
} from '../../../shared/sync/protocol.ts'
import type { Accounts } from '../../db/accounts.ts'
import { refuseOtherVersions } from '../../http/otherVersions.ts'
import { bodyRefusalSchemas, type Refusal, refusal, sendRefusal } from '../../http/refusal.ts'
import { readCaseRows } from './caseRows.ts'
import { compareCases } from './compareCases.ts'
import { pull, type PullDeps } from './pull.ts'
import { keepPurges } from './purges.ts'
import { pushQueue } from './pushQueue.ts'

const badCursor = refusal(400, 'BAD_CURSOR', 'This cursor is not one that this centre gave to this device.', 'cursor')
const badPosition = (place: number): Refusal =>
  refusal(400, 'INVALID', 'This is not a position in a case.', `cases.${place}.after`)

const newIncarnation = (incarnation: number): Refusal => ({
  status: 409,
  error: {
    code: 'INCARNATION',
    field: 'incarnation',
    message: 'These numbers were used before: the store was copied or put back. Go on with this incarnation, from 1.',
    incarnation,
  },
})

interface RouteDeps extends PullDeps {
  readonly accounts: Accounts
}

type App = Parameters<FastifyPluginCallbackZod>[0]

/** Push, pull, the rows of cases, their comparison and the report of purges, behind `authenticate`. */
export const syncRoutes =
  (deps: RouteDeps): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    addPush(app, deps)
    addPull(app, deps)
    addCaseRows(app, deps)
    addDigests(app, deps)
    addPurges(app, deps)
    done()
  }

const actorOf = (request: FastifyRequest): Actor => request.getDecorator<Actor>('actor')

function addPush(app: App, deps: PullDeps): void {
  const accept = pushQueue(deps)
  app.route({
    method: 'POST',
    url: '/push',
    preValidation: refuseOtherVersions,
    schema: {
      body: pushRequest,
      response: {
        200: pushAnswer,
        ...bodyRefusalSchemas,
        409: serviceError.describe('Numbers that were used before. `incarnation` is the one to go on with.'),
      },
    },
    handler: async (request, reply) => {
      const { incarnation, operations } = request.body
      const accepted = await accept({ actor: actorOf(request), incarnation, operations })
      if (!('answers' in accepted)) return sendRefusal(reply, newIncarnation(accepted.incarnation))
      return { answers: accepted.answers, serverTime: deps.clock.now() }
    },
  })
}

function addPull(app: App, { accounts, ...deps }: RouteDeps): void {
  app.route({
    method: 'POST',
    url: '/pull',
    preValidation: refuseOtherVersions,
    schema: {
      body: pullRequest,
      response: { 200: pullAnswer, 204: z.null().describe('Nothing new. The cursor stays.'), ...bodyRefusalSchemas },
    },
    handler: async (request, reply) => {
      const actor = actorOf(request)
      await accounts.storeReport(actor.deviceId, deps.clock.now(), request.body.report)
      const pulled = await pull(deps, actor, request.body)
      if (pulled.outcome === 'bad-cursor') return sendRefusal(reply, badCursor)
      if (pulled.outcome === 'nothing-new') return reply.code(204).send(null)
      const { items, cursor, more } = pulled
      return { items, cursor, more, serverTime: deps.clock.now() }
    },
  })
}

function addCaseRows(app: App, deps: PullDeps): void {
  app.route({
    method: 'POST',
    url: '/rows',
    preValidation: refuseOtherVersions,
    schema: { body: caseRowsRequest, response: { 200: caseRowsAnswer, ...bodyRefusalSchemas } },
    handler: async (request, reply) => {
      const page = await readCaseRows(deps, actorOf(request), request.body)
      return 'badPosition' in page ? sendRefusal(reply, badPosition(page.badPosition)) : page
    },
  })
}

function addDigests(app: App, deps: PullDeps): void {
  app.route({
    method: 'POST',
    url: '/digests',
    preValidation: refuseOtherVersions,
    schema: { body: digestsRequest, response: { 200: digestsAnswer, ...bodyRefusalSchemas } },
    handler: async (request, reply) => {
      const differ = await compareCases(deps, actorOf(request), request.body)
      return differ === 'bad-cursor'
        ? sendRefusal(reply, badCursor)
        : { differ: [...differ], serverTime: deps.clock.now() }
    },
  })
}

function addPurges(app: App, deps: PullDeps): void {
  app.route({
    method: 'POST',
    url: '/purges',
    preValidation: refuseOtherVersions,
    schema: { body: purgesRequest, response: { 200: purgesAnswer, ...bodyRefusalSchemas } },
    handler: async request => {
      const confirmed = await keepPurges(deps, actorOf(request), request.body.purges)
      return { confirmed: [...confirmed], serverTime: deps.clock.now() }
    },
  })
}
