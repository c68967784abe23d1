import { describe, expect, it } from 'vitest'
import type { ContactType, Outcome } from '../../../shared/features/reference/reference.ts'
import { effectsOf, type EffectFacts } from './effects.ts'

const visit = {
  code: 'COAP',
  label: 'Planned office visit',
  use: 'appointment',
  nationalStandards: true,
} as ContactType // all that is looked at
const call = {
  code: 'CTOA',
  label: 'Phone call from the person',
  use: 'logged',
  nationalStandards: false,
} as ContactType
const attended = { code: 'ATTC', label: 'Attended and complied', complied: true } as Outcome
const missed = { code: 'UAAB', label: 'Missed, not acceptable', complied: false } as Outcome
const waiting = { code: 'AFTA', label: 'Missed, waiting for evidence', complied: false } as Outcome

const texts = (some: Partial<EffectFacts>) =>
  effectsOf({
    type: visit,
    outcome: attended,
    today: '2026-03-02',
    failures: { count: 1, limit: 2, afterwards: 'breach' },
    credited: undefined,
    nextChoice: null,
    slot: null,
    told: 'in-person',
    sensitive: false,
    ...some,
  }).map(effect => effect.text)

describe('what saving does', () => {
  it('is nothing while there is no outcome', () => {
    expect(texts({ outcome: undefined })).toEqual([])
  })

  it('is told for a meeting', () => {
    const credited = { label: 'RAR days', done: 9, amount: 20, credit: 1 }

    expect(texts({ credited, nextChoice: '2', slot: { on: '2026-03-16', time: '10:00' } })).toEqual([
      'Attended and complied',
      'Failures stay at 1 of 2',
      'RAR days 9 to 10 of 20',
      'Appointment Mon 16 March, 10:00, told in person',
    ])
  })

  it('says that breach opens at the last failure, and what becomes owed', () => {
    expect(texts({ outcome: missed })).toEqual([
      'Missed, not acceptable',
      'Failures go from 1 to 2 of 2. Breach opens',
      'A warning letter becomes owed',
    ])
  })

  it('counts no failure while evidence is awaited', () => {
    expect(texts({ outcome: waiting })).toEqual([
      'Missed, waiting for evidence',
      'Failures stay at 1 of 2',
      'Evidence becomes owed',
    ])
  })

  it('sets no number where the order has none', () => {
    expect(texts({ outcome: missed, failures: { count: 0, limit: null, afterwards: 'recall' } })).toContain(
      'Failures go from 0 to 1',
    )
  })

  it('is one line for a call, and one more when it is sensitive', () => {
    expect(texts({ type: call, outcome: undefined, failures: null })).toEqual(['Phone call from the person'])
    expect(texts({ type: call, outcome: undefined, failures: null, sensitive: true })[1]).toContain(
      'Cannot be taken off',
    )
  })
})
