import { prepareOnce, type Database } from './database.ts'

/** Pages of the full-text index that one merge step writes at most. */
const MERGE_PAGES = 32

const statements = prepareOnce(db => ({
  merge: db.$client.prepare(`INSERT INTO search_text(search_text, rank) VALUES('merge', ?)`),
  totalChanges: db.$client.prepare('SELECT total_changes()').pluck(),
}))

/** Merges a little of the full-text index. True when there was something to merge. */
export function mergeSearchIndex(db: Database): boolean {
  const before = totalChanges(db)
  statements(db).merge.run(MERGE_PAGES)
  // The documented way to see whether a merge did anything: it changes at least two rows then.
  return totalChanges(db) - before >= 2
}

/**
 * Merges a little of both search indexes towards one segment each: a merge of all leaves out what was deleted, words and
 * names of purged cases too. To be repeated until there is nothing more to do.
 *
 * @param pages of the index that this step writes at most.
 * @returns whether there was something to merge.
 */
export function mergeToOne(db: Database, pages: number): boolean {
  return ['search_text', 'name_text'].some(index => {
    const before = totalChanges(db)
    db.$client.prepare(`INSERT INTO ${index}(${index}, rank) VALUES('merge', ?)`).run(-pages)
    return totalChanges(db) - before >= 2
  })
}

/** Rows that this connection has changed since it was opened. */
export const totalChanges = (db: Database): number => statements(db).totalChanges.get() as number // SQLite answers a number

/** Pages written since the log was last written back to the store. */
export function pagesInLog(db: Database): number {
  const [state] = db.$client.pragma('wal_checkpoint(NOOP)') as { readonly log: number; readonly checkpointed: number }[] // three numbers
  return state ? state.log - state.checkpointed : 0
}

/** Writes the log back to the store. True when some of it is left for another step. */
export function writeBackLog(db: Database): boolean {
  const [state] = db.$client.pragma('wal_checkpoint(PASSIVE)') as {
    readonly busy: number
    readonly log: number
    readonly checkpointed: number
  }[] // three numbers
  return state !== undefined && state.busy === 0 && state.checkpointed < state.log
}

/** Writes the whole log back and empties its file. False while somebody else reads from it. */
export function emptyLog(db: Database): boolean {
  const [state] = db.$client.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[] // three numbers
  return state?.busy === 0
}
