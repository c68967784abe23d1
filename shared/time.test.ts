import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  addDays,
  addMonths,
  addWorkingDays,
  ageOn,
  briefDay,
  calendarDate,
  dayMonthYear,
  dayRange,
  daysBetween,
  instant,
  instantOf,
  isWorkingDay,
  londonDate,
  londonTime,
  longDay,
  minuteOfDay,
  readDate,
  readTime,
  shortDay,
  timeOfDay,
  timeOfMinute,
  weekday,
} from './time.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const utc = (text: string): number => Date.parse(`${text}Z`)
const datesBetween = (first: string, last: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(first) / DAY_MS, max: Date.parse(last) / DAY_MS })
    .map(day => new Date(day * DAY_MS).toISOString().slice(0, 10))
const anyDate = datesBetween('1900-01-01', '2199-12-31')
const anyMinute = fc.integer({ min: utc('1900-01-01T00:00') / 60_000, max: utc('2199-12-31T22:59') / 60_000 })

/** What the machine's own calendar says of an instant, as `2026-03-29 02:00`. */
const london = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' })

describe('an instant in London', () => {
  it.each([
    ['in winter, on UTC', '2026-01-15T23:59:59.999', '2026-01-15', '23:59'],
    ['in summer, one hour ahead', '2026-07-15T22:59:59.999', '2026-07-15', '23:59'],
    ['on the day after UTC’s, in the last hour of a summer day', '2026-07-15T23:00', '2026-07-16', '00:00'],
    ['just before the clocks go forward', '2026-03-29T00:59:59.999', '2026-03-29', '00:59'],
    ['as the clocks go forward', '2026-03-29T01:00', '2026-03-29', '02:00'],
    ['at the end of that short day', '2026-03-29T22:59', '2026-03-29', '23:59'],
    ['on the day after it', '2026-03-29T23:00', '2026-03-30', '00:00'],
    ['in the last minute of summer time', '2026-10-25T00:59', '2026-10-25', '01:59'],
    ['as the clocks go back', '2026-10-25T01:00', '2026-10-25', '01:00'],
    ['at the end of that long day', '2026-10-25T23:59', '2026-10-25', '23:59'],
    ['in the winter of 1970, when summer time never ended', '1970-01-01T00:00', '1970-01-01', '01:00'],
    ['in the summer of 1943, two hours ahead', '1943-07-01T22:30', '1943-07-02', '00:30'],
    ['before 1970, inside a minute', '1969-12-31T22:59:30', '1969-12-31', '23:59'],
  ])('is read %s', (_, at, date, time) => {
    expect(londonDate(utc(at))).toBe(date)
    expect(londonTime(utc(at))).toBe(time)
  })

  it('is read as the calendar of the machine reads it', () => {
    fc.assert(
      fc.property(anyMinute, fc.nat(59_999), (minute, rest) => {
        const at = minute * 60_000 + rest
        expect(`${londonDate(at)} ${londonTime(at)}`).toBe(london.format(at))
      }),
      { numRuns: 500 },
    )
  })
})

describe('a London date and time', () => {
  it.each([
    ['2026-01-15', '10:00', '2026-01-15T10:00'],
    ['2026-07-15', '10:00', '2026-07-15T09:00'],
    ['2026-07-15', '00:00', '2026-07-14T23:00'],
    ['2026-03-29', '00:59', '2026-03-29T00:59'],
    ['2026-03-29', '02:00', '2026-03-29T01:00'],
    ['2026-10-25', '00:59', '2026-10-24T23:59'],
    ['2026-10-25', '02:00', '2026-10-25T02:00'],
    ['1970-01-01', '01:00', '1970-01-01T00:00'],
  ])('%s %s is the instant %s', (date, time, at) => {
    expect(instantOf(date, time)).toBe(utc(at))
  })

  it.each([
    ['2026-03-29', '01:00'],
    ['2026-03-29', '01:30'],
    ['2026-03-29', '01:59'],
    ['2027-03-28', '01:00'],
  ])('%s %s is no instant: the clocks leave it out', (date, time) => {
    expect(instantOf(date, time)).toBeUndefined()
  })

  it.each([
    ['01:00', '2026-10-25T00:00'],
    ['01:59', '2026-10-25T00:59'],
  ])('that comes twice, %s, is the earlier of the two', (time, at) => {
    expect(instantOf('2026-10-25', time)).toBe(utc(at))
    expect(londonTime(utc(at) + HOUR_MS)).toBe(time)
  })

  it('goes back to the instant that it was read from, or to its earlier twin', () => {
    fc.assert(
      fc.property(anyMinute, minute => {
        const at = minute * 60_000
        const back = instantOf(londonDate(at), londonTime(at)) ?? NaN
        expect([0, HOUR_MS]).toContain(at - back)
        expect([londonDate(back), londonTime(back)]).toEqual([londonDate(at), londonTime(at)])
      }),
      { numRuns: 500 },
    )
  })
})

