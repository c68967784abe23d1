import { describe, expect, it } from 'vitest'
import {
  aCase,
  aContact,
  anAppointment,
  anEntry,
  anId,
  aRequirement,
  anEvent,
  formIds,
} from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'
import { confirmRows } from '../../../tests/support/store.ts'

const anAppointmentAt = (startsOn: string) => ({
  kind: 'COAP',
  startsOn,
  startsTime: '10:00',
  durationMinutes: 30,
  place: 'room 2',
})

/** Jacob, who is in the room at 10:15 for his appointment of 10:00. */
function inTheMeeting() {
  const appointmentId = anId()
  const requirementId = anId()
  const eventId = anId()
  const oldContactId = anId()
  const { caseId, rows } = aCase(() => [
    { entity: 'event', id: eventId, fields: anEvent() },
    { entity: 'requirement', id: requirementId, fields: aRequirement(eventId) },
    { entity: 'appointment', id: appointmentId, fields: anAppointment() },
    { entity: 'contact', id: oldContactId, fields: aContact() },
  ])
  const test = anEngine({ rows })
  const record = (changes = {}, ids = formIds()) =>
    test.call('contacts.record', {
      ids,
      caseId,
      appointmentId,
      appointmentBaseRev: 6,
      mends: null,
      entry: anEntry(changes),
    })
  return { ...test, caseId, appointmentId, requirementId, oldContactId, record }
}

