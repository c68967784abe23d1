import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { DiskProblem } from '../shared/result.ts'
import { inTransaction, openDatabase, type Database, type Transaction } from './database.ts'
import { diskProblemOf } from './diskProblem.ts'
import { emptyLog } from './housekeeping.ts'
import { salvage, type Salvaged } from './salvage.ts'

export interface StorePlace {
  /** Folder of this officer's store; made where it is missing. */
  readonly folder: string
  readonly key: Uint8Array
  /** Folder with the numbered migrations. */
  readonly migrations: string
  /** Now, in UTC milliseconds: names backups and damaged files. */
  readonly now: number
  /** Damage was found while the store was in use: it is replaced without another look. */
  readonly isDamaged?: boolean
  /** Writes down that a damaged store was replaced, in the transaction that takes over what can be saved from it. */
  readonly noteDamage: (tx: Transaction, damaged: DamagedFile) => void
}

export type OpenedStore =
  | { readonly state: 'open'; readonly db: Database }
  /** Written by a newer version. Nothing was touched. */
  | { readonly state: 'newer'; readonly found: number; readonly known: number }
  | { readonly state: 'not-writable'; readonly cause: DiskProblem }

/** A store that could not be read: kept under another name, with what could be saved from it. */
export interface DamagedFile extends Salvaged {
  readonly keptAs: string
}

export const STORE_FILE = 'store.db'
/** A store that is being made in place of a damaged one. Until it is finished it holds nothing that is not there as well. */
const UNFINISHED_FILE = 'store-unfinished.db'
/** The same with everything in it: it only has to take its place. */
const FINISHED = 'store-new-'
const DAMAGED = 'store-damaged-'
/** Of a file of SQLite and its log. */
const SUFFIXES = ['', '-wal', '-shm']
const BACKUP_KEPT_MS = 7 * 24 * 60 * 60 * 1000

/** Opens the store, brings it up to this version, and deletes nothing of it to do so: a damaged one is kept aside. */
export function openStore(place: StorePlace): OpenedStore {
  try {
    mkdirSync(place.folder, { recursive: true, mode: 0o700 })
    return openOrReplace(place)
  } catch (error) {
    const cause = diskProblemOf(error)
    if (cause === undefined) throw error
    return { state: 'not-writable', cause }
  }
}

function openOrReplace(place: StorePlace): OpenedStore {
  const isReplaced = finishReplacing(place.folder)
  const path = join(place.folder, STORE_FILE)
  const known = knownVersion(place.migrations)
  if (!existsSync(path)) return { state: 'open', db: migrated(path, place, known) }
  if (place.isDamaged && !isReplaced) return replaceDamaged(place, known)
  try {
    const found = versionOf(path, place.key)
    if (found > known) return { state: 'newer', found, known }
    if (found < known && found > 0) backUp(place, found)
    return { state: 'open', db: migrated(path, place, known) }
  } catch (error) {
    if (diskProblemOf(error) !== 'corrupt') throw error
    return replaceDamaged(place, known)
  }
}

function migrated(path: string, { key, migrations }: StorePlace, known: number): Database {
  const db = openDatabase(path, key)
  try {
    if (userVersion(db) < known) {
      // A migration rebuilds tables; the pragma has no effect inside its transaction.
      db.$client.pragma('foreign_keys = OFF')
      migrate(db, { migrationsFolder: migrations })
      db.$client.pragma(`user_version = ${known}`)
      db.$client.pragma('foreign_keys = ON')
    }
    return db
  } catch (error) {
    db.$client.close()
    throw error
  }
}

/** How many migrations this version of Holdfast has. */
function knownVersion(migrations: string): number {
  const journal: unknown = JSON.parse(readFileSync(join(migrations, 'meta', '_journal.json'), 'utf8'))
  return (journal as { readonly entries: readonly unknown[] }).entries.length // written by drizzle-kit
}

/** Reads the version without writing a byte, so that a newer store stays exactly as it was. */
function versionOf(path: string, key: Uint8Array): number {
  const db = openDatabase(path, key, { readonly: true })
  try {
    return userVersion(db)
  } finally {
    db.$client.close()
  }
}

const userVersion = (db: Database): number => db.$client.pragma('user_version', { simple: true }) as number // SQLite answers a number

/** An encrypted copy under the same key, kept until the first migration that comes more than a week later. */
function backUp({ folder, key, now }: StorePlace, version: number): void {
  const backups = join(folder, 'backups')
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  removeOldBackups(backups, now)
  const copy = join(backups, `store-version-${version}-${stamp(now)}.db`)
  const db = openDatabase(join(folder, STORE_FILE), key)
  try {
    db.$client.prepare('VACUUM INTO ?').run(copy)
  } finally {
    db.$client.close()
  }
}

/** Removes every copy that was made before a migration: it may hold a case that is purged since. */
export function removeBackups(folder: string): void {
  rmSync(join(folder, 'backups'), { recursive: true, force: true })
}

function removeOldBackups(backups: string, now: number): void {
  for (const name of readdirSync(backups)) {
    const path = join(backups, name)
    if (now - statSync(path).mtimeMs > BACKUP_KEPT_MS) rmSync(path)
  }
}

/**
 * Makes a new store with what can still be read of the unsent work; then the damaged file and its log are kept aside and the
 * new one takes their place. Wherever this is cut short, the next start goes on: until the new store is finished the damaged
 * one stays where it is.
 */
function replaceDamaged(place: StorePlace, known: number): OpenedStore {
  const { folder, key, now, noteDamage } = place
  const unfinished = join(folder, UNFINISHED_FILE)
  for (const suffix of SUFFIXES) rmSync(unfinished + suffix, { force: true })
  const path = join(folder, STORE_FILE)
  const db = migrated(unfinished, place, known)
  try {
    inTransaction(db, tx => {
      noteDamage(tx, { keptAs: `${DAMAGED}${stamp(now)}.db`, ...salvage(path, key, tx) })
    })
    emptyLog(db)
  } finally {
    db.$client.close()
  }
  renameSync(unfinished, join(folder, `${FINISHED}${stamp(now)}.db`))
  finishReplacing(folder)
  return { state: 'open', db: migrated(path, place, known) }
}

/** Puts a finished new store in the place of the damaged one. False when there is none. */
function finishReplacing(folder: string): boolean {
  const finished = readdirSync(folder).find(name => name.startsWith(FINISHED))
  if (finished === undefined) return false
  const path = join(folder, STORE_FILE)
  const keptAs = join(folder, finished.replace(FINISHED, DAMAGED))
  for (const suffix of SUFFIXES) if (existsSync(path + suffix)) renameSync(path + suffix, keptAs + suffix)
  renameSync(join(folder, finished), path)
  return true
}

const stamp = (now: number): string => new Date(now).toISOString().replace(/[:.]/g, '-')
