import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { inTransaction, openDatabase, type Database } from '../../db/database.ts'
import { STORE_FILE } from '../../db/openStore.ts'
import { applyRow } from '../../db/sync/applyRow.ts'
import type { WireRow } from '../../shared/sync/protocol.ts'
import { contract, type CallName } from '../../shared/ipc/contract.ts'
import { aCase, aContact, anEntry, anId, formIds, morgan } from '../../tests/support/builders.ts'
import { anEngine } from '../../tests/support/engine.ts'
import { aMachine } from '../../tests/support/ports.ts'
import { aStore, confirmRows, MIGRATIONS, spoilPage, TEST_KEY } from '../../tests/support/store.ts'
import { aFolder, aFolderInMemory } from '../../tests/support/temporary.ts'
import { fillDemoStore } from '../demoOffice.ts'
import { DEVICE_WITHOUT_CENTRE } from './messages.ts'
import { startEngine, type FillStore } from './startEngine.ts'
import { reference } from '../../tests/support/reference.ts'

const MARKER = 'Quillfeatherstone'

/** An engine over whatever is in the folder. */
function startOver(folder: string, actor = morgan, fillStore?: FillStore) {
  const machine = aMachine()
  const heard: string[] = []
  const start = {
    folder,
    storeKey: TEST_KEY,
    migrations: MIGRATIONS,
    reference,
    version: '0.0.0',
    enrolment: { actor, officeName: 'Northfold', isDemo: true, centre: null },
  }
  const engine = startEngine(machine, start, changed => heard.push(changed.topic), fillStore)
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= engine.stop())
  onTestFinished(stop)
  return { engine, machine, heard, stop, session: () => engine.call(morgan, 'session.get', {}) }
}

/** The store once more, behind the engine's back. */
function openBehind(folder: string): Database {
  const db = openDatabase(join(folder, STORE_FILE), TEST_KEY)
  onTestFinished(() => {
    db.$client.close()
  })
  return db
}

describe('a fault', () => {
  /** Saving a contact meets a rule of the store that refuses it with a message that quotes what was typed. */
  function aBrokenSave(note: string) {
    const { caseId, rows } = aCase(() => [], { familyName: MARKER })
    const test = anEngine({ rows, folder: aFolderInMemory() })
    test.db.$client.exec(
      'CREATE TRIGGER spoilt BEFORE INSERT ON contacts BEGIN SELECT RAISE(ABORT, NEW.note || NEW.place); END',
    )
    const rest = { appointmentId: null, appointmentBaseRev: 0, mends: null }
    const entry = anEntry({ note, place: `at ${MARKER}` })
    const answered = test.call('contacts.record', { ids: formIds(), caseId, ...rest, entry })
    const logged = test.machine.logged.map(line => JSON.parse(line) as Record<string, string>)
    return { ...test, caseId, answered, fault: logged.find(one => one['event'] === 'fault'), logged }
  }

  it('is answered with a reference that the log has, beside the call and the place in the code', () => {
    const { answered, fault } = aBrokenSave('A note.')

    expect(answered).toEqual({
      ok: false,
      error: { code: 'internal', reference: expect.stringMatching(/^[0-9A-F]{4}$/) as string },
    })
    const reference = !answered.ok && answered.error.code === 'internal' ? answered.error.reference : ''
    expect(fault).toMatchObject({ reference, call: 'contacts.record' })
    expect(Object.keys(fault ?? {}).toSorted()).toEqual(['at', 'call', 'event', 'fault', 'reference'])
    expect(fault?.['at']).toMatch(/^at .+:\d+:\d+\)?( < at .+:\d+:\d+\)?){0,3}$/)
  })

  it.each([
    ['in one line', MARKER],
    ['over lines that look like places in the code', `He came\n    at 10:00:30 ${MARKER}\nat home, ${MARKER}:10:15\n`],
    ['with a line that is just like one', `He came\n    at ${MARKER}:1:2\n`],
  ])('leaves in the log not a word of a note, a name or what was typed: %s', (_how, note) => {
    const { logged } = aBrokenSave(note)

    expect(logged.map(one => JSON.stringify(one)).filter(line => line.includes(MARKER))).toEqual([])
    expect(JSON.stringify(logged)).not.toMatch(/He came|home/)
    // Nor the folders of this PC.
    expect(JSON.stringify(logged)).not.toMatch(/[/\\]{2}|\/\w/)
  })

  it('stops neither the engine nor anything that was saved before', () => {
    const { value, caseId } = aBrokenSave('A note.')

    expect(value('cases.open', { caseId }).header.person.name).toBe(`Jacob ${MARKER}`)
  })
})

