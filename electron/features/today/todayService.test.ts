import { describe, expect, it } from 'vitest'
import { aCase, aContact, anAppointment, anId, aRegister, dev } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'

const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00Z`)

function aMonday() {
  const jacob = aCase(() => [
    { entity: 'appointment', id: anId(), fields: anAppointment() },
    { entity: 'appointment', id: anId(), fields: anAppointment({ startsOn: '2026-02-26', startsTime: '14:00' }) },
    { entity: 'contact', id: anId(), fields: aContact() },
    {
      entity: 'contact',
      id: anId(),
      fields: aContact({ startedAt: at('2026-02-25'), outcome: 'UAAB', note: 'No show.' }),
    },
    { entity: 'register', id: anId(), fields: aRegister({ code: 'ADVP', nextReviewOn: '2026-03-11' }) },
  ])
  const leanne = aCase(
    () => [
      { entity: 'appointment', id: anId(), fields: anAppointment({ startsTime: '11:00' }) },
      { entity: 'appointment', id: anId(), fields: anAppointment({ startsTime: '13:00', status: 'cancelled' }) },
      { entity: 'appointment', id: anId(), fields: anAppointment({ startsTime: '09:00', withUserId: dev.userId }) },
      { entity: 'contact', id: anId(), fields: aContact({ startedAt: at('2026-02-23'), outcome: 'AFTA', note: '' }) },
    ],
    { givenName: 'Leanne', familyName: 'Oddfellow' },
  )
  return { ...anEngine({ rows: [...jacob.rows, ...leanne.rows] }), jacob, leanne }
}

describe('the diary', () => {
  it("is this officer's day by start, without what was moved or cancelled", () => {
    const { value } = aMonday()

    const { today, items } = value('today.diary', { day: '2026-03-02' })

    expect(today).toBe('2026-03-02')
    expect(items.map(one => [one.appointment.startsTime, one.person.name])).toEqual([
      ['10:00', 'Jacob Thistlewood'],
      ['11:00', 'Leanne Oddfellow'],
    ])
  })

  it('writes one entry to the audit with how many people it showed', () => {
    const { value, db } = aMonday()

    value('today.diary', { day: '2026-03-02' })
    value('today.diary', { day: '2026-03-02' })

    const details = db.$client.prepare(`SELECT detail FROM audit WHERE action = 'list.read'`).pluck().all()
    expect(details).toEqual([JSON.stringify({ list: 'diary', day: '2026-03-02', cases: 2 })])
  })
})

describe('what is left over', () => {
  it('lists past appointments without an outcome, oldest first, in pages', () => {
    const { value } = aMonday()

    const first = value('today.toLog', { limit: 1, offset: 0 })
    const second = value('today.toLog', { limit: 1, offset: 1 })

    expect(first).toMatchObject({
      total: 2,
      oldestAt: at('2026-02-26', '14:00'),
      items: [{ appointment: { startsOn: '2026-02-26' } }],
    })
    expect(second).toMatchObject({
      total: 2,
      oldestAt: at('2026-02-26', '14:00'),
      items: [{ appointment: { startsOn: '2026-03-02' } }],
    })
  })

  it('works out what is owed: the late letter, the evidence, the review', () => {
    const { value } = aMonday()

    const { total, items } = value('today.owed', { limit: 10, offset: 0 })

    expect(total).toBe(3)
    expect(items.map(one => [one.kind, one.name, one.dueOn])).toEqual([
      ['warning-letter', 'Jacob Thistlewood', '2026-02-27'],
      ['evidence', 'Leanne Oddfellow', '2026-03-02'],
      ['flag-review', 'Jacob Thistlewood', '2026-03-11'],
    ])
  })
})

describe('preparing for a meeting', () => {
  it('shows the last note, what to ask and where the order stands, audited once a day', () => {
    const { value, db } = aMonday()
    const { appointment } = value('today.diary', { day: '2026-03-02' }).items[0] ?? { appointment: { id: '' } }

    const prepared = value('today.prepare', { appointmentId: appointment.id })
    value('today.prepare', { appointmentId: appointment.id })

    expect(prepared.lastNote?.note).toBe('No show.')
    expect(prepared.askAbout).toEqual([
      'The absence on Wed 25 February: a letter is owed by Fri 27 February',
      'Domestic abuse: review the flag by Wed 11 March',
    ])
    expect(db.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'case.prepared'`).pluck().get()).toBe(1)
  })
})

describe('the caseload', () => {
  it('sorts by what is owed soonest, filters by words, and pages', () => {
    const { value } = aMonday()

    const all = value('caseload.list', { words: '', sort: 'owed', limit: 10, offset: 0 })
    const filtered = value('caseload.list', { words: 'oddf lea', sort: 'name', limit: 10, offset: 0 })
    const byFlag = value('caseload.list', { words: 'domestic', sort: 'name', limit: 10, offset: 0 })
    const second = value('caseload.list', { words: '', sort: 'name', limit: 1, offset: 1 })

    expect(all.rows.map(row => row.person.name)).toEqual(['Jacob Thistlewood', 'Leanne Oddfellow'])
    expect(all.rows[0]).toMatchObject({
      owedOn: '2026-02-27',
      owedCount: 2,
      lastContactAt: at('2026-02-25'),
      flags: 'Domestic abuse',
    })
    expect(filtered).toMatchObject({ total: 1, all: 2, rows: [{ person: { name: 'Leanne Oddfellow' } }] })
    expect(byFlag.rows.map(row => row.person.name)).toEqual(['Jacob Thistlewood'])
    expect(second.rows.map(row => row.person.name)).toEqual(['Jacob Thistlewood'])
  })

  it('moves on when the next appointment has passed', () => {
    const { value, machine } = aMonday()
    const next = () =>
      value('caseload.list', { words: 'leanne', sort: 'name', limit: 1, offset: 0 }).rows[0]?.nextAppointmentAt

    expect(next()).toBe(at('2026-03-02', '11:00'))
    machine.clock.set('2026-03-02T11:00:01Z')

    expect(next()).toBeNull()
  })
})
