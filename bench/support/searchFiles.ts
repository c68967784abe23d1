import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../db/database.ts'
import { storeFile } from './bigStore.ts'
import { BENCH_KEY } from './engine.ts'
import { makeOnce } from './keptFolders.ts'
import type { ContenderName } from './searchMessages.ts'

type MiniSearchMaker = new (options: object) => { addAll(documents: readonly object[]): void }

/** The notes of the store, and for each contender the file it starts from; made the first time and kept by the store. */
export async function makeSearchFiles(
  folder: string,
): Promise<{ readonly notes: readonly string[]; readonly files: Readonly<Record<ContenderName, string>> }> {
  const notes = readNotes(folder)
  const name: string = 'minisearch'
  const { default: MiniSearch } = (await import(name)) as { default: MiniSearchMaker } // as its documentation says
  const made = join(folder, 'search')
  makeOnce(made, making => {
    const files = filesIn(making)
    makePlainIndex(files.limit, notes)
    const index = new MiniSearch({ fields: ['note'] })
    index.addAll(notes.map((note, id) => ({ id, note })))
    writeFileSync(files.minisearch, JSON.stringify(index))
    writeFileSync(files.flexsearch, notes.join('\n'))
  })
  return { notes, files: { holdfast: storeFile(folder), ...filesIn(made) } }
}

const filesIn = (folder: string) => ({
  limit: join(folder, 'plain-notes.db'),
  minisearch: join(folder, 'minisearch.json'),
  flexsearch: join(folder, 'notes.txt'),
})

/** Oldest first, each on one line. */
function readNotes(folder: string): readonly string[] {
  const db = openDatabase(storeFile(folder), BENCH_KEY, { readonly: true })
  const notes = db.$client.prepare('SELECT note FROM contacts ORDER BY started_at, id').pluck().all() as string[]
  db.$client.close()
  return notes.map(note => note.replaceAll('\n', ' '))
}

function makePlainIndex(path: string, notes: readonly string[]): void {
  const plain = new Sqlite(path)
  plain.exec(`CREATE VIRTUAL TABLE notes USING fts5(body, content='', contentless_delete=1, prefix='2 3',
    tokenize='unicode61 remove_diacritics 2')`)
  const insert = plain.prepare('INSERT INTO notes(body) VALUES (?)')
  plain.transaction(() => {
    for (const note of notes) insert.run(note)
  })()
  plain.exec(`INSERT INTO notes(notes) VALUES('optimize')`)
  plain.close()
}

/** Reads the whole file, so that no contender pays for a cold disk. */
export const warm = (path: string): number => readFileSync(path).length
