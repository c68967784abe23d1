import { and, desc, eq, gt, or, sql } from 'drizzle-orm'
import { entities } from '../../../shared/sync/recordTypes.ts'
import type { Transaction } from '../../db/database.ts'
import { isScopeKept } from '../../db/isScopeKept.ts'
import { REGION } from '../../db/region.ts'
import { rowTable } from '../../db/tables.ts'
import { rowColumns } from './rowStatements.ts'
import type { SyncReader } from './syncStore.ts'

type CaseStatements = Pick<SyncReader, 'isInScope' | 'listRowsOfCase' | 'listVersionsOfCase'>

export const caseStatements = (tx: Transaction): CaseStatements => ({
  isInScope: (by, caseId) => isScopeKept(tx, by, caseId),

  listVersionsOfCase(caseId) {
    const { entity, id, version, deleted } = rowTable
    return tx
      .select({ entity, id, version, deleted })
      .from(rowTable)
      .where(and(eq(rowTable.region, REGION), eq(rowTable.caseId, caseId)))
  },

  listRowsOfCase(caseId, after, limit) {
    const order = sql.param(entities)
    const place = sql`array_position(${order}::text[], ${rowTable.entity})`
    const startedAt = sql`CASE ${rowTable.entity} WHEN 'contact' THEN (${rowTable.fields}->>'startedAt')::bigint ELSE 0 END`
    const isAfter =
      after &&
      or(
        gt(place, sql`array_position(${order}::text[], ${after.entity})`),
        and(
          eq(rowTable.entity, after.entity),
          sql`(${startedAt}, ${rowTable.id}) < (${after.startedAt}::bigint, ${after.id})`,
        ),
      )
    return tx
      .select(rowColumns)
      .from(rowTable)
      .where(and(eq(rowTable.region, REGION), eq(rowTable.caseId, caseId), isAfter ?? undefined))
      .orderBy(place, desc(startedAt), desc(rowTable.id))
      .limit(limit)
  },
})
