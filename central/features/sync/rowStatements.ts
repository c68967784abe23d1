import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Queries, Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { counterTable, rowTable } from '../../db/tables.ts'
import type { Row } from './pushState.ts'
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

export const rowStatements = (tx: Transaction): RowStatements => ({
  async takeNumbers(count) {
    const [counter] = await tx
      .update(counterTable)
      .set({ n: sql`${counterTable.n} + ${count}` })
      .where(eq(counterTable.region, REGION))
      .returning({ n: counterTable.n })
    if (!counter) throw new Error('the centre has no counter: it was not opened by openCentre')
    return counter.n - count
  },

  async insertRows(rows) {
    await tx.execute(insertingRows(rows))
  },

  async updateRows(rows) {
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

export const insertingRows = (rows: readonly Row[]): SQL => sql`
  INSERT INTO ${rowTable} (region, case_id, entity, id, version, deleted, fields, field_rev)
  SELECT ${REGION}, * FROM ${asRecords(rows)} AS given("caseId" text, entity text, id text, version bigint,
    deleted boolean, fields jsonb, "fieldRev" jsonb)`

/** Many rows as one parameter: a statement is the same text for one row and for a thousand. */
export const asRecords = (values: readonly object[]) => sql`json_to_recordset(${JSON.stringify(values)}::json)`
