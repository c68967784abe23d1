import { describe, expect, it } from 'vitest'
import { inTransaction, type Database } from '../../../db/database.ts'
import { forgetConfirmed } from '../../../db/outbox/sendQueue.ts'
import { applyItem } from '../../../db/sync/applyPage.ts'
import { storeAnswer } from '../../../db/sync/storeAnswers.ts'
import type { Input } from '../../../shared/ipc/contract.ts'
import type { OperationAnswer } from '../../../shared/sync/protocol.ts'
import {
  aCase,
  aConflict,
  anAddress,
  anEntry,
  anId,
  aProposal,
  dev,
  formIds,
  morgan,
} from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import { confirmRows } from '../../../tests/support/store.ts'
import { aFolderInMemory } from '../../../tests/support/temporary.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')
const MINUTE_MS = 60_000

/** Morgan with Jacob and Leanne, who saves one thing after another, a minute apart. */
function atWork() {
  const addressId = anId()
  const jacob = aCase(() => [{ entity: 'address', id: addressId, fields: anAddress() }])
  const leanne = aCase(() => [], { givenName: 'Leanne', familyName: 'Oddfellow' })
  const engine = anEngine({ rows: [...jacob.rows, ...leanne.rows], folder: aFolderInMemory() })
  const { value, machine, db } = engine
  const ids = { appointmentId: null, appointmentBaseRev: 0, mends: null }

  /** Saves a contact; gives its action and operation. */
  function record(caseId: string, note: string) {
    machine.clock.forward(MINUTE_MS)
    const form = formIds()
    value('contacts.record', { ids: form, caseId, ...ids, entry: anEntry({ note }) })
    return { actionId: form.actionId, opId: form.opIds[0], contactId: form.contactId }
  }

  function editTown(town: string) {
    machine.clock.forward(MINUTE_MS)
    const [actionId, opId] = [anId(), anId()]
    const rest = { entity: 'address', id: addressId, field: 'town', value: town, baseRev: 4 } as const
    value('cases.editField', { actionId, opId, caseId: jacob.caseId, ...rest })
    return { actionId, opId }
  }

  const work = (query: Partial<Input<'sync.work'>> = {}) =>
    value('sync.work', { words: '', only: 'all', limit: 10, offset: 0, ...query })
  const about = (query: Partial<Input<'sync.work'>> = {}) => work(query).items.map(one => one.about)
  const entries = (action: string) =>
    db.$client
      .prepare('SELECT user_id AS who, case_id AS caseId, detail FROM audit WHERE action = ? ORDER BY n')
      .all(action) as { readonly who: string; readonly caseId: string | null; readonly detail: string }[] // as the columns say
  return { ...engine, jacob, leanne, addressId, record, editTown, work, about, entries }
}

/** What the centre's answer leaves of the operation, written behind the engine's back. */
function answered(db: Database, opId: string, columns: Readonly<Record<string, string | number | null>>): void {
  const names = Object.keys(columns)
  const set = names.map(name => `${name} = @${name}`).join(', ')
  db.$client.prepare(`UPDATE outbox SET ${set} WHERE op_id = @opId`).run({ ...columns, opId })
}
/** The centre's answer to the operation, stored as sync stores it. */
function answerOf(
  db: Database,
  opId: string,
  answer: Omit<Extract<OperationAnswer, { readonly status: 'rejected' }>, 'opId'>,
): void {
  answered(db, opId, { state: 'sending' })
  const place = db.$client.prepare('SELECT place FROM outbox WHERE op_id = ?').pluck().get(opId) as number // a number
  inTransaction(db, tx => {
    storeAnswer(tx, place, { opId, ...answer }, NOW)
  })
}
const refusedFor = (code: string, field: string | null = null) => ({
  state: 'quarantined',
  refused_code: code,
  refused_field: field,
})

