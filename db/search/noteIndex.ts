import { eq, sql } from 'drizzle-orm'
import { foldText } from '../../shared/text.ts'
import { prepareOnce, type Transaction } from '../database.ts'
import { searchDocTable } from './searchTables.ts'

/** Places in the index for notes that begin in the same second. */
const PLACES_A_SECOND = 2 ** 20

const statements = prepareOnce(db => ({
  get: db
    .select({ id: searchDocTable.id })
    .from(searchDocTable)
    .where(eq(searchDocTable.searchId, sql.placeholder('searchId')))
    .prepare(),
  addDoc: db
    .insert(searchDocTable)
    .values({
      searchId: sql.placeholder('searchId'),
      caseId: sql.placeholder('caseId'),
      entity: 'contact',
      id: sql.placeholder('id'),
    })
    .prepare(),
  removeDoc: db
    .delete(searchDocTable)
    .where(eq(searchDocTable.searchId, sql.placeholder('searchId')))
    .prepare(),
  // Drizzle has no words for FTS5 tables.
  addText: db.$client.prepare('INSERT INTO search_text(rowid, body) VALUES (?, ?)'),
  removeText: db.$client.prepare('DELETE FROM search_text WHERE rowid = ?'),
}))

interface NoteKey {
  readonly caseId: string
  readonly id: string
  readonly startedAt: number
}

/** Makes a note findable by its words. A note that is in the index stays as it is: the text of a record never changes. */
export function indexNote(tx: Transaction, { caseId, id, startedAt }: NoteKey, note: string): void {
  const place = findPlace(tx, startedAt, id)
  if (place.isTaken) return
  statements(tx).addDoc.run({ searchId: place.searchId, caseId, id })
  // What is searched for is folded too: the tokenizer knows accents, but not every letter that people type otherwise.
  statements(tx).addText.run(place.searchId, foldText(note))
}

export function unindexNote(tx: Transaction, startedAt: number, id: string): void {
  const { isTaken, searchId } = findPlace(tx, startedAt, id)
  if (!isTaken) return
  statements(tx).removeText.run(searchId)
  statements(tx).removeDoc.run({ searchId })
}

/** Where the note is, or the free place where it would be. */
function findPlace(
  tx: Transaction,
  startedAt: number,
  id: string,
): { readonly searchId: number; readonly isTaken: boolean } {
  let searchId = Math.floor(startedAt / 1000) * PLACES_A_SECOND + Number.parseInt(id.slice(-5), 16)
  for (;;) {
    const found = statements(tx).get.get({ searchId })
    if (!found) return { searchId, isTaken: false }
    if (found.id === id) return { searchId, isTaken: true }
    searchId++
  }
}
