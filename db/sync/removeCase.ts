import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { entities } from '../../shared/sync/recordTypes.ts'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { forgetFilesOfCase } from '../features/documents/documentsRepository.ts'
import { draftsTable } from '../features/forms/draftsTable.ts'
import { recentCasesTable } from '../features/session/sessionTables.ts'
import { outboxTable, shadowTable } from '../outbox/outboxTable.ts'
import { recordTables } from '../records/recordTables.ts'
import { unindexNote } from '../search/noteIndex.ts'
import { dueTable } from '../summary/summaryTables.ts'
import { removeFromLists } from '../summary/settleDue.ts'
import { unreadableRowsTable } from './syncTables.ts'

/** Which of the rows of a case go, where not all do. */
interface Part {
  readonly table: SQLiteTable
  readonly where?: string
}

/** Every table with rows of a case but the contacts, which lie in the search index too. */
const PARTS: readonly Part[] = [
  ...entities.filter(entity => entity !== 'contact').map(entity => ({ table: recordTables[entity].table })),
  { table: shadowTable },
  { table: draftsTable },
  { table: unreadableRowsTable },
  { table: dueTable },
  { table: recentCasesTable },
  // What the centre has not taken stays until it has: the officer's own work is never lost.
  { table: outboxTable, where: `state IN ('acked', 'discarded')` },
]

const statements = prepareOnce(db => ({
  parts: PARTS.map(part => prepareRemoval(db, part)),
  contacts: db.$client.prepare('SELECT started_at AS startedAt, id FROM contacts WHERE case_id = ? LIMIT ? + 0'),
  removeContact: db.$client.prepare('DELETE FROM contacts WHERE case_id = ? AND started_at = ? AND id = ?'),
}))

function prepareRemoval(db: Database, { table, where = '1' }: Part) {
  const { name, columns, primaryKeys } = getTableConfig(table)
  const single = columns.filter(column => column.primary)
  const key = (primaryKeys[0]?.columns ?? single).map(column => `"${column.name}"`).join(', ')
  const some = `SELECT ${key} FROM "${name}" WHERE case_id = ? AND ${where} LIMIT ? + 0`
  return db.$client.prepare(`DELETE FROM "${name}" WHERE (${key}) IN (${some})`)
}

/**
 * Removes some of the rows of a case that was taken away; what it is found and listed by goes first.
 *
 * @param limit most rows of this call.
 * @returns how many went: fewer than `limit` when nothing is left.
 */
export function removeSomeOfCase(tx: Transaction, caseId: string, limit: number): number {
  removeFromLists(tx, caseId)
  forgetFilesOfCase(tx, caseId)
  let removed = removeContacts(tx, caseId, limit)
  for (const part of statements(tx).parts) {
    if (removed < limit) removed += part.run(caseId, limit - removed).changes
  }
  return removed
}

function removeContacts(tx: Transaction, caseId: string, limit: number): number {
  const { contacts, removeContact } = statements(tx)
  const found = contacts.all(caseId, limit) as { readonly startedAt: number; readonly id: string }[] // the columns named above
  for (const { startedAt, id } of found) {
    unindexNote(tx, startedAt, id)
    removeContact.run(caseId, startedAt, id)
  }
  return found.length
}
