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
})
