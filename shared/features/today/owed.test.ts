import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aContact, anAppointment, anId, aRegister } from '../../../tests/support/builders.ts'
import { instantOf } from '../../time.ts'
import type { Appointment } from '../appointments/appointment.ts'
import type { Contact } from '../contacts/contact.ts'
import type { EffectiveContact } from '../contacts/contactText.ts'
import {
  referenceFiles,
  type ContactType,
  type Reference,
  type RegisterType,
  type Timing,
} from '../reference/reference.ts'
import type { Register } from '../registers/register.ts'
import { owedOn, type OwedFacts } from './owed.ts'

const TODAY = '2026-03-02'

/** The contact types as they are delivered. */
function readTypes(): readonly ContactType[] {
  const path = join(import.meta.dirname, '../../../resources/reference/contact-types.json')
  return referenceFiles['contact-types'].parse(JSON.parse(readFileSync(path, 'utf8'))).types
}

const contactTypes: readonly Partial<ContactType>[] = [
  { code: 'COAP', nationalStandards: true },
  { code: 'CTOA', nationalStandards: false },
  { code: 'CLOB', nationalStandards: false },
  ...readTypes().filter(type => type.settlesLetter),
]
const registers: readonly Partial<RegisterType>[] = [{ code: 'ADVP', label: 'Domestic abuse' }]
const timings: Readonly<Record<string, Partial<Timing>>> = {
  evidence: { limit: 7, unit: 'days' },
  'warning-letter': { limit: 2, unit: 'working-days' },
}
const reference = {
  contactTypes: new Map(contactTypes.map(one => [one.code, one])),
  registers: new Map(registers.map(one => [one.code, one])),
  holidays: new Set(['2026-04-03', '2026-04-06']),
  timing: (id: Timing['id']) => timings[id],
} as unknown as Reference // nothing else is looked at

const at = (date: string, time = '10:00') => instantOf(date, time) ?? NaN
const contact = (some: Partial<Contact>, struckBecause: string | null = null): EffectiveContact => ({
  id: anId(),
  version: 0,
  fields: aContact(some),
  earlier: [],
  struckBecause,
  correctionIds: [],
})
const missed = (date = '2026-02-27', some: Partial<Contact> = {}) =>
  contact({ outcome: 'UAAB', startedAt: at(date), ...some })
const waits = (date = '2026-02-27') => contact({ outcome: 'AFTA', startedAt: at(date) })
const flag = (some: Partial<Register> = {}) => ({ id: anId(), fields: aRegister({ code: 'ADVP', ...some }) })
const booked = (some: Partial<Appointment> = {}) => ({ id: anId(), fields: anAppointment(some) })

const owed = (facts: Partial<OwedFacts>, today = TODAY) =>
  owedOn({ contacts: [], registers: [], appointments: [], ...facts }, reference, today)

describe('evidence', () => {
  it.each([
    ['2026-02-27', '2026-03-06'],
    ['2026-03-27', '2026-04-03'],
    ['2026-10-23', '2026-10-30'],
  ])('for an absence on %s is due seven days on, on %s, working or not', (on, dueOn) => {
    const absence = waits(on)

    expect(owed({ contacts: [absence] })).toEqual([
      { kind: 'evidence', subjectId: absence.id, from: on, dueOn, about: '' },
    ])
  })

  it('counts from London’s day', () => {
    const late = contact({ outcome: 'AFTA', startedAt: Date.parse('2026-07-14T23:30Z') })

    expect(owed({ contacts: [late] })).toMatchObject([{ from: '2026-07-15', dueOn: '2026-07-22' }])
  })

  it.each([
    ['that was struck', contact({ outcome: 'AFTA' }, 'Wrong person')],
    ['that was found acceptable', contact({ outcome: 'AFDA' })],
    ['that was an attendance', contact({ outcome: 'ATTC' })],
  ])('is not owed for a contact %s', (_, one) => {
    expect(owed({ contacts: [one] })).toEqual([])
  })
})

