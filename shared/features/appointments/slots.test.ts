import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, minuteOfDay, timeOfMinute, weekday } from '../../time.ts'
import { judgeSlot, OFFICE_CLOSES, OFFICE_OPENS, slotInWeeks, type Diary, type Slot, type Taken } from './slots.ts'

const MONDAY = '2026-03-09'
const FRIDAY = '2026-03-13'

const meeting = (some: Partial<Taken> = {}): Taken => ({
  on: MONDAY,
  time: '10:00',
  durationMinutes: 30,
  by: 'Team meeting',
  ...some,
})
const aDiary = (taken: readonly Taken[] = [], holidays: readonly string[] = []): Diary => ({
  taken,
  holidays: new Set(holidays),
  holidaysKnownUntil: '2027-12-31',
})
const judge = (on: string, time: string, diary = aDiary(), durationMinutes = 30) =>
  judgeSlot({ on, time }, durationMinutes, diary)

describe('a slot in some weeks', () => {
  it.each([
    [1, '2026-03-09'],
    [2, '2026-03-16'],
    [4, '2026-03-30'],
  ])('in %i weeks is on the same weekday at the same time, over the change of clocks too', (weeks, on) => {
    const slot = slotInWeeks({ on: '2026-03-02', time: '10:00' }, weeks, 30, aDiary())

    expect(slot).toEqual({ on, time: '10:00', problem: null, clashWith: null, instead: null, holidaysKnownUntil: null })
  })

  it('is judged', () => {
    const slot = slotInWeeks({ on: '2026-03-02', time: '10:00' }, 1, 30, aDiary([meeting()]))

    expect(slot).toMatchObject({ on: MONDAY, problem: 'clash', clashWith: 'Team meeting' })
  })
})

describe('what speaks against a slot', () => {
  it.each<[string, string, string, number, Slot['problem']]>([
    ['nothing, as the office opens', MONDAY, '08:00', 30, null],
    ['the office is not open yet', MONDAY, '07:59', 30, 'outside-hours'],
    ['nothing, until the office closes', MONDAY, '17:30', 30, null],
    ['the office closes before it ends', MONDAY, '17:31', 30, 'outside-hours'],
    ['nothing, for the whole day', MONDAY, '08:00', 600, null],
    ['the office closes before it ends, though it began early', MONDAY, '08:15', 600, 'outside-hours'],
    ['it would end after midnight', MONDAY, '23:45', 30, 'outside-hours'],
    ['nothing, on Friday', FRIDAY, '10:00', 30, null],
    ['Saturday', '2026-03-14', '10:00', 30, 'weekend'],
    ['Sunday', '2026-03-15', '10:00', 30, 'weekend'],
  ])('is: %s', (_, on, time, minutes, problem) => {
    expect(judge(on, time, aDiary(), minutes).problem).toBe(problem)
  })

  it.each<[string, string, number, Slot['problem']]>([
    ['nothing, when it ends as the meeting begins', '09:30', 30, null],
    ['a clash, when it runs into the meeting', '09:31', 30, 'clash'],
    ['a clash, when it begins with the meeting', '10:00', 15, 'clash'],
    ['a clash, when it lies within the meeting', '10:05', 5, 'clash'],
    ['a clash, when the meeting lies within it', '09:45', 60, 'clash'],
    ['a clash, when it begins in the last minute of the meeting', '10:29', 30, 'clash'],
    ['nothing, when it begins as the meeting ends', '10:30', 30, null],
  ])('beside a meeting from 10:00 to 10:30 is %s', (_, time, minutes, problem) => {
    const slot = judge(MONDAY, time, aDiary([meeting()]), minutes)

    expect(slot.problem).toBe(problem)
    expect(slot.clashWith).toBe(problem === 'clash' ? 'Team meeting' : null)
  })

  it('is not a meeting at that time on another day', () => {
    expect(judge(FRIDAY, '10:00', aDiary([meeting()])).problem).toBeNull()
  })

  it('is first that nobody is there: a holiday before the weekend, both before the hours and the clash', () => {
    const saturday = '2026-12-26'
    const diary = aDiary([meeting({ on: saturday, time: '20:00' })], [saturday])

    expect(judge(saturday, '20:00', diary)).toMatchObject({ problem: 'holiday', clashWith: 'Team meeting' })
    expect(judge(saturday, '20:00', aDiary(diary.taken))).toMatchObject({ problem: 'weekend' })
  })
})

