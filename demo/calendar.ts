import { addDays, isWorkingDay, weekday } from './days.ts'

/** First and last year whose bank holidays the demo may need: an order runs two years back, and half a year is planned. */
const YEARS_BACK = 4
const YEARS_AHEAD = 3

/** The days around today, as the demo office sees them. */
export interface DemoCalendar {
  readonly today: string
  /** The day whose diary is shown as today's: today, or the next working day after a day off. */
  readonly diaryDay: string
  readonly holidays: ReadonlySet<string>
}

export function calendarOf(today: string): DemoCalendar {
  const year = Number(today.slice(0, 4))
  const years = Array.from({ length: YEARS_BACK + YEARS_AHEAD + 1 }, (_, place) => year - YEARS_BACK + place)
  const holidays = new Set(years.flatMap(bankHolidays))
  return { today, holidays, diaryDay: workingDayFrom(today, 1, holidays) }
}

/** That day if it is a working day, else the next one in the direction of `step`. */
export function workingDayFrom(day: string, step: 1 | -1, holidays: ReadonlySet<string>): string {
  let found = day
  while (!isWorkingDay(found, holidays)) found = addDays(found, step)
  return found
}

/** The latest day before `before` that falls on this weekday, 1 for Monday. */
export const weekdayBefore = (before: string, wanted: number): string =>
  addDays(before, -(((weekday(before) - wanted + 6) % 7) + 1))

/** The earliest day after `after` that falls on this weekday, 1 for Monday. */
export const weekdayAfter = (after: string, wanted: number): string =>
  addDays(after, ((wanted - weekday(after) + 6) % 7) + 1)

/**
 * Bank holidays of England and Wales by the rule, without those given for one year only. The product has them as data
 * for the years that are published; the demo needs them for any year, and a test compares the two.
 */
export function bankHolidays(year: number): readonly string[] {
  const easter = easterSunday(year)
  const newYear = `${year}-01-01`
  const christmas = `${year}-12-25`
  return [
    weekday(newYear) > 5 ? weekdayAfter(newYear, 1) : newYear,
    addDays(easter, -2),
    addDays(easter, 1),
    weekdayAfter(`${year}-04-30`, 1),
    weekdayBefore(`${year}-06-01`, 1),
    weekdayBefore(`${year}-09-01`, 1),
    ...christmasDays(christmas),
  ]
}

/** Christmas Day and Boxing Day; what falls on a weekend moves to the next weekday that is free. */
function christmasDays(christmas: string): readonly string[] {
  const day = weekday(christmas)
  if (day === 5) return [christmas, addDays(christmas, 3)]
  if (day === 6) return [addDays(christmas, 2), addDays(christmas, 3)]
  if (day === 7) return [addDays(christmas, 1), addDays(christmas, 2)]
  return [christmas, addDays(christmas, 1)]
}

/** Gauss's rule in the form of Meeus, Jones and Butcher. */
function easterSunday(year: number): string {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const inCentury = year % 100
  const moonShift = Math.floor((8 * century + 13) / 25)
  const moon = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - moon - (inCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451)
  const days = moon + toSunday - 7 * late + 114
  return `${year}-${two(Math.floor(days / 31))}-${two((days % 31) + 1)}`
}

const two = (count: number): string => String(count).padStart(2, '0')
