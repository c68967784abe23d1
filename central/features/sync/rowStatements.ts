import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Queries, type Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { counterTable, rowTable } from '../../db/tables.ts'
import type { SyncWriter } from './syncStore.ts'

/** The columns of a row as it travels. */
export const rowColumns = {
  entity: rowTable.entity,
  caseId: rowTable.caseId,
  id: rowTable.id,
  version: rowTable.version,
  deleted: rowTable.deleted,
  fields: rowTable.fields,
  fieldRev: rowTable.fieldRev,
}

export async function lastNumber(db: Queries): Promise<number> {
  const [counter] = await db.select({ n: counterTable.n }).from(counterTable).where(eq(counterTable.region, REGION))
  return counter?.n ?? 0
}

type RowStatements = Pick<SyncWriter, 'takeNumbers' | 'insertRows' | 'updateRows'>

const takeNumbers = prepared<{ readonly n: number }>(
  'take numbers',
  `UPDATE counter SET n = n + $1 WHERE region = '${REGION}' RETURNING n`,
)

// Many rows are one parameter, so the statement is the same for one row and for a thousand.
const insertRows = prepared(
  'insert rows',
  `INSERT INTO row_state (region, case_id, entity, id, version, deleted, fields, field_rev)
  SELECT '${REGION}', * FROM json_to_recordset($1) AS given("caseId" text, entity text, id text, version bigint,
    deleted boolean, fields jsonb, "fieldRev" jsonb)`,
)

export const rowStatements = (tx: Transaction): RowStatements => ({
  async takeNumbers(count) {
    const [counter] = await takeNumbers(tx, count)
    if (!counter) throw new Error('the centre has no counter: it was not opened by openCentre')
    return counter.n - count
  },

  async insertRows(rows) {
    await insertRows(tx, JSON.stringify(rows))
  },

  async updateRows(rows) {
    // Not prepared: a plan that was made while the table was small reads the whole of it.
    await tx.execute(sql`
      UPDATE ${rowTable} SET version = given.version, deleted = given.deleted, fields = given.fields, field_rev = given."fieldRev"
      FROM ${asRecords(rows)} AS given("caseId" text, entity text, id text, version bigint, deleted boolean, fields jsonb,
        "fieldRev" jsonb)
      WHERE ${and(
        eq(rowTable.region, REGION),
        sql`${rowTable.caseId} = given."caseId"`,
        sql`${rowTable.entity} = given.entity`,
        sql`${rowTable.id} = given.id`,
      )}`)
  },
})

/** Many rows as one parameter of a statement that is put together. */
export const asRecords = (values: readonly object[]) => sql`json_to_recordset(${JSON.stringify(values)}::json)`