describe('how it stands with the centre', () => {
  it('counts actions, not operations, by the word that is true of them, with the oldest', () => {
    const { record, value, jacob, db } = atWork()
    const saves = Array.from({ length: 6 }, (_, n) => record(jacob.caseId, `n${n}`))
    const [, sending = '', retry = '', refused = '', again = '', acked = ''] = saves.map(one => one.opId)
    answered(db, sending, { state: 'sending' })
    answered(db, retry, { state: 'retry' })
    answered(db, refused, refusedFor('not-permitted'))
    answered(db, again, refusedFor('invalid-fields', 'note'))
    answered(db, acked, { state: 'acked', answered_at: NOW + 10 * MINUTE_MS })

    expect(value('sync.status', {})).toEqual({
      reason: 'no-centre',
      since: NOW,
      answeringSince: null,
      nextTryAt: null,
      nextTryWhy: null,
      isWorking: false,
      lastContactAt: null,
      clockAheadMs: null,
      metered: { isMetered: false, pauses: true },
      saved: { count: 1, oldestAt: NOW + MINUTE_MS },
      sent: { count: 2, oldestAt: NOW + 2 * MINUTE_MS },
      heldBack: { count: 0, oldestAt: null },
      needsYou: { count: 2, oldestAt: NOW + 4 * MINUTE_MS },
      confirmedToday: { count: 1, lastAt: NOW + 10 * MINUTE_MS },
      cases: { complete: 2, all: 2 },
    })
  })

  it('counts what waits behind something refused on the same record, and only that', () => {
    const { editTown, record, value, jacob, db } = atWork()
    const refused = editTown('Southfold')
    answered(db, refused.opId, refusedFor('not-permitted'))
    editTown('Eastfold')
    record(jacob.caseId, 'Another record of the same case.')

    expect(value('sync.status', {})).toMatchObject({
      saved: { count: 2 },
      heldBack: { count: 1, oldestAt: NOW + 2 * MINUTE_MS },
    })
  })

  it('counts as confirmed today what was answered since midnight in London, whenever it was saved', () => {
    const { record, value, jacob, db, machine } = atWork()
    const [before = '', after = ''] = ['a', 'b'].map(note => record(jacob.caseId, note).opId)
    machine.clock.set('2026-07-01T12:00:00Z') // midnight in London was 23:00 in UTC
    answered(db, before, { state: 'acked', answered_at: Date.parse('2026-06-30T22:59:59Z') })
    answered(db, after, { state: 'acked', answered_at: Date.parse('2026-06-30T23:00:00Z') })

    expect(value('sync.status', {}).confirmedToday).toEqual({ count: 1, lastAt: Date.parse('2026-06-30T23:00:00Z') })
  })
})

describe('the work on its way', () => {
  it('is listed an action a line, the newest first, with whom and what it is about', () => {
    const { record, editTown, work, jacob, leanne } = atWork()
    const note = `Long. ${'word '.repeat(40)}`
    const first = record(leanne.caseId, note)
    const second = editTown('Southfold')

    const { total, items } = work()

    expect(total).toBe(2)
    expect(items).toEqual([
      {
        actionId: second.actionId,
        at: NOW + 2 * MINUTE_MS,
        caseId: jacob.caseId,
        name: 'Jacob Thistlewood',
        what: ['address.patch@1'],
        about: 'town',
        state: 'saved',
        attention: [],
      },
      {
        actionId: first.actionId,
        at: NOW + MINUTE_MS,
        caseId: leanne.caseId,
        name: 'Leanne Oddfellow',
        what: ['contact.create@1'],
        about: note.slice(0, 80),
        state: 'saved',
        attention: [],
      },
    ])
  })

  it('shows the operations of one action in the order in which they go out', () => {
    const { value, jacob, work } = atWork()
    const next = {
      kind: 'COAP',
      startsOn: '2026-03-16',
      startsTime: '10:00',
      durationMinutes: 30,
      place: '',
      toldHow: 'in-person',
    } as const
    const rest = { appointmentId: null, appointmentBaseRev: 0, mends: null }
    value('contacts.record', { ids: formIds(), caseId: jacob.caseId, ...rest, entry: anEntry({ note: '', next }) })

    const [item] = work().items

    expect(item).toMatchObject({ what: ['contact.create@1', 'appointment.create@1'] })
  })

  it('is searched by name, note and field, without accents and in any case', () => {
    const { record, editTown, about, jacob, leanne } = atWork()
    record(jacob.caseId, 'Café by the station')
    record(leanne.caseId, 'Rang the landlord')
    editTown('Southfold')

    expect(about({ words: 'CAFE  stat' })).toEqual(['Café by the station'])
    expect(about({ words: 'oddfellow landlord' })).toEqual(['Rang the landlord'])
    expect(about({ words: 'thistlewood' })).toEqual(['town', 'Café by the station'])
    expect(about({ words: 'landlord café' })).toEqual([])
  })

  it('comes in pages that together are the whole', () => {
    const { record, work, about, jacob } = atWork()
    for (let n = 0; n < 5; n++) record(jacob.caseId, `n${n}`)

    const pages = [0, 2, 4, 6].map(offset => about({ limit: 2, offset }))

    expect(pages).toEqual([['n4', 'n3'], ['n2', 'n1'], ['n0'], []])
    expect(work({ limit: 2, offset: 4 }).total).toBe(5)
  })

  it.each([
    ['no line', { limit: 0 }, { limit: 'required' }],
    ['more than a page', { limit: 101 }, { limit: 'too-long' }],
    ['a page before the first', { offset: -1 }, { offset: 'required' }],
    ['words without end', { words: 'x'.repeat(201) }, { words: 'too-long' }],
  ])('is refused for %s, and no reading is written down', (_what, changes, fields) => {
    const { call, entries } = atWork()

    const refused = call('sync.work', { words: '', only: 'all', limit: 10, offset: 0, ...changes })

    expect(refused).toEqual({ ok: false, error: { code: 'invalid-input', fields } })
    expect(entries('list.read')).toEqual([])
  })

  it('is written to the audit as one reading with the number of people: again after 15 minutes or for another officer', () => {
    const { record, work, engine, machine, entries, jacob, leanne } = atWork()
    record(jacob.caseId, 'a')
    record(jacob.caseId, 'b')
    record(leanne.caseId, 'c')

    work()
    work({ words: 'a', offset: 1 })
    engine.call(dev, 'sync.work', { words: '', only: 'all', limit: 10, offset: 0 })
    machine.clock.forward(15 * MINUTE_MS)
    work()

    const entry = (who: string, cases: number) => {
      return { who, caseId: null, detail: JSON.stringify({ list: 'work', cases }) }
    }
    // Dev reads neither case, so the list tells nothing of them.
    expect(entries('list.read')).toEqual([entry(morgan.userId, 2), entry(dev.userId, 0), entry(morgan.userId, 2)])
  })
})

