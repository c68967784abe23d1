import { readFileSync } from 'node:fs'
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

/** The key as it lies in its file, in base64. */
export function wrappedKey(dataFolder: string, userId: string): string {
  const path = join(officerFolder(dataFolder, userId), 'store-key.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly wrapped: string }).wrapped // the application's own file
}

interface OpenOptions {
  readonly readonly?: boolean
  /** Where it is not given: of a store that the browser shell made. */
  readonly key?: Uint8Array
}

/** The officer's store, opened behind the application's back. */
export function openOfficerStore(
  dataFolder: string,
  userId: string,
  { key = readOfficerKey(dataFolder, userId), ...options }: OpenOptions = {},
): Database {
  return openDatabase(join(officerFolder(dataFolder, userId), STORE_FILE), key, options)
}

/** Number of the first audit entry that does not fit, or undefined. */
export function auditBreakOf(db: Database, key: Uint8Array): number | undefined {
  return findAuditBreak(db, new Uint8Array(hkdfSync('sha256', key, '', 'holdfast audit', 32)))
}