describe('recording a contact', () => {
  it('stores the contact, closes the appointment and queues both under one action', () => {
    const { record, value, caseId, db } = inTheMeeting()

    const saved = record()

    expect(saved).toMatchObject({ ok: true, value: { undoUntil: Date.parse('2026-03-02T10:15:10Z') } })
    const { lastNotes } = value('cases.open', { caseId })
    expect(lastNotes[0]).toMatchObject({
      note: 'Came on time. Has the receipt for £15.',
      outcomeLabel: 'Attended and complied',
      state: 'saved',
    })
    expect(value('today.diary', { day: '2026-03-02' }).items[0]).toMatchObject({
      outcomeLabel: 'Attended and complied',
      appointment: { status: 'done', state: 'saved' },
    })
    const queued = db.$client.prepare('SELECT type, action_id AS action, state FROM outbox ORDER BY place').all()
    expect(queued).toMatchObject([
      { type: 'contact.create@1', state: 'pending' },
      { type: 'appointment.patch@1', state: 'pending' },
    ])
    expect(new Set(queued.map(one => (one as { action: string }).action)).size).toBe(1)
  })

  it('books the next appointment in the same step, and only when one is given', () => {
    const { record, value, caseId } = inTheMeeting()

    record({
      next: {
        kind: 'COAP',
        startsOn: '2026-03-16',
        startsTime: '10:00',
        durationMinutes: 30,
        place: 'room 2',
        toldHow: 'in-person',
      },
    })

    expect(value('cases.open', { caseId }).upcoming).toMatchObject([
      { startsOn: '2026-03-16', startsTime: '10:00', withUserName: 'Morgan Ashby', status: 'planned' },
    ])
  })

  it('saves once when the window sends the same form twice', () => {
    const { record, db } = inTheMeeting()
    const ids = formIds()

    const first = record({}, ids)
    const second = record({}, ids)

    expect(second).toMatchObject({ ok: true, value: { actionId: ids.actionId, contactId: ids.contactId } })
    expect(first.ok).toBe(true)
    expect(db.$client.prepare('SELECT count(*) AS n FROM contacts').get()).toEqual({ n: 2 })
    expect(db.$client.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 2 })
  })

  it.each([
    ['another text', { note: 'Came on time. And then typed on.' }],
    ['another outcome', { outcome: 'UAAB' }],
    ['a next appointment', { next: { ...anAppointmentAt('2026-03-16'), toldHow: 'in-person' as const } }],
  ])('refuses the same form with %s: what is stored is the first', (_what, changes) => {
    const { record, db } = inTheMeeting()
    const ids = formIds()
    record({}, ids)

    expect(record(changes, ids)).toEqual({
      ok: false,
      error: { code: 'already-recorded', contactId: ids.contactId },
    })
    expect(db.$client.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 2 })
  })

  it('adds the credits of the contact to the progress of its requirement', () => {
    const { record, value, caseId, requirementId } = inTheMeeting()

    record({ requirementId, credits: 1 })

    expect(value('cases.open', { caseId }).orders[0]?.requirements).toMatchObject([
      { label: 'RAR days', done: 1, amount: 20 },
    ])
  })

  it.each([
    ['one that starts in the future', { startedTime: '10:16' }, { startedTime: 'in-the-future' }],
    ['one without an outcome for its appointment', { outcome: null }, { outcome: 'required' }],
    ['an outcome that does not exist', { outcome: 'NOPE' }, { outcome: 'not-allowed' }],
    ['a kind that does not exist', { kind: 'NOPE' }, { kind: 'required' }],
    [
      'a time that the change of clocks leaves out',
      { startedOn: '2025-03-30', startedTime: '01:30' },
      { startedTime: 'time-does-not-exist' },
    ],
    ['a note that is too long', { note: 'x'.repeat(12_001) }, { 'entry.note': 'too-long' }],
  ])('refuses %s, and stores nothing', (_what, changes, fields) => {
    const { record, db } = inTheMeeting()

    const refused = record(changes)

    expect(refused).toEqual({ ok: false, error: { code: 'invalid-input', fields } })
    expect(db.$client.prepare('SELECT count(*) AS n FROM outbox').get()).toEqual({ n: 0 })
  })

  it('refuses a next appointment in the past', () => {
    const { record } = inTheMeeting()

    const refused = record({
      next: {
        kind: 'COAP',
        startsOn: '2026-03-01',
        startsTime: '10:00',
        durationMinutes: 30,
        place: '',
        toldHow: 'in-person',
      },
    })

    expect(refused).toEqual({ ok: false, error: { code: 'invalid-input', fields: { 'next.startsOn': 'in-the-past' } } })
  })

  it('refuses a second outcome for the same appointment and names the contact that has it', () => {
    const { record } = inTheMeeting()
    const ids = formIds()
    record({}, ids)

    const refused = record({ outcome: 'UAAB' })

    expect(refused).toEqual({ ok: false, error: { code: 'already-recorded', contactId: ids.contactId } })
  })

  it('answers a case of somebody else as if it did not exist', () => {
    const theirs = aCase(() => [])
    const rows = theirs.rows.map(row =>
      row.entity === 'assignment' ? { ...row, fields: { ...row.fields, userId: 'dev.larkhill' } } : row,
    )
    const { call } = anEngine({ rows })

    const refused = call('contacts.record', {
      ids: formIds(),
      caseId: theirs.caseId,
      appointmentId: null,
      appointmentBaseRev: 0,
      mends: null,
      entry: anEntry(),
    })

    expect(refused).toEqual({ ok: false, error: { code: 'not-found' } })
  })
})

describe('a contact of another case', () => {
  it('is not recorded for an appointment of a case that this officer may not read', () => {
    const { call, caseId, db } = inTheMeeting()
    const theirs = anId()
    const other = aCase(() => [{ entity: 'appointment', id: theirs, fields: anAppointment() }])
    confirmRows(
      db,
      other.rows.filter(row => row.entity !== 'assignment'),
      100,
    )

    const refused = call('contacts.record', {
      ids: formIds(),
      caseId,
      appointmentId: theirs,
      appointmentBaseRev: 0,
      mends: null,
      entry: anEntry(),
    })

    expect(refused).toEqual({ ok: false, error: { code: 'not-found' } })
    expect(db.$client.prepare('SELECT status FROM appointments WHERE id = ?').pluck().get(theirs)).toBe('planned')
  })
})

