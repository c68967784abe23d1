import { cpSync } from 'node:fs'
import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import type { Device } from '../../support/centre/testCentre.ts'
import { findAuditBreak } from '../../../db/audit/auditChain.ts'
import { openDatabase, type Database } from '../../../db/database.ts'
import { STORE_FILE } from '../../../db/openStore.ts'
import { startEngine, type Engine } from '../../../electron/engine/startEngine.ts'
import type { CallName, Input, Output } from '../../../shared/ipc/contract.ts'
import { invariant, type Result } from '../../../shared/result.ts'
import { aClock, aMachine, aRandom, type TestClock, type TestPorts } from '../../support/ports.ts'
import { MIGRATIONS, TEST_KEY } from '../../support/store.ts'
import { aFolderInMemory } from '../../support/temporary.ts'
import { aLine, type Line } from './line.ts'
import type { Service } from './service.ts'
import { reference } from '../../support/reference.ts'

/** The real engine of one officer over a real encrypted store, on a line that breaks, with a clock that is moved on. */
export interface Workstation {
  readonly device: Device
  readonly line: Line
  readonly clock: TestClock
  /** A connection of the test's own to the store. */
  readonly db: () => Database
  call<Name extends CallName>(name: Name, input: Input<Name>): Result<Output<Name>>
  /** The value of a call that must not be refused. */
  value<Name extends CallName>(name: Name, input: Input<Name>): Output<Name>
  /** Moves its clock on and waits until what was due then is done. */
  forward(milliseconds: number): Promise<void>
  /** Closes the application and starts it again. */
  reopen(): Promise<void>
  /** The power goes, and comes back: what is on disk at this moment is all that is left. */
  die(): void
  readonly folder: () => string
  /** A copy of the store as it is on disk. */
  copyStore(): string
  /** Starts the application on such a copy, which may be an old one. */
  goOnFrom(folder: string): void
  /** Number of the first audit entry that does not fit, or undefined. */
  auditBreak(): number | undefined
  close(): Promise<void>
}

interface WorkstationOptions {
  readonly device: Device
  readonly centreId: string
  readonly service: Service
  /** What this PC takes for now. */
  readonly now: string
}

let starts = 0

export function aWorkstation({ device, centreId, service, now }: WorkstationOptions): Workstation {
  const clock = aClock(now)
  const line = aLine(service, clock, die)
  const ended: Promise<void>[] = []
  let running = start(aFolderInMemory())

  function start(folder: string): Running {
    line.forgetWait()
    // No two PCs, and no two runs of one, draw the same.
    const machine = aMachine({ network: line.network, clock, random: aRandom(++starts) })
    const engine = startEngine(
      machine,
      {
        folder,
        storeKey: TEST_KEY,
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
    )
    return { folder, machine, engine, db: openDatabase(join(folder, STORE_FILE), TEST_KEY) }
  }

  async function stop({ engine, db }: Running): Promise<void> {
    db.$client.close()
    await engine.stop()
  }

  function copyStore(): string {
    const folder = aFolderInMemory()
    cpSync(running.folder, folder, { recursive: true })
    return folder
  }

  function goOnFrom(folder: string): void {
    ended.push(stop(running))
    running = start(folder)
  }

  function die(): void {
    goOnFrom(copyStore())
  }

  const call = <Name extends CallName>(name: Name, input: Input<Name>) =>
    running.engine.call(device.actor, name, input) as Result<Output<Name>> // `answer` checks the output against the contract

  function value<Name extends CallName>(name: Name, input: Input<Name>): Output<Name> {
    const result = call(name, input)
    invariant(result.ok, `${name} was refused: ${JSON.stringify(result)}`)
    return result.value
  }

  async function settled(): Promise<void> {
    do {
      await line.quiet()
      await new Promise(resolve => setImmediate(resolve)) // what follows from an answer, up to the next request
    } while (value('sync.status', {}).isWorking)
  }

  return {
    device,
    line,
    clock,
    db: () => running.db,
    folder: () => running.folder,
    call,
    value,
    async forward(milliseconds) {
      line.nextMoment()
      clock.forward(milliseconds)
      running.machine.timers.run()
      await settled()
    },
    async reopen() {
      await stop(running)
      running = start(running.folder)
      await settled()
    },
    die,
    copyStore,
    goOnFrom,
    auditBreak: () =>
      findAuditBreak(running.db, new Uint8Array(hkdfSync('sha256', TEST_KEY, '', 'holdfast audit', 32))),
    async close() {
      await Promise.all([...ended, stop(running)])
    },
  }
}

interface Running {
  readonly folder: string
  readonly machine: TestPorts
  readonly engine: Engine
  readonly db: Database
}
