import type { Reference } from '../../shared/features/reference/reference.ts'
import type { Database } from '../../db/database.ts'
import { inTransaction } from '../../db/database.ts'
import { mergeSearchIndex, pagesInLog, totalChanges, writeBackLog } from '../../db/housekeeping.ts'
import { forgetRemoved, isNeeded, nextRemoved } from '../../db/features/documents/documentsRepository.ts'
import { forgetConfirmed } from '../../db/outbox/sendQueue.ts'
import { settleDue } from '../../db/summary/settleDue.ts'
import type { FileFolder } from '../files/fileFolder.ts'
import type { EngineClock, Timers } from './ports.ts'

interface IdleDeps {
  readonly db: Database
  readonly clock: EngineClock
  readonly timers: Timers
  readonly reference: Reference
  readonly files: FileFolder
  /** Lines of the caseload were worked out again. */
  readonly listsChanged: () => void
}

export interface IdleWork {
  /** Work was done: what it left behind is tidied up a little later. */
  nudge(): void
  stop(): void
}

const AFTER_WORK_MS = 200
const BETWEEN_STEPS_MS = 20
const SETTLED_A_STEP = 10
const FORGOTTEN_A_STEP = 100
const CONFIRMED_KEPT_MS = 7 * 24 * 60 * 60 * 1000
const STRAYS_A_STEP = 20
/** Pages in the log that are worth writing back to the store. */
const LOG_PAGES_MIN = 250

/**
 * What a save leaves for later, in small steps while nothing else happens: lines of the caseload, the merging of the
 * search index, writing the log back to the store, forgetting what the centre confirmed a week ago, removing files that
 * nobody needs.
 */
export function createIdleWork(deps: IdleDeps): IdleWork {
  const { db, clock, timers, reference, files, listsChanged } = deps
  const removeStrays = createStrayRemoval(deps)
  let cancel: () => void = () => undefined
  let isStopped = false
  let isWaiting = false

  /** One step of a few milliseconds; true when there is more to do. */
  const steps: readonly (() => boolean)[] = [
    () => {
      const before = totalChanges(db)
      const hasMore = settleDue(db, reference, clock.now(), SETTLED_A_STEP)
      if (totalChanges(db) > before) listsChanged()
      return hasMore
    },
    () => mergeSearchIndex(db),
    () =>
      inTransaction(db, tx => forgetConfirmed(tx, clock.now() - CONFIRMED_KEPT_MS, FORGOTTEN_A_STEP)) ===
      FORGOTTEN_A_STEP,
    () => removeFile(db, files),
    removeStrays,
    () => pagesInLog(db) >= LOG_PAGES_MIN && writeBackLog(db),
  ]

  function step(): void {
    isWaiting = false
    // A disk that refuses one step now is asked again after the next piece of work; the other steps go on.
    if (steps.some(one => tryOr(false, one))) waitFor(BETWEEN_STEPS_MS)
  }

  /** While rows come in without a pause the steps go on between them, or the log would grow without end. */
  function waitFor(delayMs: number): void {
    if (isWaiting || isStopped) return
    isWaiting = true
    cancel = timers.after(delayMs, step)
  }

  return {
    nudge() {
      waitFor(AFTER_WORK_MS)
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}

/** Removes one file that was let go of from the disk. */
export function removeFile(db: Database, files: Pick<FileFolder, 'remove'>): boolean {
  const next = nextRemoved(db)
  if (!next) return false
  if (!next.isNeeded) files.remove(next.file)
  inTransaction(db, tx => {
    forgetRemoved(tx, next.file)
  })
  return true
}

/** Once a run of the application: removes files that no row names, a few at a time. A power cut or an old store leaves such. */
function createStrayRemoval({ db, files }: IdleDeps): () => boolean {
  let left: readonly string[] | undefined
  return () => {
    left ??= files.list()
    for (const name of left.slice(0, STRAYS_A_STEP)) if (!isNeeded(db, name)) files.remove(name)
    left = left.slice(STRAYS_A_STEP)
    return left.length > 0
  }
}

function tryOr<Value>(otherwise: Value, work: () => Value): Value {
  try {
    return work()
  } catch {
    return otherwise
  }
}
