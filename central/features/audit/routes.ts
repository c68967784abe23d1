import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../../shared/access/actor.ts'
import { auditAnswer, auditRequest } from '../../../shared/sync/protocol.ts'
import { refuseOtherVersions } from '../../http/otherVersions.ts'
import { bodyRefusalSchemas } from '../../http/refusal.ts'
import { acceptAudit, type AuditDeps } from './acceptAudit.ts'

/** The audit of the PCs, behind `authenticate`. */
export const auditRoute =
  (deps: AuditDeps): FastifyPluginCallbackZod =>
  (app, _options, done) => {
    app.route({
      method: 'POST',
      url: '/audit',
      preValidation: refuseOtherVersions,
      schema: { body: auditRequest, response: { 200: auditAnswer, ...bodyRefusalSchemas } },
      handler: async request => {
        const { deviceId } = request.getDecorator<Actor>('actor')
        for (const { n, flaw } of await acceptAudit(deps, deviceId, request.body)) {
          request.log.warn({ deviceId, n, flaw }, 'the audit of a device does not follow on')
        }
        return { serverTime: deps.clock.now() }
      },
    })
    done()
  }
