import { describe, expect, it } from 'vitest'
import { createAuditChain, findAuditBreak } from '../db/audit/auditChain.ts'
import { inTransaction } from '../db/database.ts'
import { readSetting, writeSetting } from '../db/features/session/sessionRepository.ts'
import type { NewOperation } from '../db/outbox/outboxRepository.ts'
import { applyItem } from '../db/sync/applyPage.ts'
import type { Actor } from '../shared/access/actor.ts'
import type { Changed } from '../shared/ipc/contract.ts'
import {
  aCase,
  aContact,
  anAssignment,
  anEntry,
  anEvent,
  anId,
  aRegister,
  dev,
  formIds,
  morgan,
} from '../tests/support/builders.ts'
import { anEngine } from '../tests/support/engine.ts'
import { aClock } from '../tests/support/ports.ts'
import { aStore, confirmRows } from '../tests/support/store.ts'
import { aFolderInMemory } from '../tests/support/temporary.ts'
import { createSaveAction, findCaseFacts, UNDO_MS, type OfficerAction, type SaveDeps } from './saveAction.ts'

const KEY = new Uint8Array(32).fill(3)
const tess: Actor = { ...morgan, userId: 'tess.underhay', userName: 'Tess Underhay', role: 'administrator' }
const priya: Actor = { ...morgan, userId: 'priya.hartwell', userName: 'Priya Hartwell', role: 'senior' }

/** A case on which Morgan, Tess and Priya work, each in their part. */
function anOffice(serverSeen: SaveDeps['serverSeen'] = () => null) {
  const db = aStore(aFolderInMemory())
  const { caseId, rows } = aCase(() =>
    [tess, priya].map(({ userId, userName }) => ({
      entity: 'assignment',
      id: anId(),
      fields: anAssignment({ userId, userName, part: 'cover' }),
    })),
  )
  confirmRows(db, rows)
  const clock = aClock()
  const heard: Changed[] = []
  const changed = (change: Changed): void => {
    heard.push(change)
    if (db.$client.inTransaction) throw new Error('told before it was committed')
  }
  const save = createSaveAction({ db, clock, audit: createAuditChain(KEY, clock), changed, serverSeen })
  const all = (sql: string) => db.$client.prepare(sql).all()
  const queued = () => all('SELECT op_id AS opId, state FROM outbox ORDER BY place')
  const written = () => all(`SELECT user_id AS who, action, case_id AS caseId, detail FROM audit ORDER BY n`)
  const notes = () => db.$client.prepare('SELECT note FROM contacts').pluck().all()
  return { db, clock, caseId, save, heard, all, queued, written, notes }
}

const anOperation = (caseId: string, changes: Partial<NewOperation> = {}): NewOperation => ({
  opId: anId(),
  type: 'contact.create@1',
  caseId,
  id: anId(),
  body: { create: aContact() },
  ...changes,
})
const anAction = (caseId: string, changes: Partial<OfficerAction> = {}): OfficerAction => ({
  actionId: anId(),
  caseId,
  operations: [anOperation(caseId)],
  ...changes,
})
const preferredName = (value: string) => ({ patch: [{ field: 'preferredName', baseRev: 1, baseOp: null, value }] })
const patchOf = (caseId: string, value = 'Jake') =>
  anOperation(caseId, { type: 'case.patch@1', id: caseId, body: preferredName(value) })

