import Sqlite from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

/** The store of one officer on this PC: an open, keyed connection. */
export type Database = BetterSQLite3Database & { readonly $client: Sqlite.Database }

declare const open: unique symbol
/** A database inside a transaction. What must be atomic takes this, so that it cannot be called without one. */
export type Transaction = Database & { readonly [open]: true }

/** Before 3.51.3 two connections that write and checkpoint at one moment can corrupt a WAL database. */
const SQLITE_VERSION_MIN = '3.51.3'
/** A row of more than a quarter of a page would spill into a page of its own; a contact with a long note has 2 KiB. */
export const PAGE_BYTES = 8192
/** Decrypted pages kept in memory, in KiB. */
const CACHE_KIB = 65_536
const BUSY_TIMEOUT_MS = 250

interface OpenOptions {
  readonly readonly?: boolean
}

/**
 * Opens the file with its 32-byte key. Makes an empty store where there is no file, unless `readonly`.
 *
 * @throws the driver's error when the file is not a store of this key, is damaged, or the disk refuses.
 */
export function openDatabase(path: string, key: Uint8Array, { readonly = false }: OpenOptions = {}): Database {
  const connection = new Sqlite(path, { readonly, fileMustExist: readonly, timeout: BUSY_TIMEOUT_MS })
  try {
    unlock(connection, key)
    if (!readonly) setPragmas(connection)
    assertVersion(connection)
  } catch (error) {
    connection.close()
    throw error
  }
  const db = drizzle({ client: rememberStatements(connection) })
  return Object.assign(db, { $client: connection })
}

/** Statements that are kept; there are some hundreds, and those with lists of values have many forms. */
const STATEMENTS_MAX = 1_000

/**
 * What Drizzle asks of a connection. It prepares a statement anew each time that it is used; here that is done once, for
 * SQLite takes longer to plan most of them than to run them.
 */
function rememberStatements(connection: Sqlite.Database): Sqlite.Database {
  const known = new Map<string, Sqlite.Statement>()
  const prepare = (source: string): Sqlite.Statement => {
    // With a parameter alone as its limit SQLite plans a statement anew at each run, and with a sum it does not.
    const statement = known.get(source) ?? connection.prepare(source.replaceAll(/ (limit|offset) \?/g, '$& + 0'))
    known.delete(source) // and to the end, as the one that was used last
    known.set(source, statement)
    if (known.size > STATEMENTS_MAX) known.delete(known.keys().next().value ?? source)
    // Whoever used it last may have asked for rows as arrays.
    return statement.reader ? statement.raw(false) : statement
  }
  return { prepare } as Partial<Sqlite.Database> as Sqlite.Database // transactions are `inTransaction`'s
}

function unlock(connection: Sqlite.Database, key: Uint8Array): void {
  connection.pragma(`cipher = 'aegis'`)
  connection.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
  // Of a store that is there already the file says it.
  connection.pragma(`page_size = ${PAGE_BYTES}`)
  // Sorts stay in memory: in a file they would leave readable notes in the system's temporary folder.
  connection.pragma('temp_store = MEMORY')
}

function setPragmas(connection: Sqlite.Database): void {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('secure_delete = ON')
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cell_size_check = ON')
  connection.pragma('foreign_keys = ON')
  // The engine checkpoints when it is idle, never inside a save.
  connection.pragma('wal_autocheckpoint = 0')
  connection.pragma(`cache_size = -${CACHE_KIB}`)
}

function assertVersion(connection: Sqlite.Database): void {
  const version = connection.prepare('SELECT sqlite_version()').pluck().get() as string // one text column
  if (version.localeCompare(SQLITE_VERSION_MIN, 'en', { numeric: true }) < 0) {
    throw new Error(`SQLite ${version} is too old: ${SQLITE_VERSION_MIN} or newer is needed`)
  }
}

/** Runs `work` as one step on disk: all of it or nothing. `work` must not await. */
export function inTransaction<Value>(db: Database, work: (tx: Transaction) => Value): Value {
  return db.$client.transaction(() => work(db as Transaction)).immediate()
}

/** Makes prepared statements once for each database. */
export function prepareOnce<Statements>(prepare: (db: Database) => Statements): (db: Database) => Statements {
  const made = new WeakMap<Database, Statements>()
  return db => {
    const known = made.get(db)
    if (known) return known
    const statements = prepare(db)
    made.set(db, statements)
    return statements
  }
}
