import { describe, expect, it } from 'vitest'
import { aCase, anAppointment, anId } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'

function withAppointment() {
  const appointmentId = anId()
  const { caseId, rows } = aCase(() => [
    { entity: 'appointment', id: appointmentId, fields: anAppointment({ startsOn: '2026-03-09' }) },
    { entity: 'appointment', id: anId(), fields: anAppointment({ startsOn: '2026-03-11', startsTime: '14:00' }) },
  ])
  const test = anEngine({ rows })
  const move = (changes = {}) =>
    test.call('appointments.move', {
      actionId: anId(),
      opIds: [anId(), anId()],
      caseId,
      appointmentId,
      baseRev: 4,
      newId: anId(),
      startsOn: '2026-03-10',
      startsTime: '11:00',
      toldHow: 'telephone',
      askedBy: 'person',
      reason: 'Works that day',
      ...changes,
    })
  return { ...test, caseId, appointmentId, move }
}

describe('moving an appointment', () => {
  it('keeps the old one with the reason and puts a new one in its place', () => {
    const { move, value, caseId } = withAppointment()

    expect(move().ok).toBe(true)

    expect(value('cases.open', { caseId }).upcoming.map(one => [one.startsOn, one.startsTime, one.toldHow])).toEqual([
      ['2026-03-10', '11:00', 'telephone'],
      ['2026-03-11', '14:00', 'in-person'],
    ])
    expect(value('today.diary', { day: '2026-03-09' }).items).toEqual([])
    const filter = { words: 'works', category: null, compliance: null, showSystem: false }
    expect(value('cases.timeline', { caseId, filter, before: null, limit: 10 }).entries).toMatchObject([
      { is: 'appointment', appointment: { status: 'rescheduled', statusReason: 'The person asked: Works that day' } },
    ])
  })

  it('refuses one that was moved meanwhile, and a time that has passed', () => {
    const { move } = withAppointment()

    expect(move({ startsOn: '2026-03-02', startsTime: '10:00' })).toEqual({
      ok: false,
      error: { code: 'invalid-input', fields: { startsOn: 'in-the-past' } },
    })
    move()
    expect(move()).toEqual({ ok: false, error: { code: 'changed-meanwhile', by: null } })
  })
})

describe('the same save sent again', () => {
  it('is answered as the first was, moved or cancelled', () => {
    const { move, call, caseId, appointmentId, db } = withAppointment()
    const ids = { actionId: anId(), opIds: [anId(), anId()], newId: anId() }
    const cancel = { actionId: anId(), opId: anId(), caseId, baseRev: 0, askedBy: 'service', reason: 'Shut' } as const

    const moved = move(ids)
    expect(moved.ok).toBe(true)
    expect(move(ids)).toEqual(moved)
    const cancelled = call('appointments.cancel', { ...cancel, appointmentId: ids.newId })
    expect(cancelled.ok).toBe(true)
    expect(call('appointments.cancel', { ...cancel, appointmentId: ids.newId })).toEqual(cancelled)

    expect(db.$client.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(3)
    expect(move({ ...ids, startsTime: '12:00' })).toMatchObject({ ok: false, error: { code: 'already-recorded' } })
    expect(call('appointments.cancel', { ...cancel, opId: anId(), appointmentId })).toMatchObject({
      ok: false,
      error: { code: 'changed-meanwhile' },
    })
  })
})

describe('cancelling an appointment', () => {
  it('takes it off the diary and says why', () => {
    const { value, caseId, appointmentId } = withAppointment()

    value('appointments.cancel', {
      actionId: anId(),
      opId: anId(),
      caseId,
      appointmentId,
      baseRev: 4,
      askedBy: 'service',
      reason: 'Office shut',
    })

    expect(value('cases.open', { caseId }).upcoming).toHaveLength(1)
  })
})

describe('judging a slot', () => {
  it.each([
    ['a free one', '2026-03-10', '11:00', { problem: null, instead: null }],
    [
      'a clash, with the next free time that day',
      '2026-03-11',
      '14:15',
      { problem: 'clash', clashWith: 'Jacob Thistlewood', instead: { on: '2026-03-11', time: '14:30' } },
    ],
    ['a bank holiday', '2026-04-03', '10:00', { problem: 'holiday', instead: { on: '2026-04-07', time: '10:00' } }],
    ['a Sunday', '2026-03-15', '10:00', { problem: 'weekend', instead: { on: '2026-03-16', time: '10:00' } }],
    ['after hours', '2026-03-10', '17:45', { problem: 'outside-hours', instead: { on: '2026-03-11', time: '10:00' } }],
  ])('says of %s what speaks against it', (_what, startsOn, startsTime, expected) => {
    const { value } = withAppointment()

    expect(value('appointments.judge', { startsOn, startsTime, durationMinutes: 30 })).toMatchObject(expected)
  })
})
