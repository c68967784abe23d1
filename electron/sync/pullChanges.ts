import { PAGE_BYTES_MAX, PAGE_BYTES_MIN, type PullItem } from '../../shared/sync/protocol.ts'
import { inTransaction } from '../../db/database.ts'
import { applyItem, applyItems, storeBackfill } from '../../db/sync/applyPage.ts'
import { applyRow } from '../../db/sync/applyRow.ts'
import { forgetSyncFact, readSyncFact, writeSyncFact } from '../../db/sync/syncState.ts'
import { findVisibleScope, type CaseScope } from '../../db/sync/scope.ts'
import type { SyncDeps } from './syncDeps.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/** A page should take about this long on the line as it is. */
const PAGE_MS = 8_000
const FIRST_PAGE_BYTES = 65_536

/** Fetches what others changed, page by page, until there is nothing new. */
export async function pullChanges(deps: SyncDeps, pages: PageSize): Promise<Trouble | undefined> {
  for (;;) {
    const cursor = readSyncFact(deps.db, 'cursor') ?? null
    const reply = await pages.measure(limitBytes => deps.client.pull({ cursor, limitBytes }), deps.clock)
    if (reply.is === 'nothing') return undefined
    if (reply.is === 'refused' && reply.error.code === 'BAD_CURSOR') {
      forgetCursor(deps)
      return { is: 'down', reason: 'service-fault', retryAfterMs: null }
    }
    if (reply.is !== 'answer') return troubleOf(reply)
    const { items, more, serverTime } = reply.data
    deps.heard(serverTime)
    const numbered = items.map((item, place) => ({ item, place, caseId: caseOf(item) }))
    const steps = applyItems(
      deps.db,
      numbered,
      (tx, { item, place }) => {
        applyItem(tx, item, place)
      },
      tx => {
        writeSyncFact(tx, 'cursor', reply.data.cursor)
      },
    )
    await runSteps(deps, steps, items.map(caseOf))
    if (!more) return undefined
  }
}

const caseOf = (item: PullItem): string => (item.kind === 'row' ? item.row.caseId : item.caseId)

/** Fetches one page of the rows of a case that came into scope: header first, then notes from the newest back. */
export async function backfillPage(deps: SyncDeps, scope: CaseScope, pages: PageSize): Promise<Trouble | undefined> {
  const { caseId, backfillAfter } = scope
  const reply = await pages.measure(bytes => deps.client.caseRows(caseId, backfillAfter, bytes), deps.clock)
  if (reply.is === 'refused' && reply.status === 404) {
    // It left scope meanwhile, and the next pull brings the revoke. A service that forgot it is asked again later.
    const trouble = await pullChanges(deps, pages)
    return trouble ?? (findVisibleScope(deps.db, caseId) && { is: 'down', reason: 'service-fault', retryAfterMs: null })
  }
  if (reply.is === 'nothing') return { is: 'down', reason: 'service-fault', retryAfterMs: null }
  if (reply.is !== 'answer') return troubleOf(reply)
  const { rows, after } = reply.data
  const steps = applyItems(deps.db, rows, applyRow, tx => {
    storeBackfill(tx, caseId, after)
  })
  await runSteps(deps, steps, [caseId])
  return undefined
}

/** Lets the window's calls go first after each transaction. */
async function runSteps(
  { timers, rowsChanged }: SyncDeps,
  steps: Iterable<void>,
  caseIds: readonly string[],
): Promise<void> {
  for (const _step of steps) await timers.yield()
  rowsChanged([...new Set(caseIds)])
}

/** The next pull asks for everything in scope again; rows that are here already cost nothing but their way. */
function forgetCursor({ db, log }: SyncDeps): void {
  log.write('sync.bad-cursor', {})
  inTransaction(db, tx => {
    forgetSyncFact(tx, 'cursor')
  })
}

/** How large a page to ask for, from how fast the last ones came. */
export interface PageSize {
  measure<Reply>(ask: (limitBytes: number) => Promise<Reply>, clock: SyncDeps['clock']): Promise<Reply>
}

export function createPageSize(): PageSize {
  let limitBytes = FIRST_PAGE_BYTES
  return {
    async measure(ask, clock) {
      const start = clock.monotonicMs()
      const reply = await ask(limitBytes)
      const tookMs = Math.max(1, clock.monotonicMs() - start)
      // Twice as large at most, so that one quick small page does not make a huge one.
      const wanted = Math.min(limitBytes * 2, (limitBytes / tookMs) * PAGE_MS)
      limitBytes = Math.round(Math.min(PAGE_BYTES_MAX, Math.max(PAGE_BYTES_MIN, wanted)))
      return reply
    },
  }
}
