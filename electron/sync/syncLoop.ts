import type { MeteredLine } from '../../shared/features/sync/syncContract.ts'
import type { Random } from '../../shared/ids.ts'
import { inTransaction } from '../../db/database.ts'
import { diskProblemOf } from '../../db/diskProblem.ts'
import { nextDueAt, resetSending } from '../../db/outbox/sendQueue.ts'
import { hasBackfill } from '../../db/sync/applyPage.ts'
import { findPurge } from '../../db/sync/purges.ts'
import { readSyncFact, readSyncNumber, writeSyncFact } from '../../db/sync/syncState.ts'
import { nextWaitMs } from './backoff.ts'
import { compareCases } from './compareCases.ts'
import { createFileLane } from './fileLane.ts'
import { createLine, type LineState } from './lineState.ts'
import { createPageSize } from './pageSize.ts'
import { backfillPage, pullChanges } from './pullChanges.ts'
import { createBatchSize, pushChanges } from './pushChanges.ts'
import { reportPurges } from './reportPurges.ts'
import { sendAudit } from './sendAudit.ts'
import type { FileFolder } from '../files/fileFolder.ts'
import type { SyncDeps } from './syncDeps.ts'
import { troubleOf, type Trouble } from './trouble.ts'

/** The loop looks at least this often whether there is something to do. */
const TICK_MS = 15_000
/** Between two runs. */
const PAUSE_MS = 50
/** With nothing to send, the centre is asked for news this often at first, and twice as seldom each time up to the longest. */
const POLL_FIRST_MS = 60_000
/** While cases are fetched, news is looked for this often. */
const NEWS_MS = 30_000
const POLL_LONGEST_MS = 5 * 60 * 1000

export interface SyncLoop {
  /** Starts looking for work. */
  start(): void
  /** Something may be due: looks at once. */
  wake(): void
  /** The officer asked: tries at once whatever the wait was. */
  syncNow(): void
  /** Ends the run that is under way, without waiting for an answer; then nothing more happens. */
  stop(): Promise<void>
  /** The PC slept: its line may be another. */
  woke(): void
  readonly line: () => LineState
}

interface SyncLoopDeps extends SyncDeps {
  readonly random: Random
  readonly files: FileFolder
  /** A file has come further on its way. */
  readonly fileMoved: () => void
  /** The centre that this PC was enrolled with: a new store belongs to it. */
  readonly centreId: string
  /** What the officer said of this PC's line. */
  readonly metered: () => MeteredLine
  readonly statusChanged: () => void
  /** A page of the store cannot be read. */
  readonly storeDamaged: () => void
}

/**
 * Decides when to sync, from what is on disk: work that is due, the wait after a failure, the next look for news. No
 * promise carries state from one run to the next, so a crash or a lost wake-up costs at most one tick.
 */
