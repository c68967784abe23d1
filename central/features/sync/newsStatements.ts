import { and, asc, between, eq, exists, gt, gte, isNotNull, lt, max, not, or, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { rowTable, scopeEventTable, scopeTable } from '../../db/tables.ts'
import { lastNumber, rowColumns } from './rowStatements.ts'
import { holds } from './scopeStatements.ts'
import type { ReadBy, SyncReader } from './syncStore.ts'

type NewsStatements = Pick<
  SyncReader,
  'lastNumber' | 'listScopesOf' | 'listSharedCases' | 'listRowsSince' | 'listScopesSince'
>

// Keys are in byte order, so these are the cases whose id begins with `ref:`.
const isShared = and(gte(rowTable.caseId, 'ref:'), lt(rowTable.caseId, 'ref;'))

const ownScopes = ({ userId, now }: ReadBy): SQL | undefined =>
  and(eq(scopeTable.region, REGION), eq(scopeTable.userId, userId), holds(now))

export const newsStatements = (tx: Transaction): NewsStatements => ({
  lastNumber: () => lastNumber(tx),

  listScopesOf(by, afterCaseId, limit) {
    const { userId, caseId, epoch, until } = scopeTable
    return tx
      .select({ userId, caseId, epoch, until })
      .from(scopeTable)
      .where(and(ownScopes(by), gt(caseId, afterCaseId)))
      .orderBy(asc(caseId))
      .limit(limit)
  },

  async listSharedCases() {
    const shared = await tx
      .selectDistinct({ caseId: rowTable.caseId })
      .from(rowTable)
      .where(and(eq(rowTable.region, REGION), isShared))
    return shared.map(one => one.caseId)
  },

  listRowsSince(by, seq, known, limit) {
    const isGranted = exists(
      tx
        .select({ one: sql`1` })
        .from(scopeTable)
        .where(and(ownScopes(by), eq(scopeTable.caseId, rowTable.caseId))),
    )
    return tx
      .select(rowColumns)
      .from(rowTable)
      .where(
        and(
          eq(rowTable.region, REGION),
          gt(rowTable.version, seq),
          ...known.map(([first, last]) => not(between(rowTable.version, first, last))),
          or(isGranted, isShared, eq(rowTable.caseId, `me:${by.userId}`)),
        ),
      )
      .orderBy(asc(rowTable.version))
      .limit(limit)
  },

  listScopesSince(by, after, limit) {
    const { region, userId, caseId, seq, kind, epoch } = scopeEventTable
    const last = tx
      .select({ seq: max(seq).as('last_seq') })
      .from(scopeEventTable)
      .where(and(eq(region, REGION), eq(userId, by.userId), gt(seq, after)))
      .groupBy(caseId)
      .as('last')
    return tx
      .select({ seq, userId, caseId, kind, epoch, until: scopeTable.until })
      .from(last)
      .innerJoin(scopeEventTable, and(eq(region, REGION), eq(seq, last.seq)))
      .leftJoin(scopeTable, and(ownScopes(by), eq(scopeTable.caseId, caseId)))
      .where(or(eq(kind, 'revoke'), isNotNull(scopeTable.caseId)))
      .orderBy(asc(seq))
      .limit(limit)
  },
})