describe('a store that cannot be opened yet', () => {
  it('is said to be held, refuses every call, and is opened as soon as it can be', () => {
    const folder = aFolder()
    aStore(folder).$client.close()
    const other = openBehind(folder)
    other.$client.exec('BEGIN IMMEDIATE')
    const { engine, machine, heard, session } = startOver(folder)
    const problem = { kind: 'not-writable', cause: 'locked', path: folder }
    expect(session()).toEqual({ ok: true, value: { state: 'closed', problem } })
    const others = (Object.keys(contract) as CallName[]).filter(name => name !== 'session.get')
    for (const name of others)
      expect([name, engine.call(morgan, name, {})]).toEqual([name, { ok: false, error: { code: 'store-closed' } }])

    machine.clock.forward(5_000)
    machine.timers.run()
    expect(session()).toEqual({ ok: true, value: { state: 'closed', problem } })
    other.$client.exec('ROLLBACK')
    machine.clock.forward(5_000)
    machine.timers.run()

    expect(session()).toMatchObject({ ok: true, value: { state: 'open' } })
    expect(heard).toContain('session')
  })

  it('is not tried again after the engine stopped', async () => {
    const folder = aFolder()
    aStore(folder).$client.close()
    const other = openBehind(folder)
    other.$client.exec('BEGIN IMMEDIATE')
    const { stop, machine, session } = startOver(folder)

    await stop()
    other.$client.exec('ROLLBACK')
    machine.clock.forward(60_000)
    machine.timers.run()

    expect(session()).toMatchObject({ value: { state: 'closed' } })
  })
})

describe('damage that is met in the middle of the work', () => {
  it('is answered as not saved; the file is kept aside and the work goes on in a store that says so', () => {
    const { caseId, rows } = aCase(() => [{ entity: 'contact', id: anId(), fields: aContact() }])
    const { call, value, folder, db, heard, machine } = anEngine({ rows })
    spoilPage(db, folder, 'contacts')

    expect(call('cases.open', { caseId })).toEqual({ ok: false, error: { code: 'not-saved', cause: 'corrupt' } })

    expect(value('session.get', {})).toMatchObject({
      state: 'open',
      session: { damaged: { keptAs: 'store-damaged-2026-03-02T10-15-00-000Z.db', entriesSaved: 0 } },
    })
    expect(statSync(join(folder, 'store-damaged-2026-03-02T10-15-00-000Z.db')).isFile()).toBe(true)
    expect(heard).toContainEqual({ topic: 'session' })
    expect(machine.logged.map(line => (JSON.parse(line) as { event: string }).event)).toContain('store.damaged')
    const written = openBehind(folder).$client.prepare(`SELECT detail FROM audit WHERE action = 'store.damaged'`)
    expect(
      written
        .pluck()
        .all()
        .map(detail => JSON.parse(String(detail)) as unknown),
    ).toEqual([{ keptAs: 'store-damaged-2026-03-02T10-15-00-000Z.db', entriesSaved: 0, draftsSaved: 0 }])
  })
})

