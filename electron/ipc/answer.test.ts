import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { inTransaction, openDatabase, PAGE_BYTES, type Database } from '../../db/database.ts'
import { readSetting, writeSetting } from '../../db/features/session/sessionRepository.ts'
import { STORE_FILE } from '../../db/openStore.ts'
import type { CallName } from '../../shared/ipc/contract.ts'
import { ok, refuse, type DiskProblem } from '../../shared/result.ts'
import { anEntry, anId, dev, formIds, morgan } from '../../tests/support/builders.ts'
import { aStore, TEST_KEY } from '../../tests/support/store.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import { answer, type Fault } from './answer.ts'
import type { Handlers } from './handlers.ts'

/** Answers calls with this handler alone. */
function answering<Name extends CallName>(name: Name, handler: Handlers[Name]) {
  const faults: Fault[] = []
  const handlers = { [name]: handler } as unknown as Handlers // no other call is made
  const deps = { handlers, newReference: () => 'K7QX', logFault: (fault: Fault) => faults.push(fault) }
  return { faults, call: (input: unknown, actor = morgan) => answer(deps, actor, name, input) }
}

const refusedFor = (fields: Record<string, string>) => ({ ok: false, error: { code: 'invalid-input', fields } })

describe('checking what the window sends', () => {
  const aSave = {
    ids: formIds(),
    caseId: anId(),
    appointmentId: null,
    appointmentBaseRev: 0,
    mends: null,
    entry: anEntry(),
  }
  const recording = () => {
    const asked: unknown[] = []
    const { call } = answering('contacts.record', (_actor, input) => {
      asked.push(input)
      return refuse({ code: 'not-found' })
    })
    return { asked, call }
  }

  it.each<[string, unknown, Record<string, string>]>([
    ['a field that the contract does not know', { ...aSave, actor: dev }, { actor: 'not-allowed' }],
    [
      'a field further in that it does not know',
      { ...aSave, entry: { ...anEntry(), recordedById: dev.userId } },
      { 'entry.recordedById': 'not-allowed' },
    ],
    ['two of them', { ...aSave, role: 'senior', now: 0 }, { role: 'not-allowed', now: 'not-allowed' }],
    ['a field that is missing', { ...aSave, mends: undefined }, { mends: 'not-allowed' }],
    [
      'a text that is too long',
      { ...aSave, entry: anEntry({ note: 'x'.repeat(20_001) }) },
      { 'entry.note': 'too-long' },
    ],
    [
      'a day that is not in the calendar',
      { ...aSave, entry: anEntry({ startedOn: '2026-02-30' }) },
      { 'entry.startedOn': 'not-a-date' },
    ],
    ['an id that is none', { ...aSave, caseId: 'x' }, { caseId: 'not-allowed' }],
    ['nothing at all', undefined, { '': 'not-allowed' }],
  ])('refuses %s, names it, and asks no service', (_what, input, fields) => {
    const { asked, call } = recording()

    const refused = call(input)

    expect(refused).toEqual(refusedFor(fields))
    expect(asked).toEqual([])
  })

  it('hands on what is right, with the officer that main named', () => {
    const asked: unknown[] = []
    const { call } = answering('forms.undo', (actor, input) => {
      asked.push([actor, input])
      return ok(null)
    })
    const actionId = anId()

    const answered = call({ actionId }, dev)

    expect(answered).toEqual({ ok: true, value: null })
    expect(asked).toEqual([[dev, { actionId }]])
  })

  it('hands on what the check made of it: without the spaces around a reason', () => {
    const reasons: string[] = []
    const { call } = answering('sync.discard', (_actor, { reason }) => {
      reasons.push(reason)
      return ok(null)
    })

    call({ opId: anId(), reason: '  Typed twice ' })

    expect(reasons).toEqual(['Typed twice'])
  })
})

describe('checking what goes back to the window', () => {
  it('lets a refusal through as it is', () => {
    const { call, faults } = answering('sync.now', () => refuse({ code: 'too-late' }))

    expect(call({})).toEqual({ ok: false, error: { code: 'too-late' } })
    expect(faults).toEqual([])
  })

  it.each<[string, object]>([
    ['less', { actionId: anId() }],
    ['more', { actionId: anId(), opIds: [anId(), anId()], id: anId(), storeKey: 'secret' }],
    ['something else', { actionId: 'x', opIds: [], id: 1 }],
  ])('holds back %s than the contract says, as a fault of ours', (_what, value) => {
    const { call, faults } = answering('forms.ids', () => ok(value as never)) // what a wrong service would answer

    expect(call({})).toEqual({ ok: false, error: { code: 'internal', reference: 'K7QX' } })
    expect(faults).toHaveLength(1)
  })
})

