import { onTestFinished } from 'vitest'
import { startEngine, type Engine } from '../../electron/engine/startEngine.ts'
import type { Enrolment } from '../../electron/engine/messages.ts'
import { join } from 'node:path'
import { STORE_FILE } from '../../db/openStore.ts'
import { openDatabase, type Database } from '../../db/database.ts'
import type { CallName, Changed, Input, Output } from '../../shared/ipc/contract.ts'
import type { Result } from '../../shared/result.ts'
import { invariant } from '../../shared/result.ts'
import { morgan } from './builders.ts'
import { aMachine, type TestPorts } from './ports.ts'
import { aStore, confirmRows, MIGRATIONS, TEST_KEY, type ConfirmedRow } from './store.ts'
import { aFolder } from './temporary.ts'
import { reference } from './reference.ts'

export interface TestEngine {
  readonly engine: Engine
  readonly machine: TestPorts
  readonly folder: string
  readonly heard: readonly Changed[]
  /** A second connection to the same store, to look behind the engine's back. */
  readonly db: Database
  call<Name extends CallName>(name: Name, input: Input<Name>): Result<Output<Name>>
  /** The value of a call that must not be refused. */
  value<Name extends CallName>(name: Name, input: Input<Name>): Output<Name>
}

interface TestEngineOptions {
  readonly rows?: readonly ConfirmedRow[]
  readonly machine?: TestPorts
  readonly enrolment?: Partial<Enrolment>
  readonly folder?: string
}

/** The real engine over a real encrypted store, with a clock that stands still. */
export function anEngine({
  rows = [],
  machine = aMachine(),
  enrolment = {},
  folder = aFolder(),
}: TestEngineOptions = {}): TestEngine {
  const prepared = aStore(folder)
  confirmRows(prepared, rows)
  prepared.$client.close()
  const heard: Changed[] = []
  const actor = enrolment.actor ?? morgan
  const engine = startEngine(
    machine,
    {
      folder,
      storeKey: TEST_KEY,
      migrations: MIGRATIONS,
      reference,
      version: '0.0.0',
      enrolment: { actor, officeName: 'Northfold', isDemo: true, centre: null, ...enrolment },
    },
    changed => heard.push(changed),
  )
  const db = openDatabase(join(folder, STORE_FILE), TEST_KEY)
  onTestFinished(async () => {
    db.$client.close()
    await engine.stop()
  })
  const call = <Name extends CallName>(name: Name, input: Input<Name>) =>
    engine.call(actor, name, input) as Result<Output<Name>> // `answer` checks the output against the contract
  return {
    engine,
    machine,
    folder,
    heard,
    db,
    call,
    value(name, input) {
      const result = call(name, input)
      invariant(result.ok, `${name} was refused: ${JSON.stringify(result)}`)
      return result.value
    },
  }
}
