import { asc, eq, sql } from 'drizzle-orm'
import type { Event, Requirement } from '../../../shared/features/sentences/sentence.ts'
import { prepareOnce, type Database } from '../../database.ts'
import { splitRow, type Stored } from '../../records/splitRow.ts'
import { eventsTable, requirementsTable } from './sentencesTables.ts'

const statements = prepareOnce(db => {
  const caseId = sql.placeholder('caseId')
  return {
    events: db.select().from(eventsTable).where(eq(eventsTable.caseId, caseId)).orderBy(asc(eventsTable.id)).prepare(),
    requirements: db
      .select()
      .from(requirementsTable)
      .where(eq(requirementsTable.caseId, caseId))
      .orderBy(asc(requirementsTable.id))
      .prepare(),
  }
})

export const listEvents = (db: Database, caseId: string): readonly Stored<Event>[] =>
  statements(db).events.all({ caseId }).map(splitRow)

export const listRequirements = (db: Database, caseId: string): readonly Stored<Requirement>[] =>
  statements(db).requirements.all({ caseId }).map(splitRow)