export function createSyncLoop(deps: SyncLoopDeps): SyncLoop {
  const { db, clock, timers, random, log } = deps
  const line = createLine(clock, 'never-tried', deps.statusChanged)
  const pages = createPageSize()
  const batches = createBatchSize()
  const fileLane = createFileLane(deps)
  let isStopped = false
  let running: Promise<void> | undefined
  let cancelTick: () => void = () => undefined
  let waitMs = 0
  let pollMs = POLL_FIRST_MS
  /** Monotonic times, so that changing the PC's clock neither stops nor hurries sync. */
  let notBeforeMs = 0
  /** The service asked to be left alone until then. */
  let askedUntilMs = 0
  let nextPollMs = 0
  let pulledMs = -Infinity
  let hasSaidHello = false
  /** The officer asked: this once sync does not mind what the line costs. */
  let isAsked = false
  /** As it was at the last look: what comes after a fault of the disk reads nothing more of it. */
  let metered: MeteredLine = { isMetered: false, pauses: false }

  function look(): void {
    if (isStopped) return
    const inMs = running ? TICK_MS : orFailed(TICK_MS, lookAtAll)
    if (inMs <= 0) running = run().finally(finish)
    else if (!running && isPaused() && line.state().reason !== 'paused')
      line.set({ reason: 'paused', nextTryAt: null, nextTryWhy: null })
    lookAgainIn(running ? TICK_MS : inMs)
  }

  function lookAtAll(): number {
    metered = deps.metered()
    return dueInMs()
  }

  function finish(): void {
    running = undefined
    if (!isStopped) lookAgainIn(orFailed(TICK_MS, dueInMs))
  }

  /** Sooner than a tick when something falls due sooner; never at once, so that no fault makes a loop without a pause. */
  function lookAgainIn(inMs: number): void {
    cancelTick()
    cancelTick = timers.after(Math.max(PAUSE_MS, Math.min(TICK_MS, inMs)), look)
  }

  const isPaused = (): boolean => metered.isMetered && metered.pauses && !isAsked

  /** In how many milliseconds there is something to do; 0 or less when there is. During a wait it reads nothing of the disk. */
  function dueInMs(): number {
    if (isPaused()) return TICK_MS
    const untilTry = notBeforeMs - clock.monotonicMs()
    if (untilTry > 0) return untilTry
    if (hasBackfill(db) || findPurge(db, 'receipt')) return 0
    return Math.min(workDueInMs(), nextPollMs - clock.monotonicMs(), fileLane.dueInMs())
  }

  /** Work that is held for longer than a tick was held by a clock that has since been put back. */
  function workDueInMs(): number {
    const ms = (nextDueAt(db, clock.now()) ?? Infinity) - clock.now()
    return ms > TICK_MS && ms !== Infinity ? 0 : ms
  }

  async function run(): Promise<void> {
    isAsked = false
    line.set({ isWorking: true, nextTryAt: null, nextTryWhy: null })
    try {
      const trouble = await runOnce()
      if (trouble) failed(trouble)
      else succeeded()
    } catch (error) {
      failedBy(error)
    }
  }

  function orFailed<Value>(otherwise: Value, read: () => Value): Value {
    try {
      return read()
    } catch (error) {
      failedBy(error)
      return otherwise
    }
  }

  /** This PC's own disk, or a fault of ours: neither is the line's. */
  function failedBy(error: unknown): void {
    const cause = diskProblemOf(error)
    log.write('sync.fault', { fault: error instanceof Error ? error.name : 'unknown', cause: cause ?? null })
    failed({ is: 'down', reason: cause ? 'own-disk' : 'service-fault', retryAfterMs: null })
    if (cause === 'corrupt') deps.storeDamaged()
  }

  async function runOnce(): Promise<Trouble | undefined> {
    const before = readSyncFact(db, 'cursor')
    const trouble =
      (await sayHello()) ??
      (await pushAndPull()) ??
      (await reportPurges(deps)) ??
      (await compareCases(deps)) ??
      (await backfill()) ??
      (await moveFiles())
    if (readSyncFact(db, 'cursor') !== before) pollMs = POLL_FIRST_MS
    return trouble
  }

  /** A service that fails over what this PC sends may still have news, of a case that was taken away for instance. */
  async function pushAndPull(): Promise<Trouble | undefined> {
    const trouble = await pushChanges(deps, batches)
    if (trouble && trouble.reason !== 'service-fault') return trouble
    return (await pull()) ?? trouble
  }

  async function pull(): Promise<Trouble | undefined> {
    const trouble = await pullChanges(deps, pages)
    if (!trouble) pulledMs = clock.monotonicMs()
    return trouble ?? sendAudit(deps)
  }

  /** On a slow line this takes hours: what the officer saves goes out between two pages, and news comes in as at other times. */
  async function backfill(): Promise<Trouble | undefined> {
    while (!isStopped && hasBackfill(db)) {
      const isOld = clock.monotonicMs() - pulledMs >= NEWS_MS
      const trouble = (await pushChanges(deps, batches)) ?? (isOld ? await pull() : undefined)
      if (trouble || !hasBackfill(db)) return trouble
      const troubleWithPage = await backfillPage(deps, pages)
      if (troubleWithPage) return troubleWithPage
    }
    return undefined
  }

  /** Files go last and one chunk at a time: whatever else there is to carry meanwhile goes before the next one. */
  async function moveFiles(): Promise<Trouble | undefined> {
    fileLane.askForMore()
    while (!isStopped && fileLane.dueInMs() <= 0) {
      const troubleWithFile = await fileLane.step()
      if (troubleWithFile) return troubleWithFile
      const isOld = clock.monotonicMs() - pulledMs >= NEWS_MS
      const trouble = (await pushChanges(deps, batches)) ?? (isOld ? await pull() : undefined) ?? (await backfill())
      if (trouble) return trouble
    }
    return undefined
  }

  /** Once a run of the application: is it our service, and the centre whose data this store holds? */
  async function sayHello(): Promise<Trouble | undefined> {
    if (hasSaidHello) return undefined
    const reply = await deps.client.hello()
    if (reply.is !== 'answer') return troubleOf(reply)
    const { centreId } = reply.data
    if (centreId !== (readSyncFact(db, 'centreId') ?? deps.centreId))
      return { is: 'down', reason: 'other-centre', retryAfterMs: null }
    const { incarnation } = reply.data.device
    inTransaction(db, tx => {
      writeSyncFact(tx, 'centreId', centreId)
      if (readSyncNumber(tx, 'incarnation') === undefined) writeSyncFact(tx, 'incarnation', incarnation)
    })
    deps.heard(reply.data.serverTime)
    hasSaidHello = true
    return undefined
  }

  function succeeded(): void {
    waitMs = 0
    notBeforeMs = 0
    askedUntilMs = 0
    nextPollMs = clock.monotonicMs() + pollMs
    line.set({ reason: 'up', isWorking: false, nextTryAt: clock.now() + pollMs, nextTryWhy: 'looks-for-news' })
    pollMs = Math.min(POLL_LONGEST_MS, pollMs * 2)
  }

  function failed({ reason, retryAfterMs }: Trouble): void {
    waitMs = nextWaitMs(waitMs, random, { retryAfterMs, isMetered: metered.isMetered })
    notBeforeMs = clock.monotonicMs() + waitMs
    if (retryAfterMs !== null) askedUntilMs = notBeforeMs
    // The own disk may fail while the service is to be left alone.
    notBeforeMs = Math.max(notBeforeMs, askedUntilMs)
    const nextTryWhy = notBeforeMs > askedUntilMs ? 'waits-longer' : 'service-asked'
    const nextTryAt = Math.round(clock.now() + notBeforeMs - clock.monotonicMs())
    line.set({ reason, isWorking: false, nextTryAt, nextTryWhy })
  }

  function tryAtOnce(): void {
    notBeforeMs = 0
    askedUntilMs = 0
    nextPollMs = 0
    fileLane.tryNow()
    waitMs = 0
    look()
  }

  return {
    line: line.state,

    start() {
      inTransaction(db, resetSending)
      look()
    },

    wake: look,

    syncNow() {
      isAsked = true
      tryAtOnce()
    },

    woke() {
      line.slept()
      tryAtOnce()
    },

    async stop() {
      isStopped = true
      cancelTick()
      deps.client.abandon()
      await running
    },
  }
}
