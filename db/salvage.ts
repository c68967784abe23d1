import { eq, getTableName, notInArray } from 'drizzle-orm'
import { auditTable } from './audit/auditTable.ts'
import { openDatabase, type Database, type Transaction } from './database.ts'
import { diskProblemOf } from './diskProblem.ts'
import { draftsTable } from './features/forms/draftsTable.ts'
import { settingsTable } from './features/session/sessionTables.ts'
import { outboxTable, shadowTable } from './outbox/outboxTable.ts'
import { rowOf } from './outbox/outboxRepository.ts'
import { refreshRow } from './outbox/shadow.ts'
import { syncStateTable } from './sync/syncTables.ts'

export interface Salvaged {
  readonly entriesSaved: number
  readonly draftsSaved: number
}

// What exists nowhere else. Cases come back from the centre.
const SAVED_TABLES = [outboxTable, shadowTable, draftsTable, auditTable, settingsTable, syncStateTable].map(
  getTableName,
)

/**
 * Takes over from a damaged store what was never sent: operations, drafts, audit. Reads each table from both ends, so
 * that a bad page costs only the rows on it.
 *
 * @throws the driver's error when another program holds the damaged store: it can be read later.
 */
export function salvage(damagedPath: string, key: Uint8Array, tx: Transaction): Salvaged {
  const damaged = openIfPossible(damagedPath, key)
  if (!damaged) return { entriesSaved: 0, draftsSaved: 0 }
  try {
    return takeOver(damaged, tx)
  } finally {
    damaged.$client.close()
  }
}

function openIfPossible(path: string, key: Uint8Array): Database | undefined {
  try {
    return openDatabase(path, key, { readonly: true })
  } catch (error) {
    assertNotHeld(error)
    return undefined
  }
}

function assertNotHeld(error: unknown): void {
  if (diskProblemOf(error) === 'locked') throw error
}

function takeOver(damaged: Database, tx: Transaction): Salvaged {
  for (const table of SAVED_TABLES) {
    for (const direction of ['ASC', 'DESC'] as const) {
      for (const row of rowsUntilDamage(damaged, table, direction)) insertRaw(tx, table, row)
    }
  }
  // With the old cursor the centre would not send again what this store no longer has.
  tx.delete(syncStateTable).where(eq(syncStateTable.name, 'cursor')).run()
  for (const operation of tx.select().from(outboxTable).all()) refreshRow(tx, rowOf(operation))
  return { entriesSaved: countUnsent(tx), draftsSaved: tx.select().from(draftsTable).all().length }
}

const countUnsent = (tx: Transaction): number =>
  tx
    .select({ opId: outboxTable.opId })
    .from(outboxTable)
    .where(notInArray(outboxTable.state, ['acked', 'discarded']))
    .all().length

type RawRow = Readonly<Record<string, unknown>>

/** Rows as the driver gives them, in the table's own order, up to the first that cannot be read. */
function* rowsUntilDamage(db: Database, table: string, direction: 'ASC' | 'DESC'): Generator<RawRow> {
  try {
    const key = db.$client.prepare(`SELECT name FROM pragma_table_info(?) WHERE pk = 1`).pluck().get(table)
    const rows = db.$client.prepare(`SELECT * FROM "${table}" ORDER BY "${String(key)}" ${direction}`)
    for (const row of rows.iterate()) yield row as RawRow // the driver makes one object a row
  } catch (error) {
    // The bad place ends this direction; what was read before it counts.
    assertNotHeld(error)
  }
}

function insertRaw(tx: Transaction, table: string, row: RawRow): void {
  const columns = new Set(tx.$client.prepare(`SELECT name FROM pragma_table_info(?)`).pluck().all(table))
  const names = Object.keys(row).filter(name => columns.has(name))
  const quoted = names.map(name => `"${name}"`).join(', ')
  const marks = names.map(() => '?').join(', ')
  tx.$client
    .prepare(`INSERT OR IGNORE INTO "${table}" (${quoted}) VALUES (${marks})`)
    .run(...names.map(name => row[name]))
}
