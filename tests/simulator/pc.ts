import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { hkdfSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { findAuditBreak } from '../../db/audit/auditChain.ts'
import { diskProblemOf } from '../../db/diskProblem.ts'
import { openDatabase, type Database } from '../../db/database.ts'
import { openStore, STORE_FILE } from '../../db/openStore.ts'
import { startEngine, type Engine } from '../../electron/engine/startEngine.ts'
import type { CallName, Input, Output } from '../../shared/ipc/contract.ts'
import { invariant, type Result } from '../../shared/result.ts'
import type { Device } from './centre.ts'
import type { Dice } from './dice.ts'
import type { SimulatedLine } from './line.ts'
import type { Schedule } from './schedule.ts'
import { Broken } from './broken.ts'
import { diskError, onStatement } from './statements.ts'
import { reference } from '../support/reference.ts'

const KEY = new Uint8Array(32).fill(7)
const MIGRATIONS = join(import.meta.dirname, '../../db/migrations')
const A_LOOK_MS = 1 / 1024
const AUDIT_KEY = new Uint8Array(hkdfSync('sha256', KEY, '', 'holdfast audit', 32))

/** How the disk of a PC answers. */
export type DiskFault = 'disk-full' | 'disk-read-only' | 'disk-error' | 'disk-busy' | 'disk-corrupt'
const DISK_CODES = {
  'disk-full': 'SQLITE_FULL',
  'disk-read-only': 'SQLITE_READONLY',
  'disk-error': 'SQLITE_IOERR',
  'disk-busy': 'SQLITE_BUSY',
  'disk-corrupt': 'SQLITE_CORRUPT',
} as const

/** The power went. Whatever runs on that PC ends here. */
export class PowerCut extends Error {}

/** The real engine of one officer over a real encrypted store, in a world where its clock, disk and line are made. */
export interface Pc {
  readonly device: Device
  /** The store as it is on disk, seen from outside; while the PC is off the last that was seen. */
  readonly db: () => Database
  readonly isOn: () => boolean
  /** True when its store is another than when this was last asked. */
  takeChanged(): boolean
  start(): void
  /** Closes the application as an officer does. What is under way ends first, which takes time of the world. */
  close(): Promise<void>
  /**
   * The power goes now: what is on disk at this moment is all that is left.
   *
   * @param torn what a write that was under way has left at the end of the log.
   */
  die(torn?: Uint8Array): void
  /** The power goes at that many statements from now, whatever runs then. */
  dieAtStatement(count: number): void
  /** Every statement after so many is refused until the disk is well again, or so many were refused. */
  failDisk(fault: DiskFault, afterStatements: number, refusals?: number): void
  /** From now on only statements within a transaction count for `failDisk`. Returns how many there have been. */
  countWritten(): () => number
  /** The disk is well again, and no power cut is due. */
  mend(): void
  moveClock(milliseconds: number): void
  /** Keeps the store as it is now, to be put back later. */
  keepCopy(): void
  /** @returns false where there is no copy, or it is the present store. */
  putBackCopy(): boolean
  /** Undefined when the PC is off, or its power went during the call: nobody knows then whether it was done. */
  call<Name extends CallName>(name: Name, input: Input<Name>): Result<Output<Name>> | undefined
  /** Number of the first audit entry that does not fit, or undefined. */
  auditBreak(): number | undefined
  /** Bytes of the write-ahead log on disk. */
  logBytes(): number
  /** Ends whatever runs, and removes everything. */
  end(): void
}

interface PcOptions {
  readonly device: Device
  readonly centreId: string
  readonly schedule: Schedule
  readonly dice: Dice
  readonly line: SimulatedLine
  /** How far this PC's clock is from the world's, in milliseconds. */
  readonly clockOffMs: number
}

/** What runs while the PC is on. */
interface Running {
  readonly engine: Engine
  readonly startedAt: number
  isOver: boolean
  readonly connections: Set<Sqlite.Database>
}

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const aFolder = (): string => mkdtempSync(join(memory, 'holdfast-simulated-'))

export function aPc({ device, centreId, schedule, dice, line, clockOffMs }: PcOptions): Pc {
  let folder = copyOf(emptyStore())
  const logFile = () => join(folder, `${STORE_FILE}-wal`)
  let kept: string | undefined
  let running: Running | undefined
  let seen: Database | undefined
  let clockOff = clockOffMs
  let looksMs = 0
  let statementsLeft: number | undefined
  let version: unknown
  /** Whether the engine has run a statement that may write since the store was last looked at. */
  let isTouched = true
  /** Whether the engine has opened a store since ours was opened. */
  let isOther = false
  let isOpening = false
  let askVersion: () => unknown = () => undefined
  let disk: { readonly fault: DiskFault; after: number; refusals: number } | undefined
  let written: number | undefined

  /** Runs work of the engine. It and all that follows from it meet this PC's power and disk. */
  function onThisPc<Value>(mine: Running, work: () => Value): Value | undefined {
    if (mine.isOver) return undefined
    onStatement((connection, sql) => {
      if (isOpening || connection === seen?.$client) return // it is we who look
      isTouched ||= !/^select/i.test(sql)
      // A damaged store is replaced by another file.
      if (!mine.connections.has(connection)) isOther = true
      mine.connections.add(connection)
      if (mine.isOver) throw new PowerCut()
      if (statementsLeft !== undefined && statementsLeft-- <= 0) {
        cutPower()
        throw new PowerCut()
      }
      // Taking back needs nothing of the disk: what was not committed is only in memory.
      if (sql.startsWith('ROLLBACK')) return
      if (written !== undefined) {
        if (!connection.inTransaction && !sql.startsWith('BEGIN')) return
        written++
      }
      if (disk && disk.after-- <= 0 && disk.refusals-- > 0) throw diskError(DISK_CODES[disk.fault])
    })
    try {
      return work()
    } catch (error) {
      if (mine.isOver) return undefined
      throw error
    }
  }

  function cutPower(): void {
    statementsLeft = undefined
    const [before, dead] = [folder, running]
    folder = copyOf(before)
    endRun()
    // Not now: a statement of the dead may be what brought us here.
    schedule.after(0, () => {
      for (const connection of dead?.connections ?? []) connection.close()
      remove(before)
    })
  }

  function endRun(): void {
    line.hangUp()
    closeSeen()
    if (running) running.isOver = true
    running = undefined
  }

  function closeSeen(): void {
    if (seen?.$client.open) seen.$client.close()
    seen = undefined
    version = undefined
  }

  /** A real clock has fractions of a millisecond, and goes on from one look at it to the next. */
  const aLook = () => (looksMs += A_LOOK_MS)

  function start(): void {
    if (running) return
    const begun = { startedAt: schedule.now(), isOver: false, connections: new Set<Sqlite.Database>() }
    const mine: Running = { ...begun, engine: undefined as never } // set below, before anybody asks
    running = mine
    const timers = {
      after: (delayMs: number, work: () => void) =>
        schedule.after(delayMs, () => {
          onThisPc(mine, work)
        }),
      // A crash may come between two transactions.
      yield: () => new Promise<void>(resolve => schedule.after(1, () => onThisPc(mine, resolve))),
    }
    const engine = onThisPc(mine, () =>
      startEngine(
        {
          clock: { now: () => schedule.now() + clockOff, monotonicMs: () => schedule.now() - mine.startedAt + aLook() },
          random: dice,
          timers,
          network: { request: asked => line.request(asked, work => onThisPc(mine, work)) },
          probe: { probe: () => Promise.resolve([]) },
          log: { write: () => undefined },
        },
        {
          folder,
          storeKey: KEY,
          migrations: MIGRATIONS,
          reference,
          version: '0.0.0',
          enrolment: {
            actor: device.actor,
            officeName: 'Northfold',
            isDemo: false,
            centre: { url: 'http://centre.test', token: device.token, centreId },
          },
        },
        () => undefined,
      ),
    )
    if (engine) Object.assign(mine, { engine })
  }

  const pc: Pc = {
    device,
    db() {
      if (isOther) closeSeen()
      isOther = false
      if (!seen) {
        isOpening = true
        seen = openDatabase(join(folder, STORE_FILE), KEY)
        isOpening = false
        const ask = seen.$client.prepare('PRAGMA data_version').pluck()
        askVersion = () => ask.get()
      }
      return seen
    },
    isOn: () => running !== undefined,
    takeChanged() {
      const before = version
      if (!isTouched && before !== undefined) return false
      isTouched = false
      pc.db()
      version = askVersion()
      return version !== before
    },
    start,
    async close() {
      const mine = running
      if (!mine) return
      try {
        await onThisPc(mine, () => mine.engine.stop())
      } catch (error) {
        if (diskProblemOf(error) === undefined) throw error // a disk that refuses lets the store be closed all the same
      }
      if (!mine.isOver) endRun()
    },
    die(torn) {
      if (!running) return
      cutPower()
      if (torn) appendFileSync(logFile(), torn)
    },
    dieAtStatement(count) {
      statementsLeft = count
    },
    failDisk(fault, after, refusals = Infinity) {
      disk = { fault, after, refusals }
    },
    countWritten() {
      written = 0
      return () => written ?? 0
    },
    mend() {
      disk = undefined
      statementsLeft = undefined
    },
    moveClock(milliseconds) {
      clockOff += milliseconds
    },
    keepCopy() {
      if (kept) remove(kept)
      kept = aFolder()
      cpSync(folder, kept, { recursive: true })
    },
    putBackCopy() {
      if (!kept) return false
      if (running) cutPower()
      remove(folder)
      closeSeen()
      folder = kept
      kept = undefined
      return true
    },
    call(name, input) {
      const mine = running
      if (!mine) return undefined
      if (name === 'sync.now') line.askedByOfficer()
      const result = onThisPc(mine, () => mine.engine.call(device.actor, name, input) as Result<Output<typeof name>>) // `answer` checks the output against the contract
      if (mine.isOver) return undefined
      if (result?.ok === false && result.error.code === 'internal') throw new Broken('20 crash', `${name} failed`)
      return result
    },
    auditBreak: () => findAuditBreak(pc.db(), AUDIT_KEY),
    logBytes: () => statSync(logFile(), { throwIfNoEntry: false })?.size ?? 0,
    end() {
      const last = running
      endRun()
      for (const connection of last?.connections ?? []) connection.close()
      remove(folder)
      if (kept) remove(kept)
    },
  }
  return pc
}

const remove = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
}

function copyOf(folder: string): string {
  const copy = aFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

let empty: string | undefined
/** A new store with every table. Making one takes longer than a simulated day. */
function emptyStore(): string {
  if (empty) return empty
  const folder = aFolder()
  const opened = openStore({ folder, key: KEY, migrations: MIGRATIONS, now: 0, noteDamage: () => undefined })
  invariant(opened.state === 'open', 'an empty folder can be opened')
  opened.db.$client.pragma('wal_checkpoint(TRUNCATE)')
  opened.db.$client.close()
  empty = folder
  process.once('exit', () => {
    remove(folder)
  })
  return folder
}
