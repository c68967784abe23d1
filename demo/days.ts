import * as time from '../shared/time.ts'

// A large office asks for the same few thousand days millions of times, and a date made anew costs a microsecond.
const numbers = new Map<string, number>()
const names = new Map<number, string>()
const EPOCH = '1970-01-01'

/** Days since 1 January 1970. */
function numberOf(date: string): number {
  const known = numbers.get(date)
  if (known !== undefined) return known
  const made = time.daysBetween(EPOCH, date)
  numbers.set(date, made)
  return made
}

function nameOf(number: number): string {
  const known = names.get(number)
  if (known !== undefined) return known
  const made = time.addDays(EPOCH, number)
  names.set(number, made)
  return made
}

export const addDays = (date: string, count: number): string => nameOf(numberOf(date) + count)
export const daysBetween = (from: string, to: string): number => numberOf(to) - numberOf(from)
/** 1 for Monday to 7 for Sunday; 1 January 1970 was a Thursday. */
export const weekday = (date: string): number => ((((numberOf(date) + 3) % 7) + 7) % 7) + 1

export const isWorkingDay = (date: string, holidays: ReadonlySet<string>): boolean =>
  weekday(date) <= 5 && !holidays.has(date)

/** The day `count` working days after `date`, which itself does not count. */
export function addWorkingDays(date: string, count: number, holidays: ReadonlySet<string>): string {
  let day = date
  for (let left = count; left > 0;) {
    day = addDays(day, 1)
    if (isWorkingDay(day, holidays)) left--
  }
  return day
}

const longNames = new Map<string, string>()

/** `Monday 16 March`. */
export function dayName(date: string): string {
  const known = longNames.get(date)
  if (known !== undefined) return known
  const made = time.longDay(date).slice(0, -5)
  longNames.set(date, made)
  return made
}

/** `16 March`. */
export const dayMonth = (date: string): string => dayName(date).slice(dayName(date).indexOf(' ') + 1)
/** `Monday`. */
export const weekdayName = (date: string): string => dayName(date).slice(0, dayName(date).indexOf(' '))
