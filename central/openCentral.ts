import { randomBytes } from 'node:crypto'
import { type Centre, type CentrePorts, openCentre } from './db/centre.ts'
import { migrateDatabase, openDatabase } from './db/database.ts'
import { openEmbeddedPostgres } from './postgres/embedded.ts'

/** Where the centre's database is: somewhere else, or our own PostgreSQL under a folder. */
export type DatabasePlace = { readonly url: string } | { readonly dataFolder: string }

export interface OpenCentral extends CentrePorts {
  readonly centre: Centre
  /** Settles with the reason when the embedded PostgreSQL is gone for good while this is open. */
  readonly lost: Promise<string>
  close(): Promise<void>
}

/** Opens the centre's database, started and brought to this version if need be. */
export async function openCentral(place: DatabasePlace, say: (line: string) => void): Promise<OpenCentral> {
  const server = 'url' in place ? external(place.url) : await openEmbeddedPostgres(place.dataFolder, say)
  await migrateDatabase(server.url)
  const pool = openDatabase(server.url)
  const ports = { db: pool.db, clock: { now: () => Date.now() }, random: { bytes: randomBytes } }
  return {
    ...ports,
    centre: await openCentre(ports),
    lost: server.lost,
    async close() {
      await pool.close()
      await server.close()
    },
  }
}

const external = (url: string) => ({ url, lost: new Promise<never>(() => undefined), close: () => Promise.resolve() })

/** The place in words, without a password. */
export function placeName(place: DatabasePlace): string {
  return 'url' in place ? new URL(place.url).host : place.dataFolder
}
