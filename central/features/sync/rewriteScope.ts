import { londonDate } from '../../../shared/time.ts'
import { compareScopes, type ScopeChanges, scopesOn } from './scope.ts'
import type { ScopeEvent, SyncStore, SyncWriter } from './syncStore.ts'

/**
 * Brings the kept scopes of these cases to what the assignments say now. Belongs in the transaction that changes an
 * assignment, after the change. It takes the counter's lock, so the changed assignments are locked before.
 */
export async function rewriteScope(tx: SyncWriter, caseIds: readonly string[], now: number): Promise<void> {
  await tx.takeNumbers(0) // from here on nobody else rewrites a scope
  const [assigned, kept, lastEpochs] = [
    await tx.listAssigned(caseIds),
    await tx.listScopes(caseIds),
    await tx.readLastEpochs(caseIds),
  ]
  const { scopes, due } = scopesOn(assigned, londonDate(now))
  const changes = compareScopes(kept, scopes, lastEpochs)
  const events = eventsOf(changes)
  if (events.length > 0) await tx.insertScopeEvents(events, await tx.takeNumbers(events.length), now)
  await tx.storeScopes(changes)
  await tx.storeDue(caseIds, due)
}

const eventsOf = ({ granted, revoked }: ScopeChanges): readonly ScopeEvent[] => [
  ...revoked.map(({ userId, caseId, epoch }) => ({ userId, caseId, epoch, kind: 'revoke' as const })),
  ...granted.map(({ userId, caseId, epoch }) => ({ userId, caseId, epoch, kind: 'grant' as const })),
]

const DUE_CASES_MAX = 500

/** Brings every scope up to date that the calendar has changed: an assignment begins or ends at midnight in London. */
export async function settleDueScopes(store: SyncStore, now: number): Promise<void> {
  for (;;) {
    const due = await store.listCasesDue(now, DUE_CASES_MAX)
    if (due.length === 0) return
    await store.write(tx => rewriteScope(tx, due, now))
  }
}
