import { CASES_A_PAGE_MAX, type CaseRowsAnswer, type PullAnswer, type PullItem } from '../../shared/sync/protocol.ts'
import { inTransaction } from '../../db/database.ts'
import { mergeSearchIndex } from '../../db/housekeeping.ts'
import {
  applyItem,
  applyItems,
  listBackfills,
  restartBackfills,
  ROWS_A_TRANSACTION,
  storeBackfill,
} from '../../db/sync/applyPage.ts'
import { applyRow } from '../../db/sync/applyRow.ts'
import { forgetKnown, readKnown } from '../../db/sync/knownVersions.ts'
import { forgetSyncFact, readSyncFact, writeSyncFact } from '../../db/sync/syncState.ts'
import { countRevokes, hasUncounted, isBeingPurged, setStage } from '../../db/sync/purges.ts'
import { removeSomeOfCase } from '../../db/sync/removeCase.ts'
import { findVisibleScope, type CaseScope } from '../../db/sync/scope.ts'
import type { Reply } from './centralClient.ts'
import { deviceReport } from './deviceReport.ts'
import type { PageSize } from './pageSize.ts'
import type { SyncDeps } from './syncDeps.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/** Fetches what others changed, page by page, until there is nothing new. */
export async function pullChanges(deps: SyncDeps, pages: PageSize): Promise<Trouble | undefined> {
  for (;;) {
    const cursor = readSyncFact(deps.db, 'cursor') ?? null
    const known = readKnown(deps.db)
    const report = deviceReport(deps)
    const ask = (limitBytes: number) => deps.client.pull({ report, cursor, known: [...known], limitBytes })
    const reply = await pages.measure(deps.clock, ask, hasMore)
    if (reply.is === 'nothing') deps.heard(null)
    if (reply.is === 'nothing') return countLeft(deps)
    if (reply.is === 'refused' && reply.error.code === 'BAD_CURSOR') startAfresh(deps)
    if (reply.is !== 'answer') return troubleOf(reply)
    const { items, more, serverTime } = reply.data
    deps.heard(serverTime)
    await finishPurging(deps, items)
    const numbered = items.map((item, place) => ({ item, place, caseId: caseOf(item) }))
    const steps = applyItems(
      deps.db,
      numbered,
      (tx, { item, place }) => {
        applyItem(tx, item, place)
      },
      tx => {
        writeSyncFact(tx, 'cursor', reply.data.cursor)
        if (!more) forgetKnown(tx)
        if (!more) countRevokes(tx, deps.clock.now())
      },
    )
    await runSteps(deps, steps, items.map(caseOf))
    if (!more) return undefined
  }
}

/** Counts the cases that left scope without a word in the news. */
function countLeft({ db, clock, rowsChanged }: SyncDeps): undefined {
  if (!hasUncounted(db)) return
  inTransaction(db, tx => {
    countRevokes(tx, clock.now())
  })
  rowsChanged([])
}

/** A case that comes back while its rows are being removed is fetched anew: what is left of it goes first. */
async function finishPurging({ db, timers }: SyncDeps, items: readonly PullItem[]): Promise<void> {
  for (const { caseId } of items.filter(item => item.kind === 'grant')) {
    while (isBeingPurged(db, caseId)) {
      inTransaction(db, tx => {
        if (removeSomeOfCase(tx, caseId, ROWS_A_TRANSACTION) < ROWS_A_TRANSACTION) setStage(tx, caseId, 'index')
      })
      await timers.yield()
    }
  }
}

const caseOf = (item: PullItem): string => (item.kind === 'row' ? item.row.caseId : item.caseId)

/** Steps of merging after each page of rows. */
const MERGES_A_PAGE = 10

const NOTHING_ANSWERED: Trouble = { is: 'down', reason: 'service-fault', retryAfterMs: null }

/**
 * Fetches one page of the rows of cases that came into scope, one case after the other: of each its header first, then
 * notes from the newest back.
 */
export async function backfillPage(deps: SyncDeps, pages: PageSize): Promise<Trouble | undefined> {
  const scopes = listBackfills(deps.db, CASES_A_PAGE_MAX)
  const cases = scopes.map(({ caseId, backfillAfter }) => ({ caseId, after: backfillAfter }))
  const ask = (limitBytes: number) => deps.client.caseRows({ cases, limitBytes })
  const isFull = (reply: Reply<CaseRowsAnswer>) => reply.is === 'answer' && isPageFull(reply.data, cases.length)
  const reply = await pages.measure(deps.clock, ask, isFull)
  if (reply.is !== 'answer') return troubleOf(reply)
  // Nothing would come of asking again at once.
  if (reply.data.cases.length + reply.data.notFound.length === 0) return NOTHING_ANSWERED
  for (const { caseId, rows, after } of reply.data.cases) {
    const steps = applyItems(deps.db, rows, applyRow, tx => {
      storeBackfill(tx, caseId, after)
    })
    await runSteps(deps, steps, [caseId])
  }
  await keepIndexMerged(deps)
  const missing = scopes.filter(({ caseId }) => reply.data.notFound.includes(caseId))
  return missing.length > 0 ? leaveCases(deps, missing, pages) : undefined
}

/** Rows that come in faster than idle work merges the index would leave it in ever more parts. */
async function keepIndexMerged({ db, timers }: SyncDeps): Promise<void> {
  for (let step = 0; step < MERGES_A_PAGE && mergeSearchIndex(db); step++) await timers.yield()
}

const isPageFull = ({ cases, notFound }: CaseRowsAnswer, asked: number): boolean =>
  cases.length + notFound.length < asked || cases.at(-1)?.after !== null

/** They left scope meanwhile, and the next pull says so. After a bad cursor no pull does: then this answer counts. */
async function leaveCases(
  deps: SyncDeps,
  missing: readonly CaseScope[],
  pages: PageSize,
): Promise<Trouble | undefined> {
  const trouble = await pullChanges(deps, pages)
  if (trouble) return trouble
  const left = missing.filter(({ caseId, epoch }) => findVisibleScope(deps.db, caseId)?.epoch === epoch)
  inTransaction(deps.db, tx => {
    for (const { caseId, epoch } of left) applyItem(tx, { kind: 'revoke', caseId, epoch }, 0)
  })
  deps.rowsChanged(left.map(one => one.caseId))
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

/** What changed since the cursor cannot be told apart any more: grants and all rows in scope are asked for again. */
function startAfresh({ db, log }: SyncDeps): void {
  log.write('sync.bad-cursor', {})
  inTransaction(db, tx => {
    forgetSyncFact(tx, 'cursor')
    forgetKnown(tx)
    restartBackfills(tx)
  })
}

const hasMore = (reply: Reply<PullAnswer>): boolean => reply.is === 'answer' && reply.data.more