describe('the way round', () => {
  it.each<[string, readonly Taken[], string, Slot['instead']]>([
    [
      'is right after a meeting of a quarter',
      [meeting({ durationMinutes: 15 })],
      '10:00',
      { on: MONDAY, time: '10:15' },
    ],
    [
      'is the first quarter after a meeting',
      [meeting({ durationMinutes: 40 })],
      '10:00',
      { on: MONDAY, time: '10:45' },
    ],
    ['keeps its own minutes', [meeting()], '10:10', { on: MONDAY, time: '10:40' }],
    [
      'is in a gap that is long enough, not in one that is too short',
      [meeting(), meeting({ time: '10:45' })],
      '10:00',
      { on: MONDAY, time: '11:15' },
    ],
    ['may end as the office closes', [meeting({ durationMinutes: 450 })], '10:00', { on: MONDAY, time: '17:30' }],
    [
      'is the same time on the next day where the rest of the day is taken',
      [meeting({ durationMinutes: 451 })],
      '10:00',
      { on: '2026-03-10', time: '10:00' },
    ],
    [
      'passes over a day that is taken at that time too',
      [meeting({ durationMinutes: 480 }), meeting({ on: '2026-03-10' })],
      '10:00',
      { on: '2026-03-11', time: '10:00' },
    ],
  ])('of a clash %s', (_, taken, time, instead) => {
    expect(judge(MONDAY, time, aDiary(taken)).instead).toEqual(instead)
  })

  it.each<[string, string, string, readonly string[], Slot['instead']]>([
    ['a Saturday is Monday at the same time', '2026-03-14', '11:30', [], { on: '2026-03-16', time: '11:30' }],
    ['a holiday is the day after', '2026-05-04', '11:30', ['2026-05-04'], { on: '2026-05-05', time: '11:30' }],
    [
      'Good Friday is the Tuesday after Easter',
      '2026-04-03',
      '11:30',
      ['2026-04-03', '2026-04-06'],
      { on: '2026-04-07', time: '11:30' },
    ],
    ['an hour before the office opens is the next day at 10', MONDAY, '07:30', [], { on: '2026-03-10', time: '10:00' }],
    ['the hour at which it closes is the next day at 10', MONDAY, '18:00', [], { on: '2026-03-10', time: '10:00' }],
    ['a time too late for its length is the next day at 10', MONDAY, '17:45', [], { on: '2026-03-10', time: '10:00' }],
    ['an evening before a weekend is Monday at 10', FRIDAY, '19:00', [], { on: '2026-03-16', time: '10:00' }],
  ])('of %s', (_, on, time, holidays, instead) => {
    expect(judge(on, time, aDiary([], holidays)).instead).toEqual(instead)
  })

  it('of a whole day that begins too late is the next day from when the office opens', () => {
    expect(judge(MONDAY, '08:15', aDiary(), 600).instead).toEqual({ on: '2026-03-10', time: '08:00' })
  })

  it.each([
    [13, { on: addDays(MONDAY, 14), time: '10:00' }],
    [14, null],
  ])('is looked for over a fortnight: with %i days closed it is %j', (closed, instead) => {
    const holidays = Array.from({ length: closed + 1 }, (_, day) => addDays(MONDAY, day))

    expect(judge(MONDAY, '10:00', aDiary([], holidays)).instead).toEqual(instead)
  })

  const someTaken = fc.record({
    on: fc.nat(4).map(day => addDays(MONDAY, day)),
    time: fc.integer({ min: 28, max: 72 }).map(quarter => timeOfMinute(quarter * 15 + 5)),
    durationMinutes: fc.nat(240),
    by: fc.constant('Meeting'),
  })
  const anySlot = fc.record({
    on: fc.nat(6).map(day => addDays(MONDAY, day)),
    time: fc.nat(1439).map(timeOfMinute),
  })
  const situation = fc.record({
    taken: fc.array(someTaken, { maxLength: 12 }),
    holidays: fc.uniqueArray(fc.nat(13).map(day => addDays(MONDAY, day))),
    slot: anySlot,
    minutes: fc.nat(600),
  })

  it('has nothing against it, and is later', () => {
    fc.assert(
      fc.property(situation, ({ taken, holidays, slot, minutes }) => {
        const diary = aDiary(taken, holidays)
        const { problem, instead } = judgeSlot(slot, minutes, diary)
        if (problem === null) expect(instead).toBeNull()
        if (instead === null) return
        expect(judgeSlot(instead, minutes, diary).problem).toBeNull()
        expect(`${instead.on} ${instead.time}` > `${slot.on} ${slot.time}`).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is not needed where the office is open and nobody else is seen', () => {
    fc.assert(
      fc.property(situation, ({ taken, holidays, slot, minutes }) => {
        const start = minuteOfDay(slot.time)
        const end = start + minutes
        const isOpen =
          weekday(slot.on) < 6 &&
          !holidays.includes(slot.on) &&
          start >= minuteOfDay(OFFICE_OPENS) &&
          end <= minuteOfDay(OFFICE_CLOSES)
        const isFree = taken.every(
          one =>
            one.on !== slot.on || end <= minuteOfDay(one.time) || minuteOfDay(one.time) + one.durationMinutes <= start,
        )
        expect(judgeSlot(slot, minutes, aDiary(taken, holidays)).problem === null).toBe(isOpen && isFree)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a slot after the last day for which bank holidays are known', () => {
  it.each([
    ['2027-12-31', null],
    ['2028-01-03', '2027-12-31'],
  ])('on %s says until when they are: %s', (on, holidaysKnownUntil) => {
    expect(judge(on, '10:00').holidaysKnownUntil).toBe(holidaysKnownUntil)
  })
})
