import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, calendarDate, dayMonthYear, daysBetween, timeOfDay, weekday } from '../../time.ts'
import { readWhen } from './readWhen.ts'

/** A Monday. */
const TODAY = '2026-03-02'
const FROM = { on: '2026-03-03', time: '11:30' }
const read = (text: string, today = TODAY) => readWhen(text, today, FROM)

describe('reading when', () => {
  it.each([
    ['17/3 10.30', '2026-03-17', '10:30'],
    ['17/3 10', '2026-03-17', '10:00'],
    ['17/3 2', '2026-03-17', '14:00'],
    ['17/3 1030', '2026-03-17', '10:30'],
    ['17 mar 10', '2026-03-17', '10:00'],
    ['17 3 10', '2026-03-17', '10:00'],
    ['17 March 2pm', '2026-03-17', '14:00'],
    ['17 March 2 pm', '2026-03-17', '14:00'],
    ['17/3/26 9:15', '2026-03-17', '09:15'],
    ['17/3/2026 9:15', '2026-03-17', '09:15'],
    ['2026-03-17 09:15', '2026-03-17', '09:15'],
    ['tue 2pm', '2026-03-03', '14:00'],
    ['tomorrow 9.30', '2026-03-03', '09:30'],
    ['today 4pm', '2026-03-02', '16:00'],
    ['10d 14:00', '2026-03-13', '14:00'],
    ['  TUE   2  PM ', '2026-03-03', '14:00'],
  ])('takes a day and a time: %s', (text, on, time) => {
    expect(read(text)).toEqual({ on, time })
  })

  it.each([
    ['17/3', '2026-03-17'],
    ['17/3/26', '2026-03-17'],
    ['17 march', '2026-03-17'],
    ['today', '2026-03-02'],
    ['tomorrow', '2026-03-03'],
    ['thu', '2026-03-05'],
  ])('keeps the time where none is given: %s', (text, on) => {
    expect(read(text)).toEqual({ on, time: '11:30' })
  })

  it.each([
    ['2w', '2026-03-17'],
    ['2 weeks', '2026-03-17'],
    ['in 1 week', '2026-03-10'],
    ['+1w', '2026-03-10'],
    ['10d', '2026-03-13'],
    ['1 day', '2026-03-04'],
    ['in 3 days', '2026-03-06'],
    ['+0d', '2026-03-03'],
  ])('counts from the appointment, not from today: %s', (text, on) => {
    expect(read(text)?.on).toBe(on)
  })

  it.each([
    ['mon', '2026-03-09'],
    ['tue', '2026-03-03'],
    ['tues', '2026-03-03'],
    ['Wednesday', '2026-03-04'],
    ['sat', '2026-03-07'],
    ['sun', '2026-03-08'],
  ])('takes a weekday as the next one after today: %s', (text, on) => {
    expect(read(text)?.on).toBe(on)
  })

  it.each([
    ['2026-03-02', '2/3', '2026-03-02'],
    ['2026-03-02', '1/3', '2027-03-01'],
    ['2026-12-30', '3/1', '2027-01-03'],
    ['2026-12-30', '3 jan', '2027-01-03'],
    ['2026-12-30', '3/1/27', '2027-01-03'],
    ['2026-12-30', '3 jan 27', '2027-01-03'],
    ['2026-12-30', '3/1/2027', '2027-01-03'],
    ['2027-12-01', '29/2', '2028-02-29'],
    ['2028-02-29', '29/2', '2028-02-29'],
  ])('on %s takes %s as the next one, %s', (today, text, on) => {
    expect(read(text, today)).toEqual({ on, time: '11:30' })
  })

  it.each([
    ['2026-03-02', '1/3/26', '2026-03-01'],
    ['2026-03-02', '1/3/2026', '2026-03-01'],
    ['2026-03-02', '17/3/2010', '2010-03-17'],
  ])('on %s takes %s as it is written, %s, even in the past', (today, text, on) => {
    expect(read(text, today)?.on).toBe(on)
  })

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['a time alone', '10.30'],
    ['two letters of a weekday', 'tu'],
    ['a weekday misspelt', 'tusday'],
    ['a day that does not exist', '31/4'],
    ['29 February where neither this year nor the next has one', '29/2'],
    ['a time that does not exist', '17/3 25.00'],
    ['a time before its day', '10.30 17/3'],
    ['words', 'when she is free'],
    ['a day with more words', 'tue 2pm please'],
    ['months, which have no one length', '2m'],
  ])('does not take %s', (_, text) => {
    expect(read(text)).toBeUndefined()
  })

  const someDay = fc.nat(3_000).map(days => addDays('2026-01-01', days))

  it('takes every day of the coming year without its year, and its hour after it', () => {
    fc.assert(
      fc.property(
        someDay,
        fc.nat(364),
        fc.integer({ min: 8, max: 17 }),
        fc.boolean(),
        (today, ahead, hour, inWords) => {
          const on = addDays(today, ahead)
          const day = inWords ? dayMonthYear(on).slice(0, -5) : `${Number(on.slice(8))}/${Number(on.slice(5, 7))}`
          expect(readWhen(day, today, FROM)).toEqual({ on, time: FROM.time })
          const time = `${hour < 10 ? '0' : ''}${hour}:00`
          expect(readWhen(`${day} ${hour}`, today, FROM)).toEqual({ on, time })
        },
      ),
      { numRuns: 500 },
    )
  })

  it('takes a weekday as one of the seven days to come', () => {
    const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
    fc.assert(
      fc.property(someDay, fc.nat(6), fc.integer({ min: 3, max: 9 }), (today, place, letters) => {
        const on = readWhen(names[place]?.slice(0, letters) ?? '', today, FROM)?.on ?? ''
        expect(weekday(on)).toBe(place + 1)
        expect(daysBetween(today, on)).toBeGreaterThanOrEqual(1)
        expect(daysBetween(today, on)).toBeLessThanOrEqual(7)
      }),
    )
  })

  it('gives a day and a time or nothing, whatever is typed', () => {
    const word = fc.constantFrom(
      '17/3',
      '17',
      'mar',
      'tue',
      '2',
      'pm',
      '2w',
      '10.30',
      '29/2',
      '26',
      'in',
      '+',
      'today',
      '',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word).map(words => words.join(' ')),
          fc.string(),
        ),
        someDay,
        (text, today) => {
          const when = readWhen(text, today, FROM)
          expect(when === undefined || calendarDate.safeParse(when.on).success).toBe(true)
          expect(when === undefined || timeOfDay.safeParse(when.time).success).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
