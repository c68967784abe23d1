import { describe, expect, it } from 'vitest'
import { aContact, anEvent, anId } from '../../../tests/support/builders.ts'
import type { ContactType, Outcome, Reference, SentenceType } from '../reference/reference.ts'
import type { Event } from '../sentences/sentence.ts'
import type { Contact } from './contact.ts'
import type { EffectiveContact } from './contactText.ts'
import { countFailures, isFailure } from './failures.ts'

const TODAY = '2026-03-02'
const EVENT = anId()

const contactTypes: readonly Partial<ContactType>[] = [
  { code: 'COAP', nationalStandards: true },
  { code: 'CTOA', nationalStandards: false },
]
const outcomes: readonly Partial<Outcome>[] = [
  { code: 'ATTC', complied: true },
  { code: 'AFTC', complied: false },
  { code: 'UAAB', complied: false },
  { code: 'AFTA', complied: false },
  { code: 'AAME', complied: true },
]
const sentences: readonly Partial<SentenceType>[] = [
  { kind: 'community-order', failuresMax: 2, failuresWithinMonths: 12, afterwards: 'breach' },
  { kind: 'suspended-sentence-order', failuresMax: 3, failuresWithinMonths: null, afterwards: 'breach' },
  { kind: 'licence', failuresMax: null, failuresWithinMonths: null, afterwards: 'recall' },
]
const reference = {
  contactTypes: new Map(contactTypes.map(one => [one.code, one])),
  outcomes: new Map(outcomes.map(one => [one.code, one])),
  sentences: new Map(sentences.map(one => [one.kind, one])),
  sentencesVersion: 7,
} as unknown as Reference // nothing else is looked at

const anOrder = (some: Partial<Event> = {}) => ({ id: EVENT, fields: anEvent({ startOn: '2024-09-19', ...some }) })
const missed = (some: Partial<Contact> = {}, struckBecause: string | null = null): EffectiveContact => ({
  id: anId(),
  version: 0,
  fields: aContact({ outcome: 'UAAB', ...some }),
  earlier: [],
  struckBecause,
  correctionIds: [],
})
const missedOn = (at: string) => missed({ startedAt: Date.parse(at) })
const count = (contacts: readonly EffectiveContact[], order = anOrder(), today = TODAY) =>
  countFailures(order, contacts, reference, today)

describe('a failure to comply', () => {
  it.each<[string, Partial<Contact>, string | null, boolean]>([
    ['a missed appointment', {}, null, true],
    ['an attendance without complying', { outcome: 'AFTC' }, null, true],
    ['an attendance', { outcome: 'ATTC' }, null, false],
    ['an acceptable absence', { outcome: 'AAME' }, null, false],
    ['an absence that waits for evidence', { outcome: 'AFTA' }, null, false],
    ['a contact without an outcome', { outcome: null }, null, false],
    ['a contact with an outcome that nobody knows', { outcome: 'XXXX' }, null, false],
    ['a missed contact of a kind outside national standards', { kind: 'CTOA' }, null, false],
    ['a missed contact of a kind that nobody knows', { kind: 'XXXX' }, null, false],
    ['a missed appointment that was struck', {}, 'Wrong person', false],
  ])('is %s: $3', (_, some, struckBecause, is) => {
    expect(isFailure(missed(some, struckBecause), reference)).toBe(is)
  })
})

describe('counting the failures of an order', () => {
  it.each([
    ['today', '2026-03-02T10:00Z', TODAY, 1],
    ['later today', '2026-03-02T23:59Z', TODAY, 1],
    ['tomorrow', '2026-03-03T10:00Z', TODAY, 0],
    ['a year ago to the day', '2025-03-02T00:00Z', TODAY, 1],
    ['a day more than a year ago', '2025-03-01T23:59Z', TODAY, 0],
    ['a year ago by London’s day, in summer', '2025-07-14T23:00Z', '2026-07-15', 1],
    ['a minute before that day began in London', '2025-07-14T22:59Z', '2026-07-15', 0],
    ['the last day of February, seen from 29 February', '2027-02-28T10:00Z', '2028-02-29', 1],
    ['the day before that', '2027-02-27T10:00Z', '2028-02-29', 0],
  ])('counts those of the last 12 months: %s', (_, at, today, failures) => {
    expect(count([missedOn(at)], anOrder(), today).count).toBe(failures)
  })

  it.each([
    ['on its first day', '2025-09-19T10:00Z', 1],
    ['on the day before', '2025-09-18T10:00Z', 0],
  ])('counts from the beginning of the order: %s', (_, at, failures) => {
    const young = anOrder({ startOn: '2025-09-19' })

    expect(count([missedOn(at)], young)).toMatchObject({ count: failures, since: '2025-09-19' })
  })

  it.each([
    ['that order', EVENT, 1],
    ['no order', null, 1],
    ['another order', anId(), 0],
  ])('counts a contact that names %s: $2', (_, eventId, failures) => {
    expect(count([missed({ eventId })]).count).toBe(failures)
  })

  it('counts over the whole order where no months are set', () => {
    const suspended = anOrder({ sentence: 'suspended-sentence-order' })

    expect(count([missedOn('2024-09-19T10:00Z'), missedOn('2024-09-18T10:00Z')], suspended)).toMatchObject({
      count: 1,
      since: '2024-09-19',
    })
  })

  it.each([
    ['community-order', 2, 12, 'breach'],
    ['suspended-sentence-order', 3, null, 'breach'],
    ['licence', null, null, 'recall'],
    ['post-sentence-supervision', null, null, 'breach'],
  ] as const)(
    'of a %s says at how many failures what opens; without a rule none',
    (sentence, limit, months, afterwards) => {
      expect(count([], anOrder({ sentence }))).toMatchObject({ limit, withinMonths: months, afterwards, count: 0 })
    },
  )

  it.each([
    ['the first is the missed one', 1, 2, 1],
    ['the first is the attended one', 2, 1, 0],
    ['the centre has not seen the missed one', 0, 1, 0],
    ['the centre has not seen the attended one', 1, 0, 1],
  ])('counts one appointment once, as it was logged first: %s', (_, missedVersion, attendedVersion, failures) => {
    const appointmentId = anId()
    const absent = { ...missed({ appointmentId }), version: missedVersion }
    const attended = { ...missed({ appointmentId, outcome: 'ATTC' }), version: attendedVersion }

    expect(count([absent, attended]).count).toBe(failures)
    expect(count([attended, absent]).count).toBe(failures)
  })

  it('counts an appointment logged twice as missed once, and by the other where the first was struck', () => {
    const appointmentId = anId()
    const [first, second] = [missed({ appointmentId }), missed({ appointmentId })]

    expect(count([first, second, missed()]).count).toBe(2)
    expect(count([{ ...first, struckBecause: 'Wrong person' }, second]).contacts).toMatchObject([{ id: second.id }])
  })

  it('names each, with its day and outcome, and the version of the rule', () => {
    const late = missedOn('2026-02-16T10:00Z')
    const rude = missed({ outcome: 'AFTC', startedAt: Date.parse('2025-07-14T23:30Z') })

    const failures = count([late, missed({ outcome: 'ATTC' }), rude])

    expect(failures.contacts).toEqual([
      { id: late.id, on: '2026-02-16', outcome: 'UAAB' },
      { id: rude.id, on: '2025-07-15', outcome: 'AFTC' },
    ])
    expect(failures).toMatchObject({ count: 2, since: '2025-03-02', ruleVersion: 'sentences.json 7' })
  })
})
