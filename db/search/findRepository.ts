import { eq, sql, type SQL } from 'drizzle-orm'
import { foldText } from '../../shared/text.ts'
import { londonDate, readDate } from '../../shared/time.ts'
import { prepareOnce, type Database } from '../database.ts'
import { caseSummaryTable } from '../summary/summaryTables.ts'
import { casesTable } from '../features/cases/casesTables.ts'
import { isReadable } from '../sync/scope.ts'
import { caseScopeTable } from '../sync/syncTables.ts'
import { nameDocTable } from './searchTables.ts'

/** A person that fits what was typed. */
export interface PersonHit {
  readonly caseId: string
  readonly name: string
  readonly crn: string | null
  readonly dateOfBirth: string | null
}

/** Shortest word that the trigram index can find. */
const TRIGRAM_LENGTH = 3

/**
 * People on this PC whose name, alias, number or date of birth has every word of `text` in it; those whose family name
 * begins with the first word come first.
 */
export function findPeople(
  db: Database,
  text: string,
  page: { readonly now: number; readonly limit: number; readonly offset: number },
): { readonly total: number; readonly people: readonly PersonHit[] } {
  const fits = conditions(text, londonDate(page.now))
  if (fits.length === 0) return { total: 0, people: [] }
  const where = sql.join([...fits, isReadable(page.now)], sql` AND `)
  const lines = sql`${caseSummaryTable} s JOIN ${caseScopeTable} ON ${caseScopeTable.caseId} = s.case_id`
  const first = foldText(text).split(' ')[0] ?? ''
  const people = db.all<PersonHit>(sql`
    SELECT s.case_id AS caseId, s.name, s.crn, c.date_of_birth AS dateOfBirth
    FROM ${lines} JOIN ${casesTable} c ON c.case_id = s.case_id AND c.id = s.case_id
    WHERE ${where}
    ORDER BY substr(s.sort_name, 1, ${first.length}) <> ${first}, s.sort_name, s.case_id
    LIMIT ${page.limit} OFFSET ${page.offset}`)
  const counted = db.get<{ total: number }>(sql`SELECT count(*) AS total FROM ${lines} WHERE ${where}`)
  return { total: counted.total, people }
}

/** One condition a word, each answered by an index. */
function conditions(text: string, today: string): readonly SQL[] {
  const born = readDate(text, today)
  if (born) return [sql`s.case_id IN (SELECT case_id FROM ${casesTable} WHERE date_of_birth = ${born})`]
  return foldText(text)
    .split(' ')
    .filter(word => word !== '')
    .map(word => (word.length < TRIGRAM_LENGTH ? startsWith(word) : contains(word)))
}

const startsWith = (word: string): SQL =>
  sql`s.case_id IN (SELECT case_id FROM name_word WHERE word >= ${word} AND word < ${`${word}\u{10ffff}`})`

const contains = (word: string): SQL =>
  sql`s.case_id IN (SELECT d.case_id FROM name_text t JOIN name_doc d ON d.name_id = t.rowid
    WHERE t.name_text MATCH ${phrase(word)})`

const phrase = (word: string): string => `"${word.replaceAll('"', '""')}"`

const docs = prepareOnce(db => ({
  ofCase: db
    .select()
    .from(nameDocTable)
    .where(eq(nameDocTable.caseId, sql.placeholder('caseId')))
    .prepare(),
}))

/** What fits where the name does not: the alias, number or date of birth, as it is shown. */
export function findReason(db: Database, caseId: string, text: string): string | null {
  const words = foldText(text)
    .split(' ')
    .filter(word => word !== '')
  const all = docs(db).ofCase.all({ caseId })
  const inName = all.some(doc => doc.kind === 'name' && words.every(word => doc.folded.includes(word)))
  if (inName) return null
  const doc = all.find(one => one.kind !== 'name' && words.some(word => one.folded.includes(word)))
  return doc && doc.kind !== 'crn' ? doc.shown : null
}

/** A note that has every word, and the contact it belongs to: of an amendment that is the first record. */
export interface NoteHit {
  readonly caseId: string
  readonly id: string
  readonly startedAt: number
  readonly kind: string
  readonly note: string
}

interface NoteQuery {
  readonly text: string
  /** A case whose notes are left out. */
  readonly without: string | null
  readonly now: number
  readonly limit: number
  readonly offset: number
}

const notes = prepareOnce(db => ({
  // Newest first is the order of the index itself, so the search stops as soon as a page is full.
  newest: db.$client.prepare(`
    SELECT d.case_id AS caseId, coalesce(c.amends, c.id) AS id, c.started_at AS startedAt, c.kind AS kind, c.note AS note
    FROM search_text t
    JOIN search_doc d ON d.search_id = t.rowid
    JOIN case_scope s ON s.case_id = d.case_id AND s.state <> 'revoked' AND (s.until IS NULL OR s.until > @now)
    JOIN contacts c ON c.case_id = d.case_id
      AND c.started_at BETWEEN (t.rowid >> 20) * 1000 AND (t.rowid >> 20) * 1000 + 999 AND c.id = d.id
    WHERE t.search_text MATCH @match AND d.case_id <> @without
    ORDER BY t.rowid DESC LIMIT @limit + 0 OFFSET @offset + 0`),
}))

/** Notes on this PC that have every word of `text`, the last as the beginning of a word, newest first. */
export function findNotes(db: Database, { text, without, now, limit, offset }: NoteQuery): readonly NoteHit[] {
  const match = matchExpression(text)
  if (match === undefined) return []
  return notes(db).newest.all({ match, without: without ?? '', now, limit, offset }) as NoteHit[] // the columns named above
}

/** Words as FTS5 reads them, each quoted so that nothing in them is an operator. */
export function matchExpression(text: string): string | undefined {
  const words = foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
  const quoted = words.map((word, place) => (place === words.length - 1 ? `${phrase(word)}*` : phrase(word)))
  return quoted.length > 0 ? quoted.join(' AND ') : undefined
}