describe('a fault in a service', () => {
  const marker = 'Quillfeatherstone'

  it('is answered with a reference and without a word of what it said', () => {
    const { call } = answering('find.people', () => {
      throw new Error(`cannot read ${marker}`)
    })

    const refused = call({ text: marker, limit: 3, offset: 0 })

    expect(refused).toEqual({ ok: false, error: { code: 'internal', reference: 'K7QX' } })
  })

  it('is handed to the log once, with its reference and the name of the call, never with what the call was given', () => {
    const thrown = new TypeError('cannot read that')
    const { call, faults } = answering('find.people', () => {
      throw thrown
    })

    call({ text: marker, limit: 3, offset: 0 })

    expect(faults).toEqual([{ reference: 'K7QX', call: 'find.people', error: thrown }])
  })

  it.each([['a text'], [null], [undefined], [{ code: 'SQLITE_FULL' }]])(
    'may be anything that can be thrown: %j',
    what => {
      const { call, faults } = answering('sync.now', () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a library might
        throw what
      })

      expect(call({})).toEqual({ ok: false, error: { code: 'internal', reference: 'K7QX' } })
      expect(faults).toHaveLength(1)
    },
  )
})

describe('a disk that refuses', () => {
  const writing = (db: Database, value: unknown) =>
    answering('sync.now', () => {
      inTransaction(db, tx => {
        writeSetting(tx, 'window', value)
      })
      return ok(null)
    })

  const large = 'x'.repeat(1_000_000)
  const full = (folder: string): Database => {
    const db = aStore(folder)
    const pages = db.$client.pragma('page_count', { simple: true }) as number // SQLite answers a number
    db.$client.pragma(`max_page_count = ${pages}`)
    return db
  }
  /** Opens the store once more, behind the back of whoever has it open. */
  const openAgain = (folder: string, options = {}): Database => {
    const db = openDatabase(join(folder, STORE_FILE), TEST_KEY, options)
    onTestFinished(() => {
      db.$client.close()
    })
    return db
  }
  const onlyToRead = (folder: string): Database => {
    aStore(folder).$client.close()
    return openAgain(folder, { readonly: true })
  }
  const heldByAnother = (folder: string): Database => {
    const db = aStore(folder)
    openAgain(folder).$client.exec('BEGIN IMMEDIATE')
    return db
  }
  const damaged = (folder: string): Database => {
    const db = aStore(folder)
    const page = db.$client.prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'settings'`).pluck().get()
    db.$client.pragma('wal_checkpoint(TRUNCATE)')
    db.$client.close()
    const bytes = readFileSync(join(folder, STORE_FILE))
    bytes.fill(0xff, (Number(page) - 1) * PAGE_BYTES, Number(page) * PAGE_BYTES)
    writeFileSync(join(folder, STORE_FILE), bytes)
    return openAgain(folder)
  }

  it.each<[DiskProblem, (folder: string) => Database]>([
    ['disk-full', full],
    ['read-only', onlyToRead],
    ['locked', heldByAnother],
    ['corrupt', damaged],
  ])('is no fault of ours: not saved, because it is %s', (cause, open) => {
    const { call, faults } = writing(open(aFolder()), large)

    expect(call({})).toEqual({ ok: false, error: { code: 'not-saved', cause } })
    expect(faults).toEqual([])
  })

  it('leaves nothing half saved, and takes the same save once it lets it', () => {
    const db = full(aFolder())
    const { call } = writing(db, large)
    call({})
    expect(readSetting(db, 'window')).toBeUndefined()

    db.$client.pragma('max_page_count = 1000000')

    expect(call({})).toEqual({ ok: true, value: null })
    expect(readSetting(db, 'window')).toBe(large)
  })

  it('is recognised also when Drizzle wrapped what the driver threw', () => {
    const db = full(aFolder())
    const { call } = answering('sync.now', () => {
      inTransaction(db, tx => tx.run(sql`INSERT INTO settings VALUES ('window', ${JSON.stringify(large)})`))
      return ok(null)
    })

    expect(call({})).toEqual({ ok: false, error: { code: 'not-saved', cause: 'disk-full' } })
  })

  it('is not what a rule of the store says: that is a fault of ours', () => {
    const db = aStore()
    const { call, faults } = writing(db, undefined) // a setting without a value breaks NOT NULL

    expect(call({})).toEqual({ ok: false, error: { code: 'internal', reference: 'K7QX' } })
    expect(faults).toHaveLength(1)
  })
})
