import { join } from 'node:path'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

export type Database = NodePgDatabase & { readonly $client: pg.Pool }
/** On the one connection that the transaction has. */
export type Transaction = NodePgDatabase & {
  readonly $client: pg.PoolClient
  /** Commits together with what was asked last; otherwise that is done when the work is. */
  commit(): Promise<unknown>
}
/** Inside a transaction or not. */
export type Queries = Database | Transaction

export const MIGRATIONS_FOLDER = join(import.meta.dirname, 'migrations')

// A count, a number of the counter or an instant: all far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export interface OpenDatabase {
  readonly db: Database
  close(): Promise<void>
}

const POOL: pg.PoolConfig = {
  max: 10,
  idleTimeoutMillis: 0, // a new connection costs more than a push, and knows none of the prepared statements
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  pipeline: true, // what is asked together travels together
  // A process of the service that is stopped in its tracks must not hold the counter's lock, for which all others wait.
  idle_in_transaction_session_timeout: 60_000,
}

/** Opens a pool of connections. Nothing is connected before the first query. */
export function openDatabase(url: string): OpenDatabase {
  const pool = new pg.Pool({ ...POOL, connectionString: url })
  // A connection broke: whoever uses it hears of it by its query, and the pool makes a new one at need.
  pool.on('connect', client => client.on('error', () => undefined))
  pool.on('error', () => undefined)
  return { db: drizzle(pool), close: () => pool.end() }
}

const MIGRATION_LOCK = 8_441

/** Brings the database to this version. Of several processes at once, one does it and the others wait. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // the query under way says it
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER })
  } finally {
    await client.end()
  }
}

/** What PostgreSQL says is wrong, as its five-character code; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return cause instanceof pg.DatabaseError ? cause.code : undefined
}

// Two transactions met: deadlock, serialization failure, or both added a row with one key. The loser simply runs again.
const MET_ANOTHER: ReadonlySet<string | undefined> = new Set(['40P01', '40001', '23505'])
const ATTEMPTS_MAX = 5

/**
 * Runs `work` once, in a transaction. What it asks first goes out together with BEGIN.
 *
 * Drizzle's own way never gives the connection back when it breaks at BEGIN: ten of them, and the pool is empty for good.
 */
export async function inOneTransaction<Value>(
  db: Database,
  work: (tx: Transaction) => Promise<Value>,
  begin = 'BEGIN ISOLATION LEVEL READ COMMITTED',
): Promise<Value> {
  const connection = await db.$client.connect()
  let committed: Promise<unknown> | undefined
  const tx = Object.assign(drizzle(connection), { commit: () => (committed ??= connection.query('COMMIT')) })
  let hasBegun = false
  const begun = connection.query(begin).then(() => {
    hasBegun = true
  })
  try {
    const [value] = await Promise.all([work(tx), begun])
    await tx.commit()
    return value
  } catch (error) {
    if (hasBegun) await connection.query('ROLLBACK').catch(() => undefined) // where it broke, nothing is left to undo
    throw error
  } finally {
    connection.release(!hasBegun) // without a transaction nothing more may run on it; nor is a broken one used again
  }
}

/**
 * A statement that is asked again and again. PostgreSQL parses it once for each connection, and it is not put together anew each time.
 *
 * @param name of its own among all of these.
 */
export const prepared =
  <Found extends object>(name: string, text: string) =>
  async ({ $client }: Queries, ...values: readonly unknown[]): Promise<readonly Found[]> => {
    const { rows } = await $client.query<Found>({ name, text, values: [...values] })
    return rows
  }

/** Runs `work` in a transaction, and again from its start when it met another. */
export async function inTransaction<Value>(db: Database, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inOneTransaction(db, work)
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !MET_ANOTHER.has(sqlState(error))) throw error
    }
  }
}

/** Runs `read` on one state of the database, whatever is written meanwhile. */
export const inSnapshot = <Value>(db: Database, read: (tx: Transaction) => Promise<Value>): Promise<Value> =>
  inOneTransaction(db, read, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
