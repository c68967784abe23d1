import { getTableName, is, sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { PgTable } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { type Database, migrateDatabase, openDatabase } from '../../central/db/database.ts'
import * as tables from '../../central/db/tables.ts'
import { aMortalCluster, type MortalCluster } from './mortalCluster.ts'
import { breakSocket, watchService } from './serviceLine.ts'

/** What happens at a statement of the service. */
export interface Blow {
  readonly dies: 'service' | 'database'
  /** Whether the statement is done, and only its answer lost. */
  readonly isDone: boolean
}

/** The database of every world of this process, one after the other. */
export interface SharedDatabase {
  /** As the service opens it. */
  readonly service: Database
  /** On a connection of ours, to which nothing happens while the database runs. */
  readonly ours: () => NodePgDatabase
  readonly isUp: () => boolean
  /** Called before each statement of the service. */
  onStatement(blowAt: (sql: string) => Blow | undefined): void
  start(): Promise<void>
  /** Empties it for a new world. */
  empty(): Promise<void>
}

let shared: Promise<SharedDatabase & { close(): Promise<void> }> | undefined

export const sharedDatabase = (): Promise<SharedDatabase> => (shared ??= open())

/** Ends it where there is one. */
export async function closeDatabase(): Promise<void> {
  const open = await shared
  shared = undefined
  await open?.close()
}

/** An operation that stands in `poisoned` is refused as a value that PostgreSQL cannot hold. */
const POISON = sql`
  CREATE TABLE poisoned (op_id text PRIMARY KEY);
  CREATE FUNCTION refuse_poisoned() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM poisoned WHERE op_id = NEW.op_id) THEN
        RAISE data_exception USING MESSAGE = 'poisoned';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER refuse_poisoned BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION refuse_poisoned();
  CREATE TRIGGER refuse_poisoned BEFORE INSERT ON late_work FOR EACH ROW EXECUTE FUNCTION refuse_poisoned()`

/** Nobody cuts the power of this machine; and what a plan rests on may not depend on how long something took. */
const SETTINGS = ['fsync = off', 'full_page_writes = off', 'autovacuum = off']

async function open(): Promise<SharedDatabase & { close(): Promise<void> }> {
  const cluster = aMortalCluster()
  const url = await cluster.start()
  const pool = openDatabase(url)
  let ours = await connect(url)
  for (const setting of SETTINGS) await ours.execute(sql.raw(`ALTER SYSTEM SET ${setting}`))
  await ours.execute(sql`SELECT pg_reload_conf()`)
  await migrateDatabase(url)
  await ours.execute(POISON)
  const names = ['poisoned', ...Object.values(tables).flatMap(one => (is(one, PgTable) ? [getTableName(one)] : []))]
  let isUp = true
  let blowAt: (sql: string) => Blow | undefined = () => undefined
  let next: Blow['dies'] = 'service'
  const line = watchService(pool.db.$client, {
    fateOf(text) {
      const blow = blowAt(text)
      if (!blow) return 'runs'
      next = blow.dies
      return blow.isDone ? 'breaks-after' : 'breaks-before'
    },
    breakOff: client => (next === 'service' ? breakSocket(client) : die()),
  })

  /** All who are connected have noticed when it settles. */
  async function die(): Promise<void> {
    isUp = false
    await Promise.all([cluster.die(), line.allEnded(), ended(ours)])
  }

  return {
    service: pool.db,
    ours: () => ours,
    isUp: () => isUp,
    onStatement(listener) {
      blowAt = listener
    },
    async start() {
      if (isUp) return
      await startAgain(cluster, url)
      ours = await connect(url)
      isUp = true
    },
    async empty() {
      await ours.execute(sql.raw(`TRUNCATE ${names.join(', ')}`))
    },
    async close() {
      if (isUp) await ours.$client.end()
      await pool.close()
      await cluster.close()
    },
  }
}

type OurDatabase = NodePgDatabase & { readonly $client: pg.Client }

async function connect(url: string): Promise<OurDatabase> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // it dies with its server
  await client.connect()
  return drizzle(client)
}

const ended = ({ $client }: OurDatabase): Promise<void> =>
  new Promise(resolve => {
    $client.once('end', resolve)
  })

async function startAgain(cluster: MortalCluster, url: string): Promise<void> {
  if ((await cluster.start()) !== url) throw new Error('another program has taken the port of PostgreSQL')
}
