import { type Accounts, postgresAccounts } from './db/accounts.ts'
import type { Database } from './db/database.ts'
import { postgresSyncStore } from './features/sync/postgresSyncStore.ts'
import type { SyncStore } from './features/sync/syncStore.ts'

/** What the service rests on. In the product both are PostgreSQL. */
export interface Stores {
  readonly accounts: Accounts
  readonly store: SyncStore
}

export const postgresStores = (db: Database): Stores => ({
  accounts: postgresAccounts(db),
  store: postgresSyncStore(db),
})