describe('a warning letter', () => {
  it.each([
    ['a Monday', '2026-03-02', '2026-03-04'],
    ['a Friday', '2026-02-27', '2026-03-03'],
    ['the Wednesday before Easter', '2026-04-01', '2026-04-07'],
    ['Maundy Thursday', '2026-04-02', '2026-04-08'],
  ])('for an absence on %s is due two working days on', (_, on, dueOn) => {
    const absence = missed(on)

    expect(owed({ contacts: [absence] })).toEqual([
      { kind: 'warning-letter', subjectId: absence.id, from: on, dueOn, about: '' },
    ])
  })

  it.each([
    ['AWLI', 'the first warning'],
    ['AWL2', 'the second warning'],
    ['AWLF', 'the final warning'],
    ['AWLS', 'a letter asked of the administrator'],
    ['LCL', 'a letter on licence'],
    ['CLBR', 'a breach letter'],
    ['C039', 'another enforcement letter'],
    ['C040', 'a warning that was withdrawn'],
    ['CLBW', 'the same under its other code'],
  ])('is settled by %s, %s', kind => {
    const letter = contact({ kind, outcome: null, startedAt: at('2026-02-28') })

    expect(owed({ contacts: [missed(), letter] })).toEqual([])
    expect(owed({ contacts: [letter, missed()] })).toEqual([])
  })

  it.each<[string, EffectiveContact, number]>([
    ['in the same minute as the absence', contact({ kind: 'AWLI', outcome: null, startedAt: at('2026-02-27') }), 0],
    ['before the absence', contact({ kind: 'AWLI', outcome: null, startedAt: at('2026-02-27') - 1 }), 1],
    ['struck', contact({ kind: 'AWLI', outcome: null, startedAt: at('2026-02-28') }, 'Wrong person'), 1],
    ['of another kind', contact({ kind: 'CLOB', outcome: null, startedAt: at('2026-02-28') }), 1],
  ])('with one that was %s leaves owed: $2', (_, letter, count) => {
    expect(owed({ contacts: [missed(), letter] })).toHaveLength(count)
  })

  it('is owed once for an appointment that two PCs logged apart', () => {
    const appointmentId = anId()
    const [first, second] = [missed('2026-02-27', { appointmentId }), missed('2026-02-27', { appointmentId })]

    expect(owed({ contacts: [second, first] })).toMatchObject([{ subjectId: first.id }])
  })

  it.each([
    ['an absence that was struck', contact({ outcome: 'UAAB' }, 'Wrong person')],
    ['an absence outside national standards', contact({ outcome: 'UAAB', kind: 'CTOA' })],
    ['an absence of a kind that nobody knows', contact({ outcome: 'UAAB', kind: 'XXXX' })],
    ['an acceptable absence', contact({ outcome: 'AAME' })],
  ])('is not owed for %s', (_, one) => {
    expect(owed({ contacts: [one] })).toEqual([])
  })

  it('is owed for each absence that none has followed', () => {
    const letter = contact({ kind: 'AWLI', outcome: null, startedAt: at('2026-02-24') })
    const later = missed('2026-02-26')

    expect(owed({ contacts: [missed('2026-02-23'), letter, later] })).toMatchObject([{ subjectId: later.id }])
  })
})

describe('the review of a flag', () => {
  it.each([
    ['due today', { nextReviewOn: '2026-03-02' }, 1],
    ['long overdue', { nextReviewOn: '2025-03-02' }, 1],
    ['due in 14 days', { nextReviewOn: '2026-03-16' }, 1],
    ['due in 15 days', { nextReviewOn: '2026-03-17' }, 0],
    ['never due', { nextReviewOn: null }, 0],
    ['due, of a flag that has ended', { nextReviewOn: '2026-03-02', endOn: '2026-03-01' }, 0],
  ])('%s is owed: $2', (_, some, count) => {
    expect(owed({ registers: [flag(some)] })).toHaveLength(count)
  })

  it.each([
    ['by its name', 'ADVP', 'Domestic abuse'],
    ['by its code where it has no name', 'XXXX', 'XXXX'],
  ])('names the flag %s', (_, code, about) => {
    const one = flag({ code, startOn: '2026-01-12', nextReviewOn: '2026-03-09' })

    expect(owed({ registers: [one] })).toEqual([
      { kind: 'flag-review', subjectId: one.id, from: '2026-01-12', dueOn: '2026-03-09', about },
    ])
  })
})

describe('telling of an appointment', () => {
  it('is owed by its day while nobody was told', () => {
    const one = booked({ startsOn: '2026-03-09', startsTime: '10:30', toldHow: 'not-told' })

    expect(owed({ appointments: [one, booked({ toldHow: 'in-person' }), booked({ toldHow: 'letter' })] })).toEqual([
      { kind: 'tell-appointment', subjectId: one.id, from: '2026-03-09', dueOn: '2026-03-09', about: '10:30' },
    ])
  })
})

describe('everything that is owed', () => {
  it('comes by the day it is due, the most overdue first', () => {
    const everything = owed({
      contacts: [waits('2026-02-27'), missed('2026-02-27')],
      registers: [flag({ nextReviewOn: '2026-03-05' }), flag({ nextReviewOn: '2026-01-05' })],
      appointments: [booked({ startsOn: '2026-03-04', toldHow: 'not-told' })],
    })

    expect(everything.map(one => `${one.dueOn} ${one.kind}`)).toEqual([
      '2026-01-05 flag-review',
      '2026-03-03 warning-letter',
      '2026-03-04 tell-appointment',
      '2026-03-05 flag-review',
      '2026-03-06 evidence',
    ])
  })
})