describe('starting the engine', () => {
  const opened = (db: Database) =>
    db.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'session.opened'`).pluck().get()

  it('is written to the audit', () => {
    const { db } = anEngine()

    expect(opened(db)).toBe(1)
  })

  it('finds an audit entry that somebody changed, and says which, not what', async () => {
    const folder = aFolder()
    await startOver(folder).stop()
    openBehind(folder).$client.exec(`UPDATE audit SET user_id = '${MARKER}' WHERE n = 1`)

    const { machine } = startOver(folder)

    const breaks = machine.logged.filter(line => line.includes('audit.break'))
    expect(breaks.map(line => JSON.parse(line) as unknown)).toEqual([{ event: 'audit.break', entry: 1 }])
  })
})

describe('rows that an older version could not read', () => {
  /** A store that set a note aside, for a reason that this version knows no more, and how more rows come. */
  function afterAnUpdate() {
    const { caseId, rows } = aCase()
    const folder = aFolder()
    const db = aStore(folder)
    confirmRows(db, rows)
    const come = (row: Pick<WireRow, 'entity' | 'id' | 'fields'>, version = 1_000, deleted = false) => {
      inTransaction(db, tx => {
        applyRow(tx, { caseId, fieldRev: {}, version, deleted, ...row })
      })
    }
    const note = { entity: 'contact', id: anId(), fields: { ...aContact({ note: 'Rang at noon.' }) } }
    come({ ...note, fields: { ...note.fields, startedAt: 'at noon' } })
    const raw = Buffer.from(JSON.stringify({ caseId, fieldRev: {}, version: 1_000, deleted: false, ...note }))
    db.$client.prepare('UPDATE unreadable_rows SET raw = ?').run(raw)
    const aside = () => db.$client.prepare('SELECT entity FROM unreadable_rows').pluck().all()
    return { caseId, folder, note, come, aside }
  }

  it('are shown as soon as this one can, and what it cannot read either stays set aside', () => {
    const { caseId, folder, come, aside } = afterAnUpdate()
    come({ entity: 'hologram', id: anId(), fields: { shape: 'cube' } })
    expect(aside().toSorted()).toEqual(['contact', 'hologram'])

    const { engine } = startOver(folder)

    expect(aside()).toEqual(['hologram'])
    expect(JSON.stringify(engine.call(morgan, 'cases.open', { caseId }))).toContain('Rang at noon.')
  })

  it('do not come back when they were deleted since', () => {
    const { caseId, folder, come, note } = afterAnUpdate()
    come(note, 1_001, true)

    const { engine } = startOver(folder)

    expect(JSON.stringify(engine.call(morgan, 'cases.open', { caseId }))).not.toContain('Rang at noon.')
  })
})

describe('the demo office', () => {
  const fill = fillDemoStore({ people: 4, contactsPerPerson: 3, seed: 1 })
  const local = { ...morgan, deviceId: DEVICE_WITHOUT_CENTRE }
  const casesIn = (folder: string) => openBehind(folder).$client.prepare('SELECT count(*) FROM cases').pluck().get()

  it('is made in an empty store that never had a centre', () => {
    const folder = aFolder()

    startOver(folder, local, fill)

    expect(casesIn(folder)).toBeGreaterThan(0)
  })

  it('is not made in the store of an officer of a centre who works without a line for once', () => {
    const folder = aFolder()

    startOver(folder, morgan, fill)

    expect(casesIn(folder)).toBe(0)
  })

  it('is not made beside cases that are there already', () => {
    const folder = aFolder()
    const prepared = aStore(folder)
    confirmRows(prepared, aCase().rows)
    prepared.$client.close()

    startOver(folder, local, fill)

    expect(casesIn(folder)).toBe(1)
  })

  it('that was cut short is finished at the next start', () => {
    const folder = aFolder()
    const prepared = aStore(folder)
    const stop = () => {
      throw new Error('the power failed')
    }
    expect(() => {
      fillDemoStore({ people: 40, contactsPerPerson: 3, seed: 1 }, stop)(prepared, local, Date.now())
    }).toThrow()
    const begun = Number(prepared.$client.prepare('SELECT count(*) FROM cases').pluck().get())
    prepared.$client.close()

    startOver(folder, local, fillDemoStore({ people: 40, contactsPerPerson: 3, seed: 1 }))

    expect(casesIn(folder)).toBeGreaterThan(begun)
  })

  it('is made again after damage took its cases', async () => {
    const folder = aFolder()
    await startOver(folder, local, fill).stop()
    const behind = openBehind(folder)
    const caseId = String(behind.$client.prepare('SELECT case_id FROM cases').pluck().get())
    const made = casesIn(folder)
    spoilPage(behind, folder, 'contacts')

    const { engine } = startOver(folder, local, fill)
    expect(engine.call(local, 'cases.open', { caseId })).toMatchObject({ ok: false, error: { cause: 'corrupt' } })

    expect(casesIn(folder)).toBe(made)
    expect(engine.call(local, 'cases.open', { caseId })).toMatchObject({ ok: true })
  })
})

describe('stopping the engine', () => {
  it('writes everything into the store itself', async () => {
    const { rows, caseId } = aCase()
    const folder = aFolder()
    const prepared = aStore(folder)
    confirmRows(prepared, rows)
    prepared.$client.close()
    const { engine, stop } = startOver(folder)
    const rest = { appointmentId: null, appointmentBaseRev: 0, mends: null }
    expect(engine.call(morgan, 'contacts.record', { ids: formIds(), caseId, ...rest, entry: anEntry() }).ok).toBe(true)
    expect(statSync(join(folder, `${STORE_FILE}-wal`)).size).toBeGreaterThan(0)

    await stop()

    expect(statSync(join(folder, `${STORE_FILE}-wal`), { throwIfNoEntry: false })?.size ?? 0).toBe(0)
    expect(openBehind(folder).$client.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(1)
  })
})