describe('a London day', () => {
  const lengthHours = (date: string) => (dayRange(date).until - dayRange(date).from) / HOUR_MS

  it.each([
    ['2026-03-28', 24],
    ['2026-03-29', 23],
    ['2026-03-30', 24],
    ['2026-10-24', 24],
    ['2026-10-25', 25],
    ['2026-10-26', 24],
  ])('%s has %i hours', (date, hours) => {
    expect(lengthHours(date)).toBe(hours)
  })

  it('begins where the one before ends, and only two days a year are short or long', () => {
    // More days than are kept, so that the days are made anew in between.
    const days = Array.from({ length: daysBetween('2020-01-01', '2035-12-31') + 1 }, (_, n) => addDays('2020-01-01', n))

    const gaps = days.filter(day => dayRange(day).until !== dayRange(addDays(day, 1)).from)
    const odd = days.filter(day => lengthHours(day) !== 24)

    expect(gaps).toEqual([])
    expect(odd).toHaveLength(2 * 16)
    expect(odd.filter(day => weekday(day) !== 7 || !['03', '10'].includes(day.slice(5, 7)))).toEqual([])
  })

  it('holds its first instant and not the first of the next', () => {
    fc.assert(
      fc.property(anyDate, date => {
        const { from, until } = dayRange(date)
        expect([from - 1, from, until - 1, until].map(londonDate)).toEqual([
          addDays(date, -1),
          date,
          date,
          addDays(date, 1),
        ])
      }),
    )
  })
})

describe('the time zone of the PC', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it.each([
    ['America/Los_Angeles', 7],
    ['Pacific/Kiritimati', -14],
  ])('does not matter: %s', (zone, hoursBehind) => {
    vi.stubEnv('TZ', zone)
    expect(new Date('2026-07-15T12:00Z').getTimezoneOffset()).toBe(hoursBehind * 60)

    expect(londonDate(utc('2026-07-15T23:30'))).toBe('2026-07-16')
    expect(londonTime(utc('2026-10-25T01:30'))).toBe('01:30')
    expect(instantOf('2026-03-29', '02:00')).toBe(utc('2026-03-29T01:00'))
    expect(longDay(addDays('2026-03-28', 1))).toBe('Sunday 29 March 2026')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(readDate('29/3', '2026-03-02')).toBe('2026-03-29')
  })
})

describe('counting days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-10-24', 2, '2026-10-26'],
  ])('from %s by %i comes to %s', (from, count, to) => {
    expect(addDays(from, count)).toBe(to)
    expect(daysBetween(from, to)).toBe(count)
  })

  it('forth and back ends where it began', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (from, to) => {
        expect(addDays(from, daysBetween(from, to))).toBe(to)
        expect(daysBetween(to, from)).toBe(0 - daysBetween(from, to))
      }),
    )
  })

  it.each([
    ['2026-03-02', 1],
    ['2026-03-06', 5],
    ['2026-03-07', 6],
    ['2026-03-08', 7],
    ['1969-12-28', 7],
  ])('%s is day %i of its week', (date, day) => {
    expect(weekday(date)).toBe(day)
  })

  it('comes to the same weekday after seven and to the next after one', () => {
    fc.assert(
      fc.property(anyDate, date => {
        expect(weekday(addDays(date, 7))).toBe(weekday(date))
        expect(weekday(addDays(date, 1))).toBe((weekday(date) % 7) + 1)
      }),
    )
  })
})

