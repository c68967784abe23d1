import { describe, expect, it } from 'vitest'
import type { ContactType, Outcome } from '../../../shared/features/reference/reference.ts'
import { checkEntry, creditOf, entryOf, minutesOf, type EntryFacts } from './entryRules.ts'
import { answerFirst, NO_ANSWERS } from './outcomeRules.ts'
import { describedBy, draftOf, stateOf, type RecordState } from './recordState.ts'

const TODAY = '2026-03-02'
const visit = { code: 'COAP', use: 'appointment', category: 'meeting', where: 'office' } as ContactType // all that is looked at
const call = { code: 'CTOA', use: 'logged', category: 'call', where: null } as ContactType
const attended = { code: 'ATTC', attendance: 'attended', group: 'attended' } as Outcome
const rescheduled = { code: 'RSSR', attendance: 'neither', group: 'rescheduled' } as Outcome
const absent = { code: 'UAAB', attendance: 'absent', group: 'absence' } as Outcome

const aState = (some: Partial<RecordState> = {}): RecordState => ({
  kind: 'COAP',
  startedOn: '2026-03-02',
  startedTime: '10:00',
  durationMinutes: '15',
  place: 'Room 2',
  outcome: answerFirst(NO_ANSWERS, 'attended'),
  sensitive: false,
  creditsRequirementId: null,
  template: null,
  nextChoice: null,
  nextTyped: '',
  toldHow: null,
  ...some,
})

const someFacts = (some: Partial<EntryFacts> = {}): EntryFacts => ({
  type: visit,
  outcome: attended,
  note: 'Arrived on time.',
  today: TODAY,
  now: Date.UTC(2026, 2, 2, 10, 15),
  slot: null,
  told: 'in-person',
  nextMinutes: 30,
  credited: undefined,
  ...some,
})

describe('checking an entry', () => {
  it('has nothing against a meeting of this morning', () => {
    expect(checkEntry(aState(), someFacts())).toEqual({})
  })

  it.each<[Partial<RecordState>, Partial<EntryFacts>, object]>([
    [{ outcome: NO_ANSWERS }, { outcome: undefined }, { outcome: 'required' }],
    [{ outcome: NO_ANSWERS }, { outcome: undefined, type: call }, {}],
    [{ kind: '' }, {}, { kind: 'required' }],
    [{ startedTime: '10.15' }, {}, {}],
    [{ startedTime: '10.16' }, {}, { startedTime: 'in-the-future' }],
    [{ startedTime: 'ten' }, {}, { startedTime: 'not-a-time' }],
    [{ startedOn: '31/2' }, {}, { startedOn: 'not-a-date', startedTime: 'time-does-not-exist' }],
    [{ startedOn: '29/3/2025', startedTime: '1.30' }, {}, {}],
    [{ startedOn: '30/3/2025', startedTime: '01:30' }, {}, { startedTime: 'time-does-not-exist' }],
    [{ durationMinutes: '601' }, {}, { durationMinutes: 'not-allowed' }],
    [{ durationMinutes: '' }, {}, { durationMinutes: 'not-allowed' }],
    [{}, { note: 'x'.repeat(12_000) }, {}],
    [{}, { note: 'x'.repeat(12_001) }, { note: 'too-long' }],
    [{ nextChoice: 'typed', nextTyped: 'soon' }, {}, { next: 'not-understood' }],
    [{ nextChoice: 'typed-instead', nextTyped: '3/3 10.00' }, {}, { next: 'required' }],
    [{ nextChoice: '2-instead' }, {}, { next: 'required' }],
    [{ nextChoice: 'other' }, {}, {}],
    [{ nextChoice: 'none' }, {}, {}],
  ])('of %o refuses %o', (state, facts, expected) => {
    expect(checkEntry(aState(state), someFacts(facts))).toEqual(expected)
  })
})

describe('an entry', () => {
  it('holds dates and times as the record does', () => {
    expect(entryOf(aState({ startedOn: '2/3', startedTime: '9.30' }), someFacts())).toMatchObject({
      startedOn: '2026-03-02',
      startedTime: '09:30',
      durationMinutes: 15,
      outcome: 'ATTC',
      next: null,
      credits: 0,
    })
  })

  it('books the slot that was chosen, with how the person was told', () => {
    const slot = { on: '2026-03-16', time: '10:00' }

    expect(entryOf(aState({ nextChoice: '2' }), someFacts({ slot })).next).toEqual({
      kind: 'COAP',
      startsOn: '2026-03-16',
      startsTime: '10:00',
      durationMinutes: 30,
      place: 'Room 2',
      toldHow: 'in-person',
    })
  })

  it('credits a requirement for a meeting, and neither for an absence nor where it was rescheduled', () => {
    const credited = { requirementId: '01890000-0000-7000-8000-000000000001', unit: 'days' }

    expect(entryOf(aState(), someFacts({ credited })).credits).toBe(1)
    for (const outcome of [absent, rescheduled]) {
      expect(entryOf(aState(), someFacts({ credited, outcome }))).toMatchObject({ credits: 0, requirementId: null })
    }
  })

  it('has no outcome for a call', () => {
    expect(entryOf(aState({ kind: 'CTOA' }), someFacts({ type: call, outcome: undefined })).outcome).toBe(null)
  })
})

describe('what is recorded', () => {
  const reference = { contactTypes: [visit, call], outcomes: [attended] }

  it('has the outcome that was chosen', () => {
    expect(describedBy(aState(), reference)).toEqual({ type: visit, outcome: attended })
  })

  it('has none when its kind became one without outcomes', () => {
    expect(describedBy(aState({ kind: 'CTOA' }), reference)).toEqual({ type: call, outcome: undefined })
  })
})

describe('small sums', () => {
  it.each([
    ['420', 7],
    ['50', 0.75],
    ['', 0],
  ])('%s minutes are %d hours', (minutes, hours) => {
    expect(creditOf('hours', minutes)).toBe(hours)
  })

  it.each([
    ['0', 0],
    [' 600', 600],
    ['1.5', undefined],
    ['-5', undefined],
  ])('%j is %s minutes', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes)
  })
})

describe('a draft', () => {
  it('comes back as it was left', () => {
    const state = aState({ startedOn: '2 March 2026', nextChoice: '2', toldHow: 'text', sensitive: true })

    expect(stateOf({ initial: draftOf(state, 'Half a note', 4), booked: null })).toEqual(state)
  })

  it('keeps what is booked unless something else was chosen', () => {
    const initial = draftOf(aState(), '', 0)

    expect(stateOf({ initial, booked: {} }).nextChoice).toBe('keep')
    expect(stateOf({ initial, booked: null }).nextChoice).toBe(null)
  })
})
