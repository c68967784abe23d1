/** One contender of the search benchmark, in a process of its own: its memory is measured too. */
import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../db/database.ts'
import { findNotes, matchExpression } from '../../db/search/findRepository.ts'
import { BENCH_KEY } from './engine.ts'
import { time } from './measure.ts'
import type { Answer, ContenderName, Question } from './searchMessages.ts'

const LIMIT = 20

/** Finds notes that have every word of the text, the last as the beginning of a word; returns how many, at most 20. */
type Search = (text: string) => number

interface MiniSearchIndex {
  search(text: string, options: object): readonly unknown[]
}

interface FlexIndex {
  add(id: number, text: string): void
  search(text: string, options: object): readonly unknown[]
}

const [, , which = '', path = ''] = process.argv

const open: Readonly<Record<ContenderName, () => Promise<Search>>> = {
  holdfast() {
    const db = openDatabase(path, BENCH_KEY)
    return Promise.resolve(
      text => findNotes(db, { text, without: null, now: Date.now(), limit: LIMIT, offset: 0 }).length,
    )
  },
  limit() {
    const plain = new Sqlite(path, { readonly: true })
    const newest = plain.prepare(
      'SELECT rowid FROM notes WHERE notes MATCH ? ORDER BY rowid DESC LIMIT ' + String(LIMIT),
    )
    return Promise.resolve(text => newest.all(matchExpression(text)).length)
  },
  async minisearch() {
    const name: string = 'minisearch'
    const { default: MiniSearch } = (await import(name)) as {
      default: { loadJSON(json: string, options: object): MiniSearchIndex }
    } // as its documentation says
    const index = MiniSearch.loadJSON(readFileSync(path, 'utf8'), { fields: ['note'] })
    return text => index.search(text, { combineWith: 'AND', prefix: isLast }).slice(0, LIMIT).length
  },
  async flexsearch() {
    const name: string = 'flexsearch'
    const { default: flexsearch } = (await import(name)) as { default: { Index: new (options: object) => FlexIndex } }
    const index = new flexsearch.Index({ tokenize: 'strict' })
    // It has no format to load from: whoever uses it builds it at each start.
    readFileSync(path, 'utf8')
      .split('\n')
      .forEach((note, id) => {
        index.add(id, note)
      })
    return text => index.search(text, { limit: LIMIT }).length
  },
}

const isLast = (_term: string, place: number, terms: readonly string[]): boolean => place === terms.length - 1

const start = performance.now()
const search = await open[which as ContenderName]()
search('bus')
const startMs = performance.now() - start

process.on('message', ({ texts }: Question) => {
  const milliseconds: number[] = []
  let found = 0
  for (const text of texts) milliseconds.push(time(() => (found += search(text))))
  const answer: Answer = { milliseconds, found, startMs, rssBytes: process.memoryUsage.rss() }
  process.send?.(answer)
})
process.send?.('ready')