describe('counting months', () => {
  it.each([
    ['2026-03-02', 1, '2026-04-02'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-03-02', -12, '2025-03-02'],
    ['2028-02-29', -12, '2027-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
  ])('from %s by %i comes to %s', (from, count, to) => {
    expect(addMonths(from, count)).toBe(to)
  })
})

describe('an age', () => {
  it.each([
    ['1991-05-14', '2026-05-13', 34],
    ['1991-05-14', '2026-05-14', 35],
    ['1991-05-14', '2026-12-31', 35],
    ['1991-05-14', '2027-01-01', 35],
    ['2004-02-29', '2022-02-28', 17],
    ['2004-02-29', '2022-03-01', 18],
    ['2004-02-29', '2024-02-29', 20],
    ['2026-03-02', '2026-03-02', 0],
  ])('of somebody born on %s is on %s %i', (born, on, years) => {
    expect(ageOn(born, on)).toBe(years)
  })
})

describe('working days', () => {
  const easter = new Set(['2026-04-03', '2026-04-06'])

  it.each([
    ['2026-03-02', 0, '2026-03-02'],
    ['2026-03-02', 1, '2026-03-03'],
    ['2026-03-06', 1, '2026-03-09'],
    ['2026-03-07', 1, '2026-03-09'],
    ['2026-03-08', 1, '2026-03-09'],
    ['2026-03-07', 0, '2026-03-07'],
    ['2026-04-01', 1, '2026-04-02'],
    ['2026-04-01', 2, '2026-04-07'],
    ['2026-04-02', 2, '2026-04-08'],
    ['2026-04-03', 1, '2026-04-07'],
  ])('from %s, %i on, come to %s', (from, count, to) => {
    expect(addWorkingDays(from, count, easter)).toBe(to)
  })

  it.each([
    ['2026-04-02', true],
    ['2026-04-03', false],
    ['2026-04-04', false],
    ['2026-04-05', false],
    ['2026-04-06', false],
    ['2026-04-07', true],
  ])('%s is one: %s', (date, isOne) => {
    expect(isWorkingDay(date, easter)).toBe(isOne)
  })

  it('are as many as were asked for, and the last of them is one', () => {
    const closed = fc.uniqueArray(datesBetween('2026-01-01', '2026-03-31'), { maxLength: 30 })
    fc.assert(
      fc.property(
        datesBetween('2026-01-01', '2026-03-01'),
        fc.integer({ min: 1, max: 30 }),
        closed,
        (from, count, days) => {
          const holidays = new Set(days)
          const to = addWorkingDays(from, count, holidays)
          const passed = Array.from({ length: daysBetween(from, to) }, (_, n) => addDays(from, n + 1))
          const isOpen = (day: string) => weekday(day) < 6 && !holidays.has(day)
          expect(isOpen(to)).toBe(true)
          expect(passed.filter(isOpen)).toHaveLength(count)
        },
      ),
    )
  })
})

describe('minutes of a day', () => {
  it.each([
    ['00:00', 0],
    ['00:59', 59],
    ['01:00', 60],
    ['09:05', 545],
    ['23:59', 1439],
  ])('%s is minute %i, both ways', (time, minute) => {
    expect(minuteOfDay(time)).toBe(minute)
    expect(timeOfMinute(minute)).toBe(time)
  })
})

describe('a day in words', () => {
  it.each([
    ['2026-03-02', 'Monday 2 March 2026', '2 March 2026', 'Mon 2 March', '2 Mar'],
    ['2026-12-31', 'Thursday 31 December 2026', '31 December 2026', 'Thu 31 December', '31 Dec'],
    ['2027-01-01', 'Friday 1 January 2027', '1 January 2027', 'Fri 1 January 2027', '1 Jan 2027'],
    ['2025-12-31', 'Wednesday 31 December 2025', '31 December 2025', 'Wed 31 December 2025', '31 Dec 2025'],
  ])('%s is told with its year where that is not this year', (date, long, full, short, brief) => {
    expect(longDay(date)).toBe(long)
    expect(dayMonthYear(date)).toBe(full)
    expect(shortDay(date, '2026-03-02')).toBe(short)
    expect(briefDay(date, '2026-03-02')).toBe(brief)
  })
})

describe('reading a date', () => {
  const TODAY = '2026-03-02'

  it.each([
    ['14/5/1991', '1991-05-14'],
    ['14.5.91', '1991-05-14'],
    ['14-05-1991', '1991-05-14'],
    ['14 5 1991', '1991-05-14'],
    ['14 May 1991', '1991-05-14'],
    ['14 MAY 91', '1991-05-14'],
    ['14-sept-1991', '1991-09-14'],
    ['1991-05-14', '1991-05-14'],
    ['  14/5/1991 ', '1991-05-14'],
    ['14 may', '2026-05-14'],
    ['1/2', '2026-02-01'],
    ['3 jun', '2026-06-03'],
    ['3 jul', '2026-07-03'],
    ['29/2/2028', '2028-02-29'],
    ['29/2/28', '1928-02-29'],
    ['1/1/1900', '1900-01-01'],
    ['31/12/2199', '2199-12-31'],
  ])('takes %s as %s', (text, date) => {
    expect(readDate(text, TODAY)).toBe(date)
  })

  it.each([
    ['26', '2026-05-14'],
    ['27', '1927-05-14'],
    ['00', '2000-05-14'],
    ['99', '1999-05-14'],
  ])('takes the year %s as the latest that has begun', (year, date) => {
    expect(readDate(`14/5/${year}`, TODAY)).toBe(date)
  })

  it.each([
    ['nothing', ''],
    ['a day alone', '14'],
    ['a month before its day', '5/14/1991'],
    ['a day that does not exist', '31/4/2026'],
    ['29 February of a common year', '29/2/2026'],
    ['29 February without a year, in a common one', '29/2'],
    ['day 0', '0/5/1991'],
    ['month 0', '14/0/1991'],
    ['two letters of a month', '14 ma 1991'],
    ['a month in another language', '14 mai 1991'],
    ['a month spelt too long', '14 mayor 1991'],
    ['a year of three digits', '14/5/991'],
    ['a year before 1900', '31/12/1899'],
    ['a year after 2199', '1/1/2200'],
    ['an ISO date that does not exist', '2026-02-29'],
    ['an ISO date before 1900', '1899-12-31'],
    ['a date with a time', '14/5/1991 10:00'],
    ['a date in other digits', '١٤/٥/١٩٩١'],
    ['two separators', '14//5/1991'],
  ])('does not take %s', (_, text) => {
    expect(readDate(text, TODAY)).toBeUndefined()
  })

  const spellings = fc.constantFrom(
    (date: string) => date,
    (date: string) => dayMonthYear(date),
    (date: string) => dayMonthYear(date).toUpperCase(),
    (date: string) => dayMonthYear(date).replace(/([A-Z][a-z]{2})[a-z]*/, '$1'),
    ...['/', '.', '-', ' '].map(
      mark => (date: string) => [Number(date.slice(8)), Number(date.slice(5, 7)), date.slice(0, 4)].join(mark),
    ),
    (date: string) => `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`,
  )

  it('takes every date in every spelling', () => {
    fc.assert(
      fc.property(anyDate, anyDate, spellings, (date, today, spell) => {
        expect(readDate(spell(date), today)).toBe(date)
      }),
    )
  })

  it('takes every date of this year and the 99 before it with a year of two digits', () => {
    fc.assert(
      fc.property(datesBetween('2000-01-01', '2199-12-31'), fc.nat(36_158), (today, daysAgo) => {
        const date = addDays(`${today.slice(0, 4)}-12-31`, -daysAgo)
        expect(readDate(`${date.slice(8)}/${date.slice(5, 7)}/${date.slice(2, 4)}`, today)).toBe(date)
      }),
    )
  })

  it('gives a date or nothing, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('1', '2', '3', '29', '31', '12', '00', '2026', '/', '.', '-', ' ', 'feb', 'May'))
        .map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(typed, anyDate, (text, today) => {
        const date = readDate(text, today)
        expect(date === undefined || calendarDate.safeParse(date).success).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('reading a time', () => {
  it.each([
    ['10', '10:00'],
    ['10.30', '10:30'],
    ['10:30', '10:30'],
    ['1030', '10:30'],
    ['930', '09:30'],
    ['0930', '09:30'],
    [' 9:05 ', '09:05'],
    ['2pm', '14:00'],
    ['2 PM', '14:00'],
    ['2.30pm', '14:30'],
    ['11am', '11:00'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['12.30 am', '00:30'],
    ['1am', '01:00'],
    ['00:00', '00:00'],
    ['23:59', '23:59'],
    ['0', '00:00'],
  ])('takes %s as %s', (text, time) => {
    expect(readTime(text)).toBe(time)
  })

  it.each([
    ['0', '00:00'],
    ['1', '13:00'],
    ['7', '19:00'],
    ['8', '08:00'],
    ['1.00', '01:00'],
    ['7am', '07:00'],
  ])('takes a bare hour from 1 to 7 as afternoon: %s is %s', (text, time) => {
    expect(readTime(text)).toBe(time)
  })

  it.each([
    ['nothing', ''],
    ['24 hours', '24'],
    ['24:00', '24:00'],
    ['minute 60', '10:60'],
    ['half a minute', '10:3'],
    ['five digits', '10300'],
    ['13 in the afternoon', '13pm'],
    ['13 in the morning', '13am'],
    ['0 in the afternoon', '0pm'],
    ['0 in the morning', '0.30am'],
    ['words', 'noon'],
    ['two times', '10 11'],
    ['a range', '10-11'],
    ['a negative', '-1'],
  ])('does not take %s', (_, text) => {
    expect(readTime(text)).toBeUndefined()
  })

  it('takes every time of the day with its minutes, on either clock', () => {
    const spellings = fc.constantFrom(
      (time: string) => time,
      (time: string) => time.replace(':', '.'),
      (time: string) => time.replace(':', ''),
      (time: string) => {
        const hour = Number(time.slice(0, 2))
        return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? 'am' : 'pm'}`
      },
    )
    fc.assert(
      fc.property(fc.nat(1439).map(timeOfMinute), spellings, (time, spell) => {
        expect(readTime(spell(time))).toBe(time)
      }),
    )
  })

  it('gives a time or nothing, whatever is typed', () => {
    const typed = fc.array(fc.constantFrom('0', '1', '2', '7', '9', '59', '60', ':', '.', ' ', 'am', 'pm', 'x'))
    fc.assert(
      fc.property(typed, parts => {
        const time = readTime(parts.join(''))
        expect(time === undefined || timeOfDay.safeParse(time).success).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a date, time or instant from outside', () => {
  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['1900-01-01', true],
    ['1899-12-31', false],
    ['2199-12-31', true],
    ['2200-01-01', false],
    ['2026-3-2', false],
    ['2026-03-02T10:00', false],
    ['2026-03-02\n', false],
  ])('%j is a date: %s', (text, isOne) => {
    expect(calendarDate.safeParse(text).success).toBe(isOne)
  })

  it.each([
    ['00:00', true],
    ['23:59', true],
    ['24:00', false],
    ['10:60', false],
    ['9:30', false],
    ['10:30:00', false],
    ['10:30\n', false],
  ])('%j is a time: %s', (text, isOne) => {
    expect(timeOfDay.safeParse(text).success).toBe(isOne)
  })

  it.each([
    [utc('1900-01-01T00:00'), true],
    [utc('1900-01-01T00:00') - 1, false],
    [utc('2200-01-01T00:00'), true],
    [utc('2200-01-01T00:00') + 1, false],
    [0.5, false],
    [NaN, false],
    ['2026-03-02T10:00Z', false],
  ])('%j is an instant: %s', (value, isOne) => {
    expect(instant.safeParse(value).success).toBe(isOne)
  })
})
