import { eq, sql } from 'drizzle-orm'
import { foldText } from '../../shared/text.ts'
import { dayMonthYear } from '../../shared/time.ts'
import { prepareOnce, type Transaction } from '../database.ts'
import { aliasesTable, casesTable, identifiersTable } from '../features/cases/casesTables.ts'
import { nameDocTable, nameWordTable } from './searchTables.ts'

type NameDoc = Pick<typeof nameDocTable.$inferInsert, 'kind' | 'shown' | 'folded'>

const statements = prepareOnce(db => {
  const caseId = sql.placeholder('caseId')
  return {
    person: db.select().from(casesTable).where(eq(casesTable.caseId, caseId)).prepare(),
    aliases: db.select().from(aliasesTable).where(eq(aliasesTable.caseId, caseId)).prepare(),
    identifiers: db.select().from(identifiersTable).where(eq(identifiersTable.caseId, caseId)).prepare(),
    docs: db.select().from(nameDocTable).where(eq(nameDocTable.caseId, caseId)).prepare(),
    removeDocs: db.delete(nameDocTable).where(eq(nameDocTable.caseId, caseId)).prepare(),
    removeWords: db.delete(nameWordTable).where(eq(nameWordTable.caseId, caseId)).prepare(),
    addText: db.$client.prepare('INSERT INTO name_text(rowid, folded) VALUES (?, ?)'),
    removeText: db.$client.prepare(`INSERT INTO name_text(name_text, rowid, folded) VALUES ('delete', ?, ?)`),
  }
})

/** Makes the person findable by every name and number of the case, as they stand now. */
export function indexNames(tx: Transaction, caseId: string): void {
  unindexNames(tx, caseId)
  const docs = nameDocs(tx, caseId)
  for (const doc of docs) {
    const { nameId } = tx
      .insert(nameDocTable)
      .values({ caseId, ...doc })
      .returning({ nameId: nameDocTable.nameId })
      .get()
    statements(tx).addText.run(nameId, doc.folded)
  }
  const words = new Set(docs.filter(isName).flatMap(doc => doc.folded.split(/[ '-]/)))
  for (const word of words) {
    if (word !== '') tx.insert(nameWordTable).values({ word, caseId }).run()
  }
}

export function unindexNames(tx: Transaction, caseId: string): void {
  const { docs, removeDocs, removeWords, removeText } = statements(tx)
  for (const doc of docs.all({ caseId })) removeText.run(doc.nameId, doc.folded)
  removeDocs.run({ caseId })
  removeWords.run({ caseId })
}

const isName = (doc: NameDoc): boolean => doc.kind === 'name' || doc.kind === 'alias'

function nameDocs(tx: Transaction, caseId: string): readonly NameDoc[] {
  const { person, aliases, identifiers } = statements(tx)
  const one = person.get({ caseId })
  const names = one ? [nameDoc('name', one.givenName, one.familyName, one.preferredName)] : []
  const born = one?.dateOfBirth ? [bornDoc(one.dateOfBirth)] : []
  const others = aliases.all({ caseId }).map(alias => nameDoc('alias', alias.givenName, alias.familyName, ''))
  const numbers = identifiers
    .all({ caseId })
    .map(({ kind, value }): NameDoc => ({ kind, shown: value, folded: foldText(value) }))
  return [...names, ...born, ...others, ...numbers]
}

function nameDoc(kind: 'name' | 'alias', given: string, family: string, preferred: string): NameDoc {
  return { kind, shown: `${given} ${family}`.trim(), folded: foldText(`${given} ${preferred} ${family}`) }
}

/** The ways in which a date of birth is typed. */
function bornDoc(date: string): NameDoc {
  const [year = '', month = '', day = ''] = date.split('-')
  const short = `${Number(day)}/${Number(month)}/${year}`
  const ways = [date, short, `${day}/${month}/${year}`, `${day}${month}${year}`, dayMonthYear(date)]
  return { kind: 'born', shown: dayMonthYear(date), folded: foldText(ways.join(' ')) }
}
