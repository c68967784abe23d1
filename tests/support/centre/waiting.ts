import { sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { type Database, inOneTransaction, type Transaction } from '../../../central/db/database.ts'

/** Takes a lock and holds it until it is released, as another push would. */
export async function holdLock(db: Database, lock: (tx: Transaction) => Promise<unknown>) {
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = inOneTransaction(db, async tx => {
    await lock(tx)
    locked.resolve()
    await released.promise
  })
  await locked.promise
  return {
    release: () => {
      released.resolve()
      return holding
    },
  }
}

/** Until so many connections to this database wait for a lock. */
export const waiting = (db: Database, count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const { rows } = await db.execute(sql`SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`)
      expect(rows).toHaveLength(count)
    },
    { timeout: 20_000, interval: 10 },
  )
