import { sql } from 'drizzle-orm'
import { prepareOnce, type Database } from '../database.ts'
import { outboxTable } from './outboxTable.ts'

const statements = prepareOnce(db => ({
  unsent: db
    .select({ body: outboxTable.body })
    .from(outboxTable)
    .where(sql`${outboxTable.state} IN ('pending', 'sending', 'retry')`)
    .prepare(),
}))

/** The conflicts that this officer has settled here, which the centre has not answered yet. */
export const listBeingSettled = (db: Database): ReadonlySet<string> =>
  new Set(
    statements(db)
      .unsent.all()
      .flatMap(({ body }) => ('settles' in body ? [body.settles.conflictId] : [])),
  )
