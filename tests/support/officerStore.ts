import { join } from 'node:path'
import { hkdfSync } from 'node:crypto'
import { openDatabase, type Database } from '../../db/database.ts'
import { findAuditBreak } from '../../db/audit/auditChain.ts'
import { STORE_FILE } from '../../db/openStore.ts'
import { officerFolder } from '../../electron/platform/enrolment.ts'
import { loadStoreKey, type SafeStorage } from '../../electron/platform/secretFiles.ts'
import { developmentSafeStorage } from '../browser-shell/safeStorage.ts'
import { invariant } from '../../shared/result.ts'

/** The key of a store that the browser shell made: it lies in a file that this user can read. */
export function readOfficerKey(dataFolder: string, userId: string): Uint8Array {
  const safeStorage: SafeStorage = { ...developmentSafeStorage(() => dataFolder), label: 'development' }
  const key = loadStoreKey({ safeStorage, folder: officerFolder(dataFolder, userId) }, true)
  invariant(key, 'the officer has a store')
  return key
}

/** The officer's store, opened behind the application's back. */
export const openOfficerStore = (
  dataFolder: string,
  userId: string,
  options?: { readonly readonly: boolean },
): Database =>
  openDatabase(join(officerFolder(dataFolder, userId), STORE_FILE), readOfficerKey(dataFolder, userId), options)

/** Number of the first audit entry that does not fit, or undefined. */
export function auditBreakOf(db: Database, key: Uint8Array): number | undefined {
  return findAuditBreak(db, new Uint8Array(hkdfSync('sha256', key, '', 'holdfast audit', 32)))
}
