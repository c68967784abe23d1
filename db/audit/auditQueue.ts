import { asc, gte, sql } from 'drizzle-orm'
import { AUDIT_ENTRIES_MAX, AUDIT_START, type AuditRequest } from '../../shared/sync/protocol.ts'
import { inTransaction, prepareOnce, type Database } from '../database.ts'
import { readSyncNumber, writeSyncFact } from '../sync/syncState.ts'
import { auditTable } from './auditTable.ts'

export type AuditPart = Pick<AuditRequest, 'after' | 'entries'>

const statements = prepareOnce(db => ({
  from: db
    .select()
    .from(auditTable)
    .where(gte(auditTable.n, sql.placeholder('n')))
    .orderBy(asc(auditTable.n))
    .limit(AUDIT_ENTRIES_MAX + 1)
    .prepare(),
}))

/**
 * What the centre does not have yet of the audit, the oldest first.
 *
 * @param charactersMax of JSON; one entry goes out whatever its size.
 */
export function nextAuditPart(db: Database, charactersMax: number): AuditPart | undefined {
  const sent = readSyncNumber(db, 'auditSent') ?? 0
  const rows = statements(db).from.all({ n: sent })
  const last = rows[0]?.n === sent ? rows.shift() : undefined
  const entries: AuditPart['entries'] = []
  let characters = 0
  for (const { n, at, userId, action, caseId, detail, hash } of rows) {
    characters += JSON.stringify(detail).length + 200
    if (entries.length > 0 && characters > charactersMax) break
    entries.push({ n, at, userId, action, caseId, detail, hash: hash.toString('hex') })
  }
  const after = { n: sent, hash: last?.hash.toString('hex') ?? AUDIT_START }
  return entries.length === 0 ? undefined : { after, entries: entries.slice(0, AUDIT_ENTRIES_MAX) }
}

/** The centre has this part. */
export function auditPartSent(db: Database, { entries }: AuditPart): void {
  inTransaction(db, tx => {
    writeSyncFact(tx, 'auditSent', entries.at(-1)?.n ?? 0)
  })
}
