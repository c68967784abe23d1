import { AUDIT_START, type AuditRequest } from '../../../shared/sync/protocol.ts'
import type { Clock } from '../../../shared/time.ts'
import type { AuditStore, KeptEntry, Link } from './auditStore.ts'

export interface AuditDeps {
  readonly audit: AuditStore
  readonly clock: Clock
}

type Part = Pick<AuditRequest, 'after' | 'entries'>

/**
 * Keeps a part of a PC's audit. What is here already is not kept again; what does not follow on what is here is kept with its
 * flaw, because work never waits for the audit.
 *
 * @returns the entries with a flaw.
 */
export const acceptAudit = ({ audit, clock }: AuditDeps, deviceId: string, part: Part): Promise<readonly KeptEntry[]> =>
  audit.write(deviceId, async tx => {
    const links = await tx.listLinks([part.after.hash, ...part.entries.map(entry => entry.hash)])
    const news = judgeEntries(part, links)
    await tx.insert(news, clock.now())
    return news.filter(entry => entry.flaw !== null)
  })

/** The entries that are new, each with what is wrong about its place in the chain. */
function judgeEntries({ after, entries }: Part, links: readonly Link[]): readonly KeptEntry[] {
  const known = new Set([AUDIT_START, ...links.map(link => link.hash)])
  const followed = new Set(links.map(link => link.prev))
  let before = after
  return entries.flatMap(entry => {
    const { n, hash: prev } = before
    before = entry
    if (known.has(entry.hash)) return []
    const hasGap = entry.n !== n + 1 || !known.has(prev) || (n === 0) !== (prev === AUDIT_START)
    const flaw = hasGap ? 'gap' : followed.has(prev) ? 'fork' : null
    known.add(entry.hash)
    followed.add(prev)
    return [{ ...entry, prev, flaw }]
  })
}
