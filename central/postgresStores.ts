import { type Accounts, postgresAccounts } from './db/accounts.ts'
import type { Database } from './db/database.ts'
import type { AuditStore } from './features/audit/auditStore.ts'
import { postgresAuditStore } from './features/audit/postgresAuditStore.ts'
import type { BlobStore } from './features/documents/blobStore.ts'
import { postgresBlobStore } from './features/documents/postgresBlobStore.ts'
import { postgresSyncStore } from './features/sync/postgresSyncStore.ts'
import type { SyncStore } from './features/sync/syncStore.ts'

/** What the service rests on. In the product all are PostgreSQL. */
export interface Stores {
  readonly accounts: Accounts
  readonly store: SyncStore
  readonly audit: AuditStore
  readonly blobs: BlobStore
}

export const postgresStores = (db: Database): Stores => ({
  accounts: postgresAccounts(db),
  store: postgresSyncStore(db),
  audit: postgresAuditStore(db),
  blobs: postgresBlobStore(db),
})