describe('what needs the officer', () => {
  it('is listed by itself, with what was refused and whether it can be mended', () => {
    const { record, editTown, work, jacob, db } = atWork()
    const contact = record(jacob.caseId, 'Refused.')
    const edit = editTown('Southfold')
    record(jacob.caseId, 'On its way.')
    answered(db, contact.opId, refusedFor('invalid-fields', 'note'))
    answered(db, edit.opId, refusedFor('not-permitted'))

    const { total, items } = work({ only: 'needs-you' })

    expect(total).toBe(2)
    expect(items).toMatchObject([
      {
        state: 'needs-you',
        attention: [{ opId: edit.opId, kind: 'refused', code: 'not-permitted', fields: [], mendsOnRecord: false }],
      },
      {
        state: 'needs-you',
        attention: [
          { opId: contact.opId, kind: 'refused', code: 'invalid-fields', fields: ['note'], mendsOnRecord: true },
        ],
      },
    ])
  })

  it('names the fields of which somebody else’s version stands, until that is settled', () => {
    const { editTown, work, value, db, jacob } = atWork()
    const { opId } = editTown('Southfold')
    answered(db, opId, { state: 'acked', answered_at: NOW })
    const conflict = { entity: 'conflict', caseId: jacob.caseId, id: anId(), fields: aConflict() } as const
    const proposal = aProposal(conflict.id, { opId, at: NOW })
    confirmRows(db, [conflict, { entity: 'proposal', caseId: jacob.caseId, id: anId(), fields: proposal }], 900)

    expect(work({ only: 'all' }).items).toMatchObject([
      {
        state: 'needs-you',
        attention: [{ opId, kind: 'two-versions', code: 'changed-meanwhile', fields: ['town'], mendsOnRecord: false }],
      },
    ])
    expect(value('sync.status', {}).needsYou).toEqual({ count: 1, oldestAt: NOW })
    expect(work({ only: 'needs-you' }).items).toEqual([])

    confirmRows(db, [{ ...conflict, fields: aConflict({ state: 'settled' }) }], 902)
    expect(work({ only: 'all' }).items).toMatchObject([{ state: 'confirmed', attention: [] }])
    expect(value('sync.status', {}).needsYou).toEqual({ count: 0, oldestAt: null })
  })
})

