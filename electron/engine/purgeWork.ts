import type { Actor } from '../../shared/access/actor.ts'
import { newId, type Random } from '../../shared/ids.ts'
import type { AuditChain } from '../../db/audit/auditChain.ts'
import { inTransaction, type Database } from '../../db/database.ts'
import { emptyLog, mergeToOne, pagesInLog, writeBackLog } from '../../db/housekeeping.ts'
import {
  addPurgedRows,
  drainCase,
  findPurge,
  finishPurges,
  listDrained,
  setStage,
  type Purge,
} from '../../db/sync/purges.ts'
import { removeSomeOfCase } from '../../db/sync/removeCase.ts'
import type { FileFolder } from '../files/fileFolder.ts'
import { removeFile } from './idleWork.ts'
import type { EngineClock, Timers } from './ports.ts'

interface PurgeDeps {
  readonly db: Database
  readonly clock: EngineClock
  readonly random: Random
  readonly timers: Timers
  readonly audit: AuditChain
  /** Whose store this is. */
  readonly actor: Actor
  readonly files: Pick<FileFolder, 'remove'>
  readonly removeBackups: () => void
  /** Work on a case goes out once more, or nothing is left of one: sync has something to send. */
  readonly hasNews: () => void
}

export interface PurgeWork {
  /** A case may have been taken away, or its last work been sent. */
  nudge(): void
  stop(): void
}

/** A step aims at this, so that none takes longer than the 15 ms that a save may wait. */
const STEP_MS = 7
const ROWS_A_STEP = { first: 20, least: 5, most: 500 }
const PAGES_A_STEP = { first: 8, least: 1, most: 64 }
/** Pages in the log that are worth writing back to the store. */
const LOG_PAGES_MIN = 250

/**
 * Removes the cases that were taken away, in small steps between which the window's calls go first: rows, then what the search
 * index and the log still hold of them. How far each is stands on disk, so that a start goes on where the last run ended.
 */
export function createPurgeWork(deps: PurgeDeps): PurgeWork {
  const { db, clock, random, timers, audit, actor } = deps
  const rows = createPace(clock, ROWS_A_STEP)
  const pages = createPace(clock, PAGES_A_STEP)
  let isStopped = false
  let isRunning = false

  /** @returns whether there is more to do now. */
  function step(): boolean {
    const purging = findPurge(db, 'rows')
    if (purging) return removeSome(purging)
    const [drained] = listDrained(db)
    if (drained) return drain(drained)
    return findPurge(db, 'index') !== undefined && removeTraces()
  }

  function drain(purge: Purge): boolean {
    inTransaction(db, tx => {
      drainCase(tx, purge, () => newId(clock.now(), random), clock.now())
    })
    deps.hasNews()
    return true
  }

  function removeSome({ caseId, epoch, rows: before }: Purge): boolean {
    rows.measure(limit => {
      inTransaction(db, tx => {
        const removed = removeSomeOfCase(tx, caseId, limit)
        addPurgedRows(tx, caseId, removed)
        if (removed === limit) return
        setStage(tx, caseId, 'index')
        audit.append(tx, actor, { action: 'case.purged', caseId, detail: { epoch, rows: before + removed } })
      })
    })
    return true
  }

  function removeTraces(): boolean {
    if (pages.measure(limit => mergeToOne(db, limit))) {
      if (pagesInLog(db) >= LOG_PAGES_MIN) writeBackLog(db)
      return true
    }
    if (removeFile(db, deps.files)) return true
    deps.removeBackups()
    // The step before is in the log: only what is written after it may stay there.
    if (!emptyLog(db)) return false
    inTransaction(db, finishPurges)
    deps.hasNews()
    return true
  }

  async function run(): Promise<void> {
    isRunning = true
    do await timers.yield()
    while (
      // A disk that refuses is asked again after the next piece of work.
      !isStopped &&
      tryOr(false, step)
    )
    isRunning = false
  }

  return {
    nudge() {
      if (!isStopped && !isRunning) void run()
    },
    stop() {
      isStopped = true
    },
  }
}

interface Pace {
  readonly measure: <Value>(work: (limit: number) => Value) => Value
}

/** How much one step does: so much that it takes about `STEP_MS`. */
function createPace(
  clock: EngineClock,
  { first, least, most }: { readonly first: number; readonly least: number; readonly most: number },
): Pace {
  let limit = first
  return {
    measure(work) {
      const start = clock.monotonicMs()
      const value = work(limit)
      const factor = STEP_MS / Math.max(1, clock.monotonicMs() - start)
      limit = Math.max(least, Math.min(most, Math.floor(limit * Math.min(2, factor))))
      return value
    },
  }
}

function tryOr<Value>(otherwise: Value, work: () => Value): Value {
  try {
    return work()
  } catch {
    return otherwise
  }
}
