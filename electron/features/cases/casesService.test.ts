import { describe, expect, it } from 'vitest'
import type { Output } from '../../../shared/ipc/contract.ts'
import {
  aCase,
  aContact,
  anAppointment,
  anEvent,
  anId,
  aRegister,
  aRequirement,
  dev,
} from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'

const DAY_MS = 86_400_000
const at = (day: string, time = '10:00') => Date.parse(`${day}T${time}:00Z`)

function aStory() {
  const eventId = anId()
  const requirementId = anId()
  const addressId = anId()
  const { caseId, rows } = aCase(() => [
    { entity: 'event', id: eventId, fields: anEvent() },
    { entity: 'requirement', id: requirementId, fields: aRequirement(eventId) },
    { entity: 'register', id: anId(), fields: aRegister() },
    {
      entity: 'register',
      id: anId(),
      fields: aRegister({ code: 'AV2S', note: 'Two officers, room 2.', nextReviewOn: null }),
    },
    {
      entity: 'register',
      id: anId(),
      fields: aRegister({ code: 'ADVP', note: 'No contact with her.', nextReviewOn: '2026-03-11' }),
    },
    { entity: 'register', id: anId(), fields: aRegister({ code: 'WEAP', endOn: '2025-12-01' }) },
    { entity: 'contact_detail', id: anId(), fields: { kind: 'mobile', value: '07700 900461', note: '' } },
    { entity: 'adjustment', id: anId(), fields: { kind: 'dyslexia', what: 'Plain letters, large type', endOn: null } },
    {
      entity: 'address',
      id: addressId,
      fields: {
        kind: 'main',
        status: 'settled',
        lines: '14 Sample Street',
        town: 'Northfold',
        postcode: 'ZZ1 1AB',
        startOn: null,
        endOn: null,
        checkedOn: null,
      },
    },
    { entity: 'contact', id: anId(), fields: aContact({ startedAt: at('2026-02-16'), requirementId, credits: 1 }) },
    {
      entity: 'contact',
      id: anId(),
      fields: aContact({
        startedAt: at('2026-02-10', '14:20'),
        kind: 'CTOA',
        outcome: null,
        note: 'Worried about a letter.',
      }),
    },
    {
      entity: 'contact',
      id: anId(),
      fields: aContact({ startedAt: at('2026-02-02'), outcome: 'UAAB', note: 'No contact by 10:30.' }),
    },
    {
      entity: 'contact',
      id: anId(),
      fields: aContact({ startedAt: at('2026-02-02', '15:00'), kind: 'AWLI', outcome: null, note: '' }),
    },
    {
      entity: 'contact',
      id: anId(),
      fields: aContact({ startedAt: at('2026-01-05'), kind: 'ROC', outcome: null, note: 'Now with Morgan Ashby.' }),
    },
    {
      entity: 'contact',
      id: anId(),
      fields: aContact({ startedAt: at('2025-10-01'), outcome: 'AFTA', note: 'Says he was ill.' }),
    },
    { entity: 'appointment', id: anId(), fields: anAppointment({ startsOn: '2026-03-16' }) },
  ])
  return { ...anEngine({ rows }), caseId, addressId }
}

describe('opening a case', () => {
  it('shows who it is, what to beware of, the last three notes and where the order stands', () => {
    const { value, caseId } = aStory()

    const { header, orders, lastNotes, owed, upcoming, mayRecord } = value('cases.open', { caseId })

    expect(header).toMatchObject({
      person: { name: 'Jacob Thistlewood', crn: 'Z004512', rosh: 'medium', hasStaffRisk: true },
      age: 34,
      telephone: '07700 900461',
      adjustments: ['Plain letters, large type'],
      staffRisk: { note: 'Two officers, room 2.', by: 'Dev Larkhill' },
      order: { label: 'Community order', endsOn: '2026-09-18', daysLeft: 200 },
    })
    expect(header.flags.map(flag => flag.label)).toEqual(['Risk to staff', 'Domestic abuse', 'RoSH medium', 'Weapons'])
    expect(lastNotes.map(note => note.note.slice(0, 12))).toEqual(['Arrived 10 m', 'Worried abou', 'No contact b'])
    expect(orders).toMatchObject([
      {
        isActive: true,
        daysLeft: 200,
        requirements: [{ label: 'RAR days', done: 1, amount: 20 }],
        failures: { count: 1, limit: 2, withinMonths: 12, afterwards: 'breach' },
      },
    ])
    expect(owed).toMatchObject([{ kind: 'flag-review', dueOn: '2026-03-11', about: 'Domestic abuse' }])
    expect(upcoming).toMatchObject([{ startsOn: '2026-03-16' }])
    expect(mayRecord).toBe(true)
  })

  it('is written to the audit before it is answered, once for 15 minutes', () => {
    const { value, caseId, machine, db } = aStory()
    const reads = () => db.$client.prepare(`SELECT count(*) FROM audit WHERE action = 'case.read'`).pluck().get()

    value('cases.open', { caseId })
    value('cases.header', { caseId })
    expect(reads()).toBe(1)
    machine.clock.forward(15 * 60_000)
    value('cases.open', { caseId })
    expect(reads()).toBe(2)
  })

  it('answers a case of nobody, of somebody else and of yesterday alike', () => {
    const theirs = aCase()
    const rows = theirs.rows.map(row =>
      row.entity === 'assignment' ? { ...row, fields: { ...row.fields, endOn: '2026-03-01' } } : row,
    )
    const { call } = anEngine({ rows })

    const refused = { ok: false, error: { code: 'not-found' } }
    expect(call('cases.open', { caseId: theirs.caseId })).toEqual(refused)
    expect(call('cases.open', { caseId: anId() })).toEqual(refused)
    expect(
      anEngine({ rows: aCase().rows, enrolment: { actor: dev } }).call('cases.open', { caseId: theirs.caseId }),
    ).toEqual(refused)
  })
})

