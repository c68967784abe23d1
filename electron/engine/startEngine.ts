import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import type { Actor } from '../../shared/access/actor.ts'
import type { Reference } from '../../shared/features/reference/reference.ts'
import type { StoreProblem } from '../../shared/features/session/sessionContract.ts'
import { newId } from '../../shared/ids.ts'
import type { CallName, Changed } from '../../shared/ipc/contract.ts'
import { ok, refuse, type DiskProblem, type Result } from '../../shared/result.ts'
import { createAuditChain, findAuditBreak, type AuditChain } from '../../db/audit/auditChain.ts'
import { inTransaction, type Database, type Transaction } from '../../db/database.ts'
import { diskProblemOf } from '../../db/diskProblem.ts'
import { forgetLeftBehind } from '../../db/features/documents/documentsRepository.ts'
import { listFormsWithDraft } from '../../db/features/forms/draftsRepository.ts'
import { writeSetting } from '../../db/features/session/sessionRepository.ts'
import { emptyLog } from '../../db/housekeeping.ts'
import { openStore, removeBackups, type DamagedFile } from '../../db/openStore.ts'
import { applySetAside } from '../../db/sync/applyPage.ts'
import { readSyncFact, readSyncNumber, writeSyncFact } from '../../db/sync/syncState.ts'
import { answer } from '../ipc/answer.ts'
import { createHandlers } from '../ipc/handlers.ts'
import { createServices } from '../services.ts'
import { createLineCheck, type LineChecker } from '../sync/checkLine.ts'
import { openFileFolder, type FileFolder } from '../files/fileFolder.ts'
import { createCentralClient } from '../sync/centralClient.ts'
import { firstLine } from '../sync/lineState.ts'
import { readMeteredLine } from '../sync/meteredLine.ts'
import { createSyncLoop, type SyncLoop } from '../sync/syncLoop.ts'
import { createChanges } from './changes.ts'
import { placesOf } from './faultPlaces.ts'
import { createIdleWork } from './idleWork.ts'
import { DEVICE_WITHOUT_CENTRE, type EngineStart } from './messages.ts'
import type { EnginePorts } from './ports.ts'
import { createPurgeWork } from './purgeWork.ts'

/** Services, store and sync of one officer, in one thread. */
export interface Engine {
  call(actor: Actor, name: CallName, input: unknown): Result<unknown>
  /** The PC woke up: its line may be another. */
  lineChanged(): void
  /** Finishes what is under way and closes the store. */
  stop(): Promise<void>
}

/** What `EngineStart` says, with what the worker makes of it. */
export interface EngineOptions extends Omit<EngineStart, 'resources' | 'demo'> {
  readonly reference: Reference
}

/** Fills an empty store that never had a centre; wired in by the worker, so that the engine knows no generator. */
export type FillStore = (db: Database, actor: Actor, now: number) => void

/** Beside the store: the sealed files of documents. */
export const FILES_FOLDER = 'files'
const LEFT_FILES_KEPT_MS = 24 * 60 * 60 * 1000
const RETRY_OPEN_MS = 5_000
/** Audit entries that are checked at each start; the whole chain is checked by the centre. */
const AUDIT_CHECKED = 100

/**
 * Builds everything from the ports. A store that cannot be opened yet is tried again; meanwhile every call but
 * `session.get` is refused.
 */
