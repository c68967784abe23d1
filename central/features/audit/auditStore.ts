import type { AuditEntry } from '../../../shared/sync/protocol.ts'
import type { auditTable } from '../../db/tables.ts'

/** An entry as the centre keeps it. */
export interface KeptEntry extends AuditEntry {
  readonly prev: string
  readonly flaw: typeof auditTable.$inferSelect.flaw
}
export type Link = Pick<KeptEntry, 'hash' | 'prev'>

/** What the audit asks of the centre's database. */
export interface AuditStore {
  /** Runs `work` in a transaction, one after the other for each device. */
  write<Value>(deviceId: string, work: (tx: AuditWriter) => Promise<Value>): Promise<Value>
}

export interface AuditWriter {
  /** Of this device: the entries with one of these hashes, and those that follow one of them. */
  listLinks(hashes: readonly string[]): Promise<readonly Link[]>
  /** @param receivedAt the centre's clock, UTC milliseconds. */
  insert(entries: readonly KeptEntry[], receivedAt: number): Promise<void>
}
