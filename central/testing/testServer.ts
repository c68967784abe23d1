import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { MIGRATIONS_FOLDER, migrateDatabase } from '../db/database.ts'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../postgres/embedded.ts'
import { packageVersion } from '../postgres/programs.ts'

/**
 * One PostgreSQL for all test files of this user, kept between runs: the first file starts it, the last one stops it.
 * Databases in it live as long as the test that made them.
 */
const FOLDER = join(tmpdir(), `holdfast-test-${userInfo().uid}-${packageVersion()}`)

const TEMPLATE_LOCK = 8_442

export interface TestServer {
  /** Makes an empty centre's database, migrated, and returns its address. */
  makeDatabase(): Promise<string>
  dropDatabase(url: string): Promise<void>
}

/** Opens the server for the tests of this file. */
export function useTestServer(): TestServer {
  let server: EmbeddedPostgres
  let admin: pg.Client
  let template: string
  let made = 0
  beforeAll(async () => {
    server = await openEmbeddedPostgres(FOLDER, () => undefined)
    admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    template = await makeTemplate(admin, server.url)
  })
  afterAll(async () => {
    await admin.end()
    await server.close()
  })
  return {
    async makeDatabase() {
      const name = `test_${process.pid}_${++made}`
      await admin.query(`DROP DATABASE IF EXISTS ${name} (FORCE)`)
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
      return addressOf(server.url, name)
    },
    async dropDatabase(url) {
      await admin.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} (FORCE)`)
    },
  }
}

function addressOf(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = database
  return address.href
}

/** A database with all migrations, under a name that changes with them; made once. */
async function makeTemplate(admin: pg.Client, url: string): Promise<string> {
  const files = readdirSync(MIGRATIONS_FOLDER).filter(file => file.endsWith('.sql'))
  const hash = createHash('sha256')
  for (const file of files.toSorted()) hash.update(readFileSync(join(MIGRATIONS_FOLDER, file)))
  const name = `template_${hash.digest('hex').slice(0, 16)}`
  await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK])
  const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (rowCount === 0) {
    await admin.query(`DROP DATABASE IF EXISTS ${name}_unfinished (FORCE)`)
    await admin.query(`CREATE DATABASE ${name}_unfinished`)
    await migrateDatabase(addressOf(url, `${name}_unfinished`))
    await admin.query(`ALTER DATABASE ${name}_unfinished RENAME TO ${name}`)
  }
  await admin.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  return name
}
