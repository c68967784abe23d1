import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { type Database, MIGRATIONS_FOLDER, migrateDatabase, openDatabase } from '../../../central/db/database.ts'
import * as tables from '../../../central/db/tables.ts'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../../central/postgres/embedded.ts'
import { packageVersion } from '../../../central/postgres/programs.ts'

/**
 * One PostgreSQL for all test files of this user, kept between runs: the first file to need it starts it, the last one
 * stops it.
 */
export const TEST_SERVER_FOLDER = join(tmpdir(), `holdfast-test-${userInfo().uid}-${packageVersion()}`)

/** Held by the file that uses the database of that number. */
const DATABASE_LOCK = 8_442

export interface TestServer {
  /** The database of this test file, emptied. Making one for each test would take half a second each. */
  emptyDatabase(): Promise<Database>
}

/** Gives the tests of this file a database of their own, with all migrations. */
export function useTestServer(): TestServer {
  let server: EmbeddedPostgres
  let admin: pg.Client
  let pool: ReturnType<typeof openDatabase>
  beforeAll(async () => {
    server = await openEmbeddedPostgres(TEST_SERVER_FOLDER, () => undefined)
    admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    const url = await claimDatabase(admin, server.url)
    await migrateDatabase(url)
    pool = openDatabase(url)
  })
  afterAll(async () => {
    await pool.close()
    await admin.end()
    await server.close()
  })
  return {
    async emptyDatabase() {
      const names = Object.values(tables).filter(table => is(table, PgTable))
      await pool.db.execute(names.map(table => `DELETE FROM ${getTableName(table)}`).join(';'))
      return pool.db
    },
  }
}

/** The first database that no other file uses; the connection holds it until it ends. */
async function claimDatabase(admin: pg.Client, url: string): Promise<string> {
  for (let number = 1; ; number++) {
    const claim = 'SELECT pg_try_advisory_lock($1, $2) AS given'
    const { rows } = await admin.query<{ given: boolean }>(claim, [DATABASE_LOCK, number])
    if (!rows[0]?.given) continue
    const address = new URL(url)
    address.pathname = `test_${number}_${migrationsHash()}`
    await makeOnly(admin, address.pathname.slice(1), `test_${number}_`)
    return address.href
  }
}

/** Makes the database if it is not there, and drops those of other migrations. */
async function makeOnly(admin: pg.Client, name: string, prefix: string): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database')
  const found = rows.map(row => row.datname).filter(one => one.startsWith(prefix))
  for (const other of found.filter(one => one !== name)) await admin.query(`DROP DATABASE ${other} (FORCE)`)
  if (!found.includes(name)) await admin.query(`CREATE DATABASE ${name}`)
  // No test here cuts the power, and waiting for the disk would be most of their time.
  await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`)
}

function migrationsHash(): string {
  const hash = createHash('sha256')
  const files = readdirSync(MIGRATIONS_FOLDER).filter(file => file.endsWith('.sql'))
  for (const file of files.toSorted()) hash.update(readFileSync(join(MIGRATIONS_FOLDER, file)))
  return hash.digest('hex').slice(0, 12)
}