export function startEngine(
  ports: EnginePorts,
  start: EngineOptions,
  tell: (changed: Changed) => void,
  fillStore?: FillStore,
): Engine {
  const { clock, timers, log } = ports
  const auditKey = new Uint8Array(hkdfSync('sha256', start.storeKey, '', 'holdfast audit', 32))
  const audit = createAuditChain(auditKey, clock)
  const { reference } = start
  const changed = createChanges(timers, tell)
  let cancelRetry: () => void = () => undefined
  let open: OpenEngine | StoreProblem = tryToOpen()

  function tryToOpen(isDamaged = false): OpenEngine | StoreProblem {
    const { folder, storeKey: key, migrations } = start
    const opened = openStore({ folder, key, migrations, now: clock.now(), isDamaged, noteDamage })
    log.write('store.open', { state: opened.state })
    if (opened.state === 'newer') return { kind: 'newer', found: opened.found, known: opened.known }
    if (opened.state === 'not-writable') return tryLater(opened.cause, isDamaged)
    try {
      checkAudit(opened.db, auditKey, log)
      const storeDamaged = (): void => {
        // What is under way reads the store to its end.
        cancelRetry = timers.after(0, () => {
          if (open === engine) replaceStore(engine)
        })
      }
      const engine = openEngine({ ports, start, reference, changed, fillStore, audit, storeDamaged }, opened.db)
      return engine
    } catch (error) {
      opened.db.$client.close()
      const cause = diskProblemOf(error)
      if (cause === undefined) throw error
      return cause === 'corrupt' && !isDamaged ? tryToOpen(true) : tryLater(cause)
    }
  }

  function tryLater(cause: DiskProblem, isDamaged = false): StoreProblem {
    cancelRetry = timers.after(RETRY_OPEN_MS, () => {
      open = tryToOpen(isDamaged)
      changed({ topic: 'session' })
    })
    return { kind: 'not-writable', cause, path: start.folder }
  }

  function noteDamage(tx: Transaction, damaged: DamagedFile): void {
    log.write('store.damaged', { ...damaged })
    writeSetting(tx, 'damage', { ...damaged, at: clock.now() })
    audit.append(tx, start.enrolment.actor, { action: 'store.damaged', detail: { ...damaged } })
  }

  /** A page could not be read: the file is kept aside, and the work goes on in a new store with what could be saved. */
  function replaceStore(damaged: OpenEngine): void {
    damaged.abandon()
    open = tryToOpen(true)
    changed({ topic: 'session' })
  }

  return {
    call(actor, name, input) {
      if ('call' in open) {
        const result = open.call(actor, name, input)
        if (isDamage(result)) replaceStore(open)
        return result
      }
      return name === 'session.get' ? ok({ state: 'closed', problem: open }) : refuse({ code: 'store-closed' })
    },
    lineChanged() {
      if ('call' in open) open.sync?.woke()
    },
    async stop() {
      cancelRetry()
      if ('call' in open) await open.stop()
    },
  }
}

interface OpenEngine {
  readonly call: Engine['call']
  readonly sync: SyncLoop | undefined
  readonly stop: () => Promise<void>
  /** Lets go of a store that cannot be read. */
  readonly abandon: () => void
}

const isDamage = (result: Result<unknown>): boolean =>
  !result.ok && result.error.code === 'not-saved' && result.error.cause === 'corrupt'

interface Parts {
  readonly ports: EnginePorts
  readonly start: EngineOptions
  readonly reference: Reference
  readonly changed: (changed: Changed) => void
  readonly fillStore: FillStore | undefined
  readonly audit: AuditChain
  /** Sync met a page that cannot be read. */
  readonly storeDamaged: () => void
}

function openEngine(parts: Parts, db: Database): OpenEngine {
  const { ports, start, reference, changed, fillStore, audit } = parts
  const { clock, random, timers, log } = ports
  const { enrolment } = start
  readAgain(db, start.version)
  const files = openFileFolder(join(start.folder, FILES_FOLDER), random)
  if (enrolment.actor.deviceId === DEVICE_WITHOUT_CENTRE) fillStore?.(db, enrolment.actor, clock.now())
  forgetLeftFiles(db, clock.now())
  const idle = createIdleWork({
    db,
    clock,
    timers,
    reference,
    files,
    listsChanged: () => changed({ topic: 'caseload' }),
  })
  const purge = createPurgeWork({
    ...{ db, clock, random, timers, audit, files, actor: enrolment.actor },
    removeBackups: () => {
      removeBackups(start.folder)
    },
    hasNews: () => sync?.wake(),
  })
  const heardTime = createHeardTime(db, clock)
  const nudge = (): void => {
    idle.nudge()
    purge.nudge()
  }
  const sync = createSync(parts, db, { files, heard: heardTime.heard, nudge, contactTried: purge.nudge })
  const services = createServices({
    db,
    clock,
    random,
    reference,
    audit,
    changed: change => {
      changed(change)
      idle.nudge()
      // What was just saved goes out when its 10 seconds of Undo are over.
      sync?.wake()
    },
    serverSeen: heardTime.seen,
    line: sync?.line ?? noLine(clock),
    syncNow: () => sync?.syncNow(),
    lineCheck: createCheck(parts, db),
    files,
    office: {
      officeName: enrolment.officeName,
      isDemo: enrolment.isDemo,
      hasCentre: enrolment.centre !== null,
    },
    version: start.version,
  })
  inTransaction(db, tx => {
    audit.append(tx, enrolment.actor, { action: 'session.opened' })
  })
  const handlers = createHandlers(services)
  const newReference = () => newId(clock.now(), random).slice(-4).toUpperCase()
  sync?.start()
  nudge()
  return {
    sync,
    call: (actor, name, input) =>
      answer(
        {
          handlers,
          newReference,
          logFault: ({ reference: mark, call, error }) => {
            log.write('fault', { reference: mark, call, ...whereThrown(error) })
          },
        },
        actor,
        name,
        input,
      ),
    async stop() {
      await sync?.stop()
      idle.stop()
      purge.stop()
      closeStore(db)
    },
    abandon() {
      void sync?.stop()
      idle.stop()
      purge.stop()
      db.$client.close()
    },
  }
}