describe('discarding a refused operation', () => {
  const aRefusedNote = () => {
    const test = atWork()
    const saved = test.record(test.jacob.caseId, 'What was typed.')
    answered(test.db, saved.opId, refusedFor('not-permitted'))
    const discard = (opId = saved.opId, reason = 'Recorded by a colleague') =>
      test.call('sync.discard', { opId, reason })
    const states = () => test.db.$client.prepare('SELECT state FROM outbox ORDER BY place').pluck().all()
    return { ...test, ...saved, discard, states }
  }
  const notFound = { ok: false, error: { code: 'not-found' } }

  it('takes it out of the queue and out of the case, and the audit has the reason and not the text, which is kept for good', () => {
    const { discard, states, entries, value, work, jacob, opId, db } = aRefusedNote()

    expect(discard()).toEqual({ ok: true, value: null })

    expect(states()).toEqual(['discarded'])
    expect(work().items).toEqual([])
    expect(value('sync.status', {}).needsYou.count).toBe(0)
    expect(value('cases.open', { caseId: jacob.caseId }).lastNotes).toEqual([])
    const [entry, ...others] = entries('operation.discarded')
    expect(others).toEqual([])
    expect(entry).toMatchObject({ who: morgan.userId, caseId: jacob.caseId })
    expect(JSON.parse(entry?.detail ?? '')).toEqual({
      opId,
      type: 'contact.create@1',
      reason: 'Recorded by a colleague',
    })
    expect(inTransaction(db, tx => forgetConfirmed(tx, Number.MAX_SAFE_INTEGER, 100))).toBe(0)
    expect(db.$client.prepare('SELECT body FROM outbox').pluck().get()).toContain('What was typed.')
  })

  it('tells the window of the case, the diary, the caseload and the work', () => {
    const { discard, heard, machine, jacob } = aRefusedNote()
    for (let minute = 0; minute < 2; minute++) {
      machine.clock.forward(MINUTE_MS) // what is tidied up in the first is told of
      machine.timers.run()
    }
    const before = heard.length

    discard()

    const told = heard.slice(before).map(one => [one.topic, one.caseId])
    expect(told).toEqual(['case', 'diary', 'caseload', 'sync'].map(topic => [topic, jacob.caseId]))
  })

  it('gives back what the centre has, where a field was changed', () => {
    const { editTown, value, call, db, jacob, addressId } = atWork()
    const { opId } = editTown('Southfold')
    answered(db, opId, refusedFor('not-permitted'))
    const town = () =>
      value('cases.details', { caseId: jacob.caseId })
        .groups.find(one => one.id === addressId)
        ?.fields.find(one => one.field === 'town')
    expect(town()).toMatchObject({ value: 'Southfold', state: 'needs-you' })

    expect(call('sync.discard', { opId, reason: 'Typed twice' }).ok).toBe(true)

    expect(town()).toMatchObject({ value: 'Northfold', state: 'confirmed' })
  })

  it.each([['pending'], ['sending'], ['retry'], ['acked'], ['discarded']])(
    'finds none that is %s: only what waits for the officer can be discarded',
    state => {
      const { discard, states, entries, db, opId } = aRefusedNote()
      answered(db, opId, { state })

      expect(discard()).toEqual(notFound)

      expect(states()).toEqual([state])
      expect(entries('operation.discarded')).toEqual([])
    },
  )

  it('finds none that does not exist, nor one twice', () => {
    const { discard, entries } = aRefusedNote()

    expect(discard(anId())).toEqual(notFound)
    discard()
    expect(discard()).toEqual(notFound)
    expect(entries('operation.discarded')).toHaveLength(1)
  })

  it('is possible also where the case was taken away meanwhile', () => {
    const { discard, states, entries, db, jacob } = aRefusedNote()
    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId: jacob.caseId, epoch: 2 }, 0)
    })

    expect(discard()).toEqual({ ok: true, value: null })

    expect(states()).toEqual(['discarded'])
    expect(entries('operation.discarded')).toHaveLength(1)
  })

  it.each([
    ['without a reason', ''],
    ['with spaces for a reason', '   '],
  ])('is refused %s', (_how, reason) => {
    const { discard, states } = aRefusedNote()

    expect(discard(undefined, reason)).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { reason: 'required' } },
    })
    expect(states()).toEqual(['quarantined'])
  })
})

describe('work on a case that was taken away', () => {
  it('keeps its place without the name of the person and without what was written, also once it is answered', () => {
    const { record, work, about, db, jacob } = atWork()
    const { opId } = record(jacob.caseId, 'Saved before.')
    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId: jacob.caseId, epoch: 2 }, 0)
    })
    expect(work().items).toMatchObject([{ caseId: jacob.caseId, name: '', about: '', state: 'saved' }])

    answerOf(db, opId, { status: 'rejected', code: 'case-not-found', field: 'caseId' })

    expect(work().items).toMatchObject([{ caseId: jacob.caseId, name: '', about: '', state: 'needs-you' }])
    expect(about({ words: 'saved' })).toEqual([])
  })
})

describe('syncing now', () => {
  it('does no harm where there is no centre', () => {
    const { call } = atWork()

    expect(call('sync.now', {})).toEqual({ ok: true, value: null })
  })
})
