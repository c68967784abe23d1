import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { referenceFiles } from '../shared/features/reference/reference.ts'
import { bankHolidays, calendarOf, weekdayAfter, weekdayBefore, workingDayFrom } from './calendar.ts'

const published = referenceFiles['bank-holidays'].parse(
  JSON.parse(readFileSync(new URL('../resources/reference/bank-holidays.json', import.meta.url), 'utf8')),
)

describe('bank holidays by the rule', () => {
  it('are those that are published, for every year that is', () => {
    const years = [...new Set(published.days.map(day => Number(day.slice(0, 4))))]

    const byRule = years.flatMap(year => [...bankHolidays(year)].sort())

    expect(byRule).toEqual(published.days)
  })

  it.each([
    [2016, '2016-03-25'],
    [2019, '2019-04-19'],
    [2038, '2038-04-23'],
  ])('know Good Friday of %i', (year, goodFriday) => {
    expect(bankHolidays(year)).toContain(goodFriday)
  })
})

describe('the day whose diary is shown', () => {
  it.each([
    ['a working day', '2026-03-02', '2026-03-02'],
    ['a Saturday', '2026-03-07', '2026-03-09'],
    ['a Sunday', '2026-11-22', '2026-11-23'],
    ['Good Friday', '2026-04-03', '2026-04-07'],
    ['Christmas Day', '2026-12-25', '2026-12-29'],
  ])('is, on %s, the next day the office is open', (_, today, diaryDay) => {
    expect(calendarOf(today).diaryDay).toBe(diaryDay)
  })
})

describe('finding a weekday', () => {
  it('never answers with the day itself', () => {
    expect(weekdayBefore('2026-03-02', 1)).toBe('2026-02-23')
    expect(weekdayAfter('2026-03-02', 1)).toBe('2026-03-09')
    expect(weekdayAfter('2026-03-02', 2)).toBe('2026-03-03')
  })

  it('goes back over a holiday to the last working day', () => {
    expect(workingDayFrom('2026-04-06', -1, calendarOf('2026-04-06').holidays)).toBe('2026-04-02')
  })
})