/** After an update: what the version before could not read, this one may. */
function readAgain(db: Database, version: string): void {
  if (readSyncFact(db, 'version') === version) return
  applySetAside(db)
  inTransaction(db, tx => {
    writeSyncFact(tx, 'version', version)
  })
}

/** Half a file that this PC was reading when it stopped, and what screens left behind without a draft. */
function forgetLeftFiles(db: Database, now: number): void {
  inTransaction(db, tx => {
    forgetLeftBehind(tx, now - LEFT_FILES_KEPT_MS, listFormsWithDraft(tx))
  })
}

/** The log is written back if the disk lets it; what is in it is safe there too. */
function closeStore(db: Database): void {
  try {
    emptyLog(db)
  } finally {
    db.$client.close()
  }
}

function createSync(
  { ports, start, changed, storeDamaged }: Parts,
  db: Database,
  {
    files,
    heard,
    nudge,
    contactTried,
  }: {
    readonly files: FileFolder
    readonly heard: (serverTime: number | null) => void
    readonly nudge: () => void
    readonly contactTried: () => void
  },
): SyncLoop | undefined {
  const { centre } = start.enrolment
  if (!centre) return undefined
  return createSyncLoop({
    ...ports,
    db,
    client: createCentralClient(ports.network, centre.url, centre.token),
    centreId: centre.centreId,
    version: start.version,
    metered: () => readMeteredLine(db),
    files,
    heard,
    rowsChanged(caseIds) {
      for (const caseId of new Set(caseIds)) changed({ topic: 'case', caseId })
      changed({ topic: 'diary' })
      changed({ topic: 'caseload' })
      nudge()
    },
    fileMoved: () => {
      changed({ topic: 'documents' })
    },
    statusChanged: () => {
      changed({ topic: 'sync' })
      contactTried()
    },
    storeDamaged,
  })
}

function createCheck({ ports, start, changed }: Parts, db: Database): LineChecker | undefined {
  const { centre } = start.enrolment
  if (!centre) return undefined
  return createLineCheck({
    ...ports,
    client: createCentralClient(ports.network, centre.url, centre.token),
    url: centre.url,
    centreId: () => readSyncFact(db, 'centreId') ?? centre.centreId,
    onChange: () => {
      changed({ topic: 'sync' })
    },
  })
}

/** Two contacts that are further apart say nothing of the time between: the PC may have slept. */
const ONE_CONTACT_MS = 15 * 60 * 1000

/** What the centre's clock said, and how long ago by a clock that nobody can put back. */
function createHeardTime(db: Database, clock: EnginePorts['clock']) {
  let seen: { readonly at: number; readonly monotonicMs: number } | undefined
  let contactMs = clock.monotonicMs()
  return {
    heard(serverTime: number | null): void {
      const sinceLastMs = clock.monotonicMs() - contactMs
      contactMs = clock.monotonicMs()
      if (serverTime !== null) seen = { at: serverTime, monotonicMs: contactMs }
      inTransaction(db, tx => {
        writeSyncFact(tx, 'lastContactAt', clock.now())
        if (serverTime !== null) writeSyncFact(tx, 'clockAheadMs', clock.now() - serverTime)
        const before = readSyncNumber(tx, 'contactMs') ?? 0
        if (sinceLastMs <= ONE_CONTACT_MS) writeSyncFact(tx, 'contactMs', before + Math.round(sinceLastMs))
      })
    },
    seen: () => (seen ? { at: seen.at, agoMs: Math.round(clock.monotonicMs() - seen.monotonicMs) } : null),
  }
}

function noLine(clock: EnginePorts['clock']) {
  const state = firstLine(clock, 'no-centre')
  return () => state
}

function checkAudit(db: Database, key: Uint8Array, log: EnginePorts['log']): void {
  const last = (db.$client.prepare('SELECT max(n) FROM audit').pluck().get() as number | null) ?? 0 // one number or nothing
  const brokenAt = findAuditBreak(db, key, Math.max(0, last - AUDIT_CHECKED))
  if (brokenAt !== undefined) log.write('audit.break', { entry: brokenAt })
}

/** Name and place of a fault. Its message may hold what somebody typed, so it stays out of the log. */
function whereThrown(error: unknown): { readonly fault: string; readonly at: string } {
  if (!(error instanceof Error)) return { fault: typeof error, at: '' }
  return { fault: error.name, at: placesOf(error).slice(0, 4).join(' < ') }
}