describe('mending a refused contact', () => {
  /** The outcome of Jacob's appointment, which the centre refused; the officer opens it again. */
  function afterARefusal() {
    const test = inTheMeeting()
    const { caseId, appointmentId, db, machine, value, call } = test
    const first = formIds()
    test.record({ note: 'As it was typed.' }, first)
    machine.clock.forward(60_000)
    db.$client.prepare(`UPDATE outbox SET state = 'quarantined' WHERE op_id = ?`).run(first.opIds[0])
    const opened = () => value('forms.openContact', { caseId, appointmentId: null, mends: first.opIds[0] })
    const mend = (ids = formIds(), changes: { appointmentId?: string | null; caseId?: string; mends?: string } = {}) =>
      call('contacts.record', {
        ids,
        caseId,
        appointmentId: null,
        appointmentBaseRev: 6,
        mends: first.opIds[0],
        entry: anEntry({ note: 'Mended.' }),
        ...changes,
      })
    const contacts = () =>
      db.$client.prepare('SELECT note, appointment_id AS of FROM contacts WHERE id <> ?').all(test.oldContactId)
    const stateOfFirst = () =>
      db.$client.prepare('SELECT state FROM outbox WHERE op_id = ?').pluck().get(first.opIds[0])
    const outcome = () => value('today.diary', { day: '2026-03-02' }).items[0]?.outcomeLabel
    return { ...test, first, opened, mend, contacts, stateOfFirst, outcome, appointmentId }
  }

  it('begins with its text and its appointment', () => {
    const { opened, appointmentId, first } = afterARefusal()

    expect(opened()).toMatchObject({
      appointment: { id: appointmentId },
      recordedContactId: null,
      mends: first.opIds[0],
      initial: { note: 'As it was typed.', outcome: 'ATTC' },
    })
  })

  it.each([['with'], ['without']])('takes its place at the appointment, %s the appointment being named', how => {
    const { mend, contacts, stateOfFirst, outcome, appointmentId, db, first } = afterARefusal()

    const ids = formIds()
    expect(mend(ids, how === 'with' ? { appointmentId } : {}).ok).toBe(true)

    expect(contacts()).toEqual([{ note: 'Mended.', of: appointmentId }])
    expect(outcome()).toBe('Attended and complied')
    expect(stateOfFirst()).toBe('discarded')
    const types = db.$client.prepare('SELECT type FROM outbox ORDER BY place').pluck().all()
    expect(types).toEqual(['contact.create@1', 'appointment.patch@1', 'contact.create@1'])
    const detail = db.$client.prepare(`SELECT detail FROM audit WHERE action = 'operation.discarded'`).pluck().all()
    expect(detail).toEqual([JSON.stringify({ opId: first.opIds[0], type: 'contact.create@1', mendedBy: ids.actionId })])
    expect(mend(ids, how === 'with' ? { appointmentId } : {}).ok).toBe(true)
    expect(contacts()).toHaveLength(1)
  })

  it('comes back, with the text of the mending as its draft, when the mending is undone', () => {
    const { mend, value, contacts, stateOfFirst, opened, appointmentId } = afterARefusal()
    const ids = formIds()
    mend(ids)

    value('forms.undo', { actionId: ids.actionId })

    expect(stateOfFirst()).toBe('quarantined')
    expect(contacts()).toEqual([{ note: 'As it was typed.', of: appointmentId }])
    expect(opened()).toMatchObject({ isDraft: true, initial: { note: 'Mended.' }, appointment: { id: appointmentId } })
  })

  it('says that it was discarded meanwhile, and lets the draft be saved as a contact of its own', () => {
    const { mend, value, call, opened, first, contacts, caseId, appointmentId } = afterARefusal()
    const { ids, initial } = opened()
    const place = { ids, caseId, appointmentId, mends: first.opIds[0] }
    value('forms.keepDraft', { ...place, body: { ...initial, note: 'Mended.' } })
    value('sync.discard', { opId: first.opIds[0], reason: 'Typed twice' })

    expect(mend(ids)).toEqual({ ok: false, error: { code: 'changed-meanwhile', by: null } })
    expect(contacts()).toEqual([])

    const again = opened()
    expect(again).toMatchObject({ ids, mends: null, isDraft: true, initial: { note: 'Mended.' } })
    const rest = { appointmentId: again.appointment?.id ?? null, appointmentBaseRev: again.appointmentBaseRev }
    expect(call('contacts.record', { ids, caseId, ...rest, mends: null, entry: anEntry({ note: 'Mended.' }) }).ok).toBe(
      true,
    )
    expect(contacts()).toEqual([{ note: 'Mended.', of: appointmentId }])
  })

  it('is refused for the contact of another case', () => {
    const { call, db, stateOfFirst, first } = afterARefusal()
    const other = aCase()
    confirmRows(db, other.rows, 100)

    const refused = call('contacts.record', {
      ids: formIds(),
      caseId: other.caseId,
      appointmentId: null,
      appointmentBaseRev: 0,
      mends: first.opIds[0],
      entry: anEntry(),
    })

    expect(refused).toEqual({ ok: false, error: { code: 'changed-meanwhile', by: null } })
    expect(stateOfFirst()).toBe('quarantined')
  })
})

