import { asc, inArray } from 'drizzle-orm'
import type { Template } from '../../../shared/features/templates/template.ts'
import type { Database } from '../../database.ts'
import { splitRow, type Stored } from '../../records/splitRow.ts'
import { templatesTable } from './templatesTable.ts'

/** Templates for everybody and this user's own, in the order of their list. */
export const listTemplates = (db: Database, userId: string): readonly Stored<Template>[] =>
  db
    .select()
    .from(templatesTable)
    .where(inArray(templatesTable.caseId, ['ref:templates', `me:${userId}`]))
    .orderBy(asc(templatesTable.position), asc(templatesTable.id))
    .all()
    .map(splitRow)
