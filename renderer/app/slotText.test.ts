import { describe, expect, it } from 'vitest'
import { slotHint } from './slotText.ts'

const TODAY = '2026-03-02'
const slot = {
  on: '2026-03-11',
  time: '14:15',
  problem: null,
  clashWith: null,
  instead: null,
  holidaysKnownUntil: null,
}

describe('the hint of a slot', () => {
  it.each([
    ['nothing where it is free', {}, ''],
    [
      'whom it clashes with and when that day is free',
      { problem: 'clash' as const, clashWith: 'Jacob Thistlewood', instead: { on: '2026-03-11', time: '14:30' } },
      'Jacob Thistlewood. Free from 14:30',
    ],
    [
      'the next free day',
      { problem: 'holiday' as const, instead: { on: '2026-03-12', time: '14:15' } },
      'Bank holiday. Free on Thu 12 March, 14:15',
    ],
    [
      'who has the time, too',
      { problem: 'weekend' as const, clashWith: 'Jacob Thistlewood' },
      'Weekend, and taken: Jacob Thistlewood.',
    ],
    ['only what is wrong where nothing is free', { problem: 'weekend' as const }, 'Weekend.'],
    [
      'until when bank holidays are known where it lies after that',
      { on: '2028-01-03', holidaysKnownUntil: '2027-12-31' },
      'Bank holidays are known until 31 December 2027 only.',
    ],
  ])('says %s', (_what, facts, text) => {
    expect(slotHint({ ...slot, ...facts }, TODAY)).toBe(text)
  })
})