describe('correcting a contact', () => {
  const startedAt = Date.parse('2026-02-16T10:00:00Z')

  it('shows the new text, keeps the first one with the reason, and never changes the first record', () => {
    const { call, value, caseId, oldContactId, db } = inTheMeeting()

    const amended = call('contacts.amend', {
      actionId: anId(),
      opId: anId(),
      id: anId(),
      caseId,
      contactId: oldContactId,
      startedAt,
      note: 'Arrived on time after all.',
      reason: 'Wrong person',
    })

    expect(amended.ok).toBe(true)
    expect(value('contacts.get', { caseId, id: oldContactId, startedAt })).toMatchObject({
      note: 'Arrived on time after all.',
      earlier: [{ reason: 'Wrong person' }],
      state: 'saved',
    })
    expect(db.$client.prepare('SELECT note FROM contacts WHERE id = ?').get(oldContactId)).toEqual({
      note: aContact().note,
    })
  })

  it('keeps a struck contact in sight, with the reason, and takes its credits off', () => {
    const { record, call, value, caseId, requirementId } = inTheMeeting()
    const ids = formIds()
    record({ requirementId, credits: 1 }, ids)
    const at = Date.parse('2026-03-02T10:00:00Z')

    call('contacts.strike', {
      actionId: anId(),
      opId: anId(),
      id: anId(),
      caseId,
      contactId: ids.contactId,
      startedAt: at,
      reason: 'Recorded on the wrong case',
    })

    expect(value('contacts.get', { caseId, id: ids.contactId, startedAt: at })).toMatchObject({
      struckBecause: 'Recorded on the wrong case',
    })
    expect(value('cases.open', { caseId }).orders[0]?.requirements).toMatchObject([{ done: 0 }])
  })

  it('leaves the appointment of a struck contact free for the right outcome', () => {
    const { record, call, value, caseId, appointmentId } = inTheMeeting()
    const ids = formIds()
    record({}, ids)
    const strike = {
      actionId: anId(),
      opId: anId(),
      id: anId(),
      caseId,
      contactId: ids.contactId,
      startedAt: Date.parse('2026-03-02T10:00:00Z'),
      reason: 'Wrong person',
    }
    call('contacts.strike', strike)
    const outcome = () => value('today.diary', { day: '2026-03-02' }).items[0]?.outcomeLabel
    expect(outcome()).toBeNull()
    expect(value('forms.openContact', { caseId, appointmentId, mends: null }).recordedContactId).toBeNull()

    expect(record({ outcome: 'UAAB' }).ok).toBe(true)

    expect(outcome()).toBe('Missed, not acceptable')
  })

  it('answers a strike that is sent again as it answered the first', () => {
    const { call, caseId, oldContactId } = inTheMeeting()
    const ids = { actionId: anId(), opId: anId(), id: anId() }
    const strike = () =>
      call('contacts.strike', { ...ids, caseId, contactId: oldContactId, startedAt, reason: 'Twice' })

    const first = strike()

    expect(first.ok).toBe(true)
    expect(strike()).toEqual(first)
  })
})