describe('saving an action', () => {
  it('stores rows, operations and one audit entry, and tells the window once they are committed', () => {
    const { save, caseId, clock, all, queued, written, notes, heard, db } = anOffice()
    const action = anAction(caseId, { operations: [anOperation(caseId), patchOf(caseId)], detail: { contactId: 'c' } })

    const saved = save(morgan, action)

    expect(saved).toEqual({ ok: true, value: { actionId: action.actionId, undoUntil: clock.now() + 10_000 } })
    expect(notes()).toEqual([aContact().note])
    expect(all('SELECT preferred_name AS name FROM cases')).toEqual([{ name: 'Jake' }])
    expect(queued()).toEqual(action.operations.map(({ opId }) => ({ opId, state: 'pending' })))
    const detail = { contactId: 'c', actionId: action.actionId, operations: ['contact.create@1', 'case.patch@1'] }
    expect(written()).toEqual([{ who: morgan.userId, action: 'action.saved', caseId, detail: JSON.stringify(detail) }])
    expect(findAuditBreak(db, KEY)).toBeUndefined()
    expect(heard).toEqual(['case', 'diary', 'caseload', 'sync'].map(topic => ({ topic, caseId })))
  })

  it('keeps beside each operation its action, the base it rests on, and what time it was on both sides', () => {
    const { save, caseId, clock, all } = anOffice(() => ({ at: 1_000, agoMs: 2_000 }))
    const action = anAction(caseId, { operations: [{ ...patchOf(caseId), reason: 'He asked' }] })

    save(morgan, action)

    const [row = {}] = all('SELECT * FROM outbox') as Record<string, unknown>[] // as the columns say
    expect(row).toMatchObject({
      action_id: action.actionId,
      reason: 'He asked',
      client_at: clock.now(),
      not_before: clock.now() + UNDO_MS,
      server_seen_at: 1_000,
      server_seen_ago_ms: 2_000,
      n: null,
      attempts: 0,
    })
    expect(JSON.parse(String(row['body']))).toEqual({
      patch: [{ field: 'preferredName', baseRev: 1, baseOp: null, value: 'Jake' }],
    })
  })

  it('does with it what else belongs to the step', () => {
    const { save, caseId, db } = anOffice()

    save(morgan, anAction(caseId, { also: tx => writeSetting(tx, 'draft', 'removed') }))

    expect(readSetting(db, 'draft')).toBe('removed')
  })

  it('saves once what the window sends twice, and tells the second time what it told the first', () => {
    const { save, caseId, queued, written, heard, clock } = anOffice()
    const action = anAction(caseId)
    const first = save(morgan, action)
    clock.forward(6_000)
    const told = heard.length

    const second = save(morgan, action)

    expect(second).toEqual(first)
    expect(queued()).toHaveLength(1)
    expect(written()).toHaveLength(1)
    expect(heard).toHaveLength(told)
  })

  it('is about one case alone', () => {
    const { save, caseId, queued } = anOffice()

    expect(() => save(morgan, anAction(caseId, { operations: [anOperation(caseId), anOperation(anId())] }))).toThrow(
      /one case/,
    )
    expect(queued()).toEqual([])
  })

  it.each<[string, (action: OfficerAction) => readonly NewOperation[]]>([
    [
      'with another text',
      ({ operations }) => operations.map(one => ({ ...one, body: { create: aContact({ note: 'x' }) } })),
    ],
    ['with more', ({ operations, caseId }) => [...operations, patchOf(caseId)]],
    ['with less', ({ operations }) => operations.slice(0, 1)],
  ])('refuses what was saved before under the same ids, sent again %s', (_how, changed) => {
    const { save, caseId, queued } = anOffice()
    const action = anAction(caseId, { operations: [anOperation(caseId), anOperation(caseId)] })
    save(morgan, action)

    const again = save(morgan, { ...action, operations: changed(action) })

    expect(again).toEqual({ ok: false, error: { code: 'already-recorded', contactId: action.operations[0]?.id } })
    expect(queued()).toHaveLength(2)
  })

  it.each<[string, (caseId: string) => Partial<OfficerAction>]>([
    [
      'what belongs to the step',
      () => ({
        also: () => {
          throw new Error('the draft cannot be removed')
        },
      }),
    ],
    [
      'the second operation',
      caseId => ({ operations: [anOperation(caseId), anOperation(caseId, { body: { create: { kind: 'COAP' } } })] }),
    ],
  ])('stores nothing at all when %s fails', (_what, changes) => {
    const { save, caseId, queued, written, notes, heard } = anOffice()

    expect(() => save(priya, anAction(caseId, changes(caseId)))).toThrow()

    expect([queued(), written(), notes(), heard]).toEqual([[], [], [], []])
  })

  it('stores nothing while another program holds the store, and can be sent again', () => {
    const folder = aFolderInMemory()
    const { caseId, rows } = aCase()
    const { call, db } = anEngine({ rows, folder })
    const rest = { appointmentId: null, appointmentBaseRev: 0, mends: null }
    const record = { ids: formIds(), caseId, ...rest, entry: anEntry() }
    db.$client.exec('BEGIN IMMEDIATE')

    expect(call('contacts.record', record)).toEqual({ ok: false, error: { code: 'not-saved', cause: 'locked' } })
    db.$client.exec('ROLLBACK')

    expect(call('contacts.record', record).ok).toBe(true)
    expect(db.$client.prepare('SELECT count(*) FROM contacts').pluck().get()).toBe(1)
  })
})

