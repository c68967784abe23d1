import { sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import type { Database } from '../../../central/db/database.ts'

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