describe('the timeline', () => {
  const filter = { words: '', category: null, compliance: null, showSystem: false } as const

  it('goes from the newest back, hides what the system wrote and counts it', () => {
    const { value, caseId } = aStory()

    const { entries, shown, all, systemHidden, next } = value('cases.timeline', {
      caseId,
      filter,
      before: null,
      limit: 50,
    })

    expect(entries.map(one => (one.is === 'contact' ? one.contact.kind : one.appointment.startsOn))).toEqual([
      '2026-03-16',
      'COAP',
      'CTOA',
      'AWLI',
      'COAP',
      'COAP',
    ])
    expect({ shown, all, systemHidden, next }).toEqual({ shown: 6, all: 7, systemHidden: 1, next: null })
  })

  it.each([
    ['words', { words: 'LETTER' }, 2],
    ['kind', { category: 'call' as const }, 1],
    ['what the system wrote', { category: 'system' as const }, 1],
    ['compliance', { compliance: 'not-complied' as const }, 2],
    ['no outcome', { compliance: 'no-outcome' as const }, 3],
    ['two at once', { words: 'arrived', compliance: 'complied' as const }, 1],
    ['nothing that fits', { words: 'xyzzy' }, 0],
  ])('can be filtered by %s', (_what, changes, count) => {
    const { value, caseId } = aStory()

    const { entries, shown } = value('cases.timeline', {
      caseId,
      filter: { ...filter, ...changes },
      before: null,
      limit: 50,
    })

    expect([entries.length, shown]).toEqual([count, count])
  })

  it('comes in pages that together are the whole', () => {
    const { caseId, rows } = aCase(() => [
      ...Array.from({ length: 45 }, (_, n) => ({
        entity: 'contact' as const,
        id: anId(),
        // Three at each moment, so that a page ends between entries of one start.
        fields: aContact({ startedAt: at('2025-11-01') + Math.floor(n / 3) * DAY_MS, note: `n${n}` }),
      })),
      {
        entity: 'appointment' as const,
        id: anId(),
        fields: anAppointment({ startsOn: '2025-11-05', status: 'cancelled' }),
      },
    ])
    const { value } = anEngine({ rows })
    const seen: string[] = []
    let before = null

    for (;;) {
      const page: Output<'cases.timeline'> = value('cases.timeline', { caseId, filter, before, limit: 10 })
      seen.push(...page.entries.map(one => JSON.stringify(one)))
      if (page.next === null) break
      before = page.next
    }

    expect(seen).toHaveLength(46)
    expect(new Set(seen).size).toBe(46)
  })
})

describe('details', () => {
  it('change one field at a time, kept on this PC with the base they rest on', () => {
    const { value, caseId, addressId, db } = aStory()
    const field = value('cases.details', { caseId })
      .groups.find(one => one.id === addressId)
      ?.fields.find(one => one.field === 'town')

    value('cases.editField', {
      actionId: anId(),
      opId: anId(),
      caseId,
      entity: 'address',
      id: addressId,
      field: 'town',
      value: 'Southfold',
      baseRev: field?.baseRev ?? 0,
    })

    const after = value('cases.details', { caseId })
      .groups.find(one => one.id === addressId)
      ?.fields.find(one => one.field === 'town')
    expect(after).toMatchObject({ value: 'Southfold', state: 'saved', isGuarded: true })
    const body = JSON.parse(String(db.$client.prepare('SELECT body FROM outbox').pluck().get())) as unknown
    expect(body).toEqual({ patch: [{ field: 'town', baseRev: field?.baseRev, baseOp: null, value: 'Southfold' }] })
  })

  it('name their own unsent change as the base of the next', () => {
    const { value, caseId, addressId, db } = aStory()
    const first = anId()
    const edit = (opId: string, town: string) =>
      value('cases.editField', {
        actionId: anId(),
        opId,
        caseId,
        entity: 'address',
        id: addressId,
        field: 'town',
        value: town,
        baseRev: 9,
      })

    edit(first, 'Southfold')
    edit(anId(), 'Eastfold')

    const bodies = db.$client
      .prepare('SELECT body FROM outbox ORDER BY place')
      .pluck()
      .all()
      .map(body => JSON.parse(String(body)) as unknown)
    expect(bodies[1]).toMatchObject({ patch: [{ baseOp: first, value: 'Eastfold' }] })
  })

  it.each([
    ['case', 'familyName', '', 'required'],
    ['case', 'dateOfBirth', '31/2/1990', 'not-a-date'],
    ['case', 'familyName', 'x'.repeat(61), 'too-long'],
    ['case', 'pronoun', 'ze', 'not-allowed'],
  ] as const)('refuse %s.%s = "%s" with the reason', (entity, field, value, problem) => {
    const { call, caseId } = aStory()

    const refused = call('cases.editField', {
      actionId: anId(),
      opId: anId(),
      caseId,
      entity,
      id: caseId,
      field,
      value,
      baseRev: 1,
    })

    expect(refused).toEqual({ ok: false, error: { code: 'invalid-input', fields: { [field]: problem } } })
  })
})
