import { describe, expect, it } from 'vitest'
import type { OwedView } from '../../shared/features/cases/caseViews.ts'
import { agoText, dueText, dueTone, owedBecause, owedText, whenText } from './words.ts'

const TODAY = '2026-03-02'

const anOwed = (some: Partial<OwedView>): OwedView => ({
  caseId: '01890000-0000-7000-8000-00000000000a',
  name: 'Dorian Plimsoll',
  kind: 'warning-letter',
  subjectId: '01890000-0000-7000-8000-00000000000b',
  dueOn: '2026-02-27',
  from: '2026-02-25',
  about: '',
  ...some,
})

describe('how far off a day is', () => {
  it.each([
    ['2026-02-28', '2 days late', 'red'],
    ['2026-03-01', '1 day late', 'red'],
    ['2026-03-02', 'Today', 'amber'],
    ['2026-03-03', 'Tomorrow', 'amber'],
    ['2026-03-04', 'Wed 4 Mar', 'plain'],
    ['2027-01-04', 'Mon 4 Jan 2027', 'plain'],
  ])('%s is %s and %s', (day, text, tone) => {
    expect(dueText(day, TODAY)).toBe(text)
    expect(dueTone(day, TODAY)).toBe(tone)
  })
})

describe('what is owed', () => {
  it('says the sum behind a letter', () => {
    expect(owedText(anOwed({}), TODAY)).toBe('first warning letter')
    expect(owedBecause(anOwed({}), TODAY)).toBe('Missed Wed 25 February. 2 working days ended Fri 27 February')
  })

  it('counts the days of evidence', () => {
    const owed = anOwed({ kind: 'evidence', from: '2026-02-23', dueOn: '2026-03-02' })

    expect(owedText(owed, TODAY)).toBe('evidence for 23 Feb')
    expect(owedBecause(owed, TODAY)).toBe('Missed Mon 23 February. 7 days end Mon 2 March. Decide: acceptable or not')
  })

  it('names the flag, and the time that somebody must be told', () => {
    expect(owedText(anOwed({ kind: 'flag-review', about: 'Domestic abuse' }), TODAY)).toBe(
      'review the flag “Domestic abuse”',
    )
    expect(owedBecause(anOwed({ kind: 'tell-appointment', dueOn: '2026-03-09', about: '10:00' }), TODAY)).toContain(
      'Mon 9 March at 10:00',
    )
  })
})

describe('times', () => {
  it('say today instead of the date', () => {
    expect(whenText(Date.UTC(2026, 2, 2, 9, 30), TODAY)).toBe('Today 09:30')
    expect(whenText(Date.UTC(2026, 1, 26, 14, 0), TODAY)).toBe('Thu 26 Feb')
  })

  it.each([
    [4_000, '4 seconds'],
    [1_000, '1 second'],
    [360_000, '6 min'],
    [10_800_000, '3 hours'],
    [4 * 86_400_000, '4 days'],
  ])('%i ms is %s', (ms, text) => {
    expect(agoText(ms)).toBe(text)
  })
})