describe('who may save', () => {
  const strike = (caseId: string) =>
    anOperation(caseId, {
      type: 'contact.strike@1',
      body: { create: aContact({ strikes: anId(), reason: 'Wrong person' }) },
    })
  const register = (caseId: string) => anOperation(caseId, { type: 'register.create@1', body: { create: aRegister() } })
  const order = (caseId: string) => anOperation(caseId, { type: 'event.create@1', body: { create: anEvent() } })

  it.each<[string, Actor, (caseId: string) => NewOperation, string | null]>([
    ['an officer records', morgan, anOperation, null],
    ['an officer strikes', morgan, strike, null],
    ['an officer flags', morgan, register, null],
    ['an officer makes an order', morgan, order, 'event.create'],
    ['a senior officer makes an order', priya, order, null],
    ['an administrator records', tess, anOperation, null],
    ['an administrator edits a detail', tess, patchOf, null],
    ['an administrator strikes', tess, strike, 'contact.strike'],
    ['an administrator flags', tess, register, 'register.create'],
    [
      'an officer does what nobody knows',
      morgan,
      caseId => anOperation(caseId, { type: 'contact.burn@1' }),
      'case.create',
    ],
    [
      'an officer assigns',
      morgan,
      caseId => anOperation(caseId, { type: 'assignment.create@1', body: { create: anAssignment() } }),
      'assignment.create',
    ],
  ])('%s: refused is %4$s', (_what, actor, operationOf, forbidden) => {
    const { save, caseId, queued, written } = anOffice()

    const saved = save(actor, anAction(caseId, { operations: [operationOf(caseId)] }))

    if (forbidden === null) expect(saved.ok).toBe(true)
    else {
      expect(saved).toEqual({ ok: false, error: { code: 'not-permitted', action: forbidden } })
      expect([queued(), written()]).toEqual([[], []])
    }
  })

  it('is decided for the whole action: with one part forbidden nothing is saved', () => {
    const { save, caseId, queued, written, notes } = anOffice()

    const saved = save(tess, anAction(caseId, { operations: [anOperation(caseId), strike(caseId)] }))

    expect(saved).toEqual({ ok: false, error: { code: 'not-permitted', action: 'contact.strike' } })
    expect([queued(), written(), notes()]).toEqual([[], [], []])
  })

  it('is nobody on a case of somebody else, one that is not here, or one that was taken away', () => {
    const { save, caseId, db, queued, written } = anOffice()
    const notFound = { ok: false, error: { code: 'not-found' } }

    expect(save(dev, anAction(caseId))).toEqual(notFound)
    expect(save(morgan, anAction(anId()))).toEqual(notFound)
    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId, epoch: 2 }, 0)
    })
    expect(save(morgan, anAction(caseId))).toEqual(notFound)

    expect([queued(), written()]).toEqual([[], []])
  })

  it('rests on the assignments that are here and on the day in London', () => {
    const { db, caseId, clock } = anOffice()
    clock.set('2026-06-30T23:30:00Z') // half past midnight in London

    expect(findCaseFacts(db, clock, caseId)).toMatchObject({
      caseId,
      today: '2026-07-01',
      assignments: [{ userId: morgan.userId }, { userId: tess.userId }, { userId: priya.userId }],
    })
    expect(findCaseFacts(db, clock, anId())).toBeUndefined()
  })
})

describe('taking an action back', () => {
  /** Morgan records a contact with a next appointment, one action of two operations. */
  function aSave() {
    const { caseId, rows } = aCase()
    const test = anEngine({ rows, folder: aFolderInMemory() })
    const next = {
      kind: 'COAP',
      startsOn: '2026-03-16',
      startsTime: '10:00',
      durationMinutes: 30,
      place: '',
      toldHow: 'in-person',
    } as const
    const ids = formIds()
    const rest = { appointmentId: null, appointmentBaseRev: 0, mends: null }
    test.value('contacts.record', { ids, caseId, ...rest, entry: anEntry({ next }) })
    const undo = () => test.call('forms.undo', { actionId: ids.actionId })
    const left = () =>
      ['contacts', 'appointments', 'outbox'].map(table =>
        test.db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
      )
    const undone = () =>
      test.db.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'action.undone'`).pluck().get()
    return { ...test, caseId, undo, left, undone }
  }
  const tooLate = { ok: false, error: { code: 'too-late' } }

  it.each([
    [0, true],
    [9_999, true],
    [10_000, false],
  ])('%i ms after the save: possible is %s', (afterMs, isPossible) => {
    const { undo, left, undone, machine } = aSave()
    machine.clock.forward(afterMs)

    expect(undo()).toEqual(isPossible ? { ok: true, value: null } : tooLate)

    expect(left()).toEqual(isPossible ? [0, 0, 0] : [1, 1, 2])
    expect(undone()).toBe(isPossible ? 1 : 0)
  })

  it.each([['sending'], ['retry']])('is too late once any part of it has gone out: %s', state => {
    const { undo, left, db } = aSave()
    db.$client.exec(`UPDATE outbox SET state = '${state}' WHERE type = 'appointment.create@1'`)

    expect(undo()).toEqual(tooLate)

    expect(left()).toEqual([1, 1, 2])
  })

  it('happens once, and finds nothing of an action that is not there', () => {
    const { undo, undone, call } = aSave()

    undo()

    expect(undo()).toEqual(tooLate)
    expect(call('forms.undo', { actionId: anId() })).toEqual(tooLate)
    expect(undone()).toBe(1)
  })
})
