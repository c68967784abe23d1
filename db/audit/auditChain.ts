import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { asc, gt, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/access/actor.ts'
import type { Clock } from '../../shared/time.ts'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { auditTable, type AuditDetail } from './auditTable.ts'

export type AuditAction =
  | 'session.opened'
  | 'case.read'
  | 'case.prepared'
  | 'document.read'
  | 'list.read'
  | 'search'
  | 'notes.found'
  | 'action.saved'
  | 'action.undone'
  | 'operation.discarded'
  | 'case.purged'
  | 'store.damaged'

export interface AuditEntry {
  readonly action: AuditAction
  readonly caseId?: string
  readonly detail?: AuditDetail
}

/** The audit of this store. Every entry is written in the transaction of what it records, or before what it records is shown. */
export interface AuditChain {
  append(tx: Transaction, actor: Actor, entry: AuditEntry): void
}

const START = Buffer.alloc(32)

const statements = prepareOnce(db => ({
  last: db
    .select({ hash: auditTable.hash })
    .from(auditTable)
    .where(sql`${auditTable.n} = (SELECT max(n) FROM audit)`)
    .prepare(),
  add: db
    .insert(auditTable)
    .values({
      at: sql.placeholder('at'),
      userId: sql.placeholder('userId'),
      role: sql.placeholder('role'),
      deviceId: sql.placeholder('deviceId'),
      action: sql.placeholder('action'),
      caseId: sql.placeholder('caseId'),
      detail: sql.placeholder('detail'),
      prev: sql.placeholder('prev'),
      hash: sql.placeholder('hash'),
    })
    .prepare(),
}))

/** @param key 32 bytes, derived from the store's key and used for nothing else. */
export function createAuditChain(key: Uint8Array, clock: Clock): AuditChain {
  const secret = createSecretKey(key)
  return {
    append(tx, actor, { action, caseId = null, detail = {} }) {
      const prev = statements(tx).last.get()?.hash ?? START
      const { userId, role, deviceId } = actor
      const event = { at: clock.now(), userId, role, deviceId, action, caseId, detail }
      statements(tx).add.run({ ...event, prev, hash: chainHash(secret, prev, event) })
    },
  }
}

type ChainedEvent = Omit<typeof auditTable.$inferSelect, 'n' | 'prev' | 'hash'>

function chainHash(key: KeyObject, prev: Buffer, event: ChainedEvent): Buffer {
  const { at, userId, role, deviceId, action, caseId, detail } = event
  const canonical = JSON.stringify([at, userId, role, deviceId, action, caseId, detail])
  return createHmac('sha256', key).update(prev).update(canonical).digest()
}

/**
 * Checks the chain from the entry after `from` to the end.
 *
 * @param from 0 for the whole chain; else the number of an entry that is trusted.
 * @returns the number of the first entry that does not fit, or undefined when all do.
 */
export function findAuditBreak(db: Database, key: Uint8Array, from = 0): number | undefined {
  const entries = db
    .select()
    .from(auditTable)
    .where(gt(auditTable.n, from - 1))
    .orderBy(asc(auditTable.n))
    .all()
  const secret = createSecretKey(key)
  let prev = from === 0 ? START : entries.shift()?.hash
  let n = from
  for (const entry of entries) {
    n++
    const fits = prev !== undefined && entry.n === n && entry.prev.equals(prev)
    if (!fits || !entry.hash.equals(chainHash(secret, entry.prev, entry))) return entry.n
    prev = entry.hash
  }
  return undefined
}
