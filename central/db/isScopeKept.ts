import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Queries } from './database.ts'
import { REGION } from './region.ts'
import { scopeTable } from './tables.ts'

/** Who reads, and when by the centre's clock. */
export interface Reading {
  readonly userId: string
  readonly now: number
}

/** Whether the user may read the case at that instant. */
export async function isScopeKept(db: Queries, { userId, now }: Reading, caseId: string): Promise<boolean> {
  const { region, userId: user, caseId: one, until, epoch } = scopeTable
  const kept = await db
    .select({ epoch })
    .from(scopeTable)
    .where(and(eq(region, REGION), eq(user, userId), eq(one, caseId), or(isNull(until), gt(until, now))))
  return kept.length > 0
}
