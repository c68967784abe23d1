import { eq, sql } from 'drizzle-orm'
import type { Register } from '../../../shared/features/registers/register.ts'
import { prepareOnce, type Database } from '../../database.ts'
import { splitRow, type Stored } from '../../records/splitRow.ts'
import { registersTable } from './registersTable.ts'

const statements = prepareOnce(db => ({
  ofCase: db
    .select()
    .from(registersTable)
    .where(eq(registersTable.caseId, sql.placeholder('caseId')))
    .prepare(),
}))

export const listRegisters = (db: Database, caseId: string): readonly Stored<Register>[] =>
  statements(db).ofCase.all({ caseId }).map(splitRow)
