import { REQUEST_BYTES_MAX } from '../../shared/sync/protocol.ts'
import { auditPartSent, nextAuditPart } from '../../db/audit/auditQueue.ts'
import type { SyncDeps } from './syncDeps.ts'
import type { Trouble } from './trouble.ts'

const PART_CHARACTERS_MAX = REQUEST_BYTES_MAX / 4

/**
 * Sends what the audit has that the centre does not. Safe to repeat: the centre keeps each entry once. Where the centre
 * refuses it, it is tried again at the next look, and nothing else waits for it.
 */
export async function sendAudit(deps: SyncDeps): Promise<Trouble | undefined> {
  for (;;) {
    const part = nextAuditPart(deps.db, PART_CHARACTERS_MAX)
    if (!part) return undefined
    const reply = await deps.client.audit(part)
    if (reply.is === 'down') return reply
    if (reply.is !== 'answer') {
      deps.log.write('sync.audit-refused', { code: reply.is === 'refused' ? reply.error.code : null })
      return undefined
    }
    auditPartSent(deps.db, part)
    deps.heard(reply.data.serverTime)
  }
}
