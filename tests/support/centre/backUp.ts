import { is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import * as tables from '../../../central/db/tables.ts'
import type { TestCentre } from './testCentre.ts'

/** Copies all that the centre holds. @returns what puts it back. */
export async function backUp({ db }: TestCentre): Promise<() => Promise<void>> {
  const copies = await Promise.all(
    Object.values(tables)
      .filter(table => is(table, PgTable))
      .map(async table => ({ table, rows: await db.select().from(table) })),
  )
  return async () => {
    for (const { table, rows } of copies) {
      await db.delete(table)
      if (rows.length > 0) await db.insert(table).values(rows)
    }
  }
}
