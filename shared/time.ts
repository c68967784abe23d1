import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'

/** The only place that turns instants into London dates and back, by one library in Node and in the window. */
const LONDON = 'Europe/London'
const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** A moment: whole UTC milliseconds, 1900 to 2200. */
export const instant = z.int().min(-2_208_988_800_000).max(7_258_118_400_000)
/** A calendar day in London, `YYYY-MM-DD`, 1900 to 2199. */
export const calendarDate = z.iso.date().refine(day => day >= '1900-01-01' && day <= '2199-12-31')
/** A time of day in London, `HH:MM`, 24 hours. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export interface Clock {
  /** Now, in UTC milliseconds. */
  now(): number
}

interface LondonDay {
  readonly start: number
  /** 1440 but on the days when the clocks change. */
  readonly minutes: number
}

// A screen asks for the same few days again and again, and the library takes about 20 µs for each.
const DAYS_KEPT_MAX = 4_000
const days = new Map<string, LondonDay>()

function londonDay(date: string): LondonDay {
  const known = days.get(date)
  if (known) return known
  const day = Temporal.PlainDate.from(date)
  const start = day.toZonedDateTime(LONDON).epochMilliseconds
  const end = day.add({ days: 1 }).toZonedDateTime(LONDON).epochMilliseconds
  const made = { start, minutes: (end - start) / MINUTE_MS }
  if (days.size >= DAYS_KEPT_MAX) days.clear()
  days.set(date, made)
  return made
}

/** First instant of the day, and the first instant after it. */
export function dayRange(date: string): { readonly from: number; readonly until: number } {
  const { start, minutes } = londonDay(date)
  return { from: start, until: start + minutes * MINUTE_MS }
}

/** The day in London at this instant. */
export function londonDate(at: number): string {
  // London is never behind UTC and two hours ahead at most (in the summers of 1941 to 1947), so the day is that of UTC or the
  // one after.
  const guess = new Date(at).toISOString().slice(0, 10)
  return at < dayRange(guess).until ? guess : addDays(guess, 1)
}

/** The time of day in London at this instant. */
export function londonTime(at: number): string {
  const { start, minutes } = londonDay(londonDate(at))
  if (minutes !== DAY_MINUTES) {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(LONDON).toPlainTime().toString().slice(0, 5)
  }
  const minute = Math.floor((at - start) / MINUTE_MS)
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/**
 * The instant of a London date and time.
 *
 * @returns undefined for a time that does not exist: 01:00 to 01:59 on the day the clocks go forward. Of the two
 * instants of a time that comes twice, the earlier.
 */
export function instantOf(date: string, time: string): number | undefined {
  const { start, minutes } = londonDay(date)
  if (minutes === DAY_MINUTES) return start + minuteOfDay(time) * MINUTE_MS
  const at = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: LONDON, plainTime: time }).epochMilliseconds
  return londonTime(at) === time ? at : undefined
}

/** Minutes since midnight of an `HH:MM`. */
export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** `HH:MM` of minutes since midnight, 0 to 1439. */
export const timeOfMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

export const addDays = (date: string, count: number): string =>
  new Date(utc(date) + count * 86_400_000).toISOString().slice(0, 10)

/** The same day `count` months on; the last day of the month where that day does not exist. */
export const addMonths = (date: string, count: number): string =>
  Temporal.PlainDate.from(date).add({ months: count }).toString()

/** Whole days from the first date to the second; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / 86_400_000)

/** 1 for Monday to 7 for Sunday. */
export const weekday = (date: string): number => ((new Date(utc(date)).getUTCDay() + 6) % 7) + 1

/** Whole years lived on that day. */
export function ageOn(dateOfBirth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(dateOfBirth.slice(0, 4))
  return on.slice(5) < dateOfBirth.slice(5) ? years - 1 : years
}

/**
 * The day `count` working days after `date`: Monday to Friday, without the bank holidays given.
 *
 * @param count 0 or more. 0 is `date` itself.
 */
export function addWorkingDays(date: string, count: number, holidays: ReadonlySet<string>): string {
  let day = date
  for (let left = count; left > 0;) {
    day = addDays(day, 1)
    if (isWorkingDay(day, holidays)) left--
  }
  return day
}

export const isWorkingDay = (date: string, holidays: ReadonlySet<string>): boolean =>
  weekday(date) <= 5 && !holidays.has(date)

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `16 March 2026`. */
export const dayMonthYear = (date: string): string =>
  `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`

/** `Monday 16 March 2026`. */
export const longDay = (date: string): string => `${WEEKDAYS[weekday(date) - 1]} ${dayMonthYear(date)}`

/** `Mon 16 March` for lists; with the year when it is not the year of `today`. */
export function shortDay(date: string, today: string): string {
  const day = `${WEEKDAYS[weekday(date) - 1]?.slice(0, 3)} ${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]}`
  return date.slice(0, 4) === today.slice(0, 4) ? day : `${day} ${date.slice(0, 4)}`
}

/** `16 Mar` for narrow columns; with the year when it is not the year of `today`. */
export function briefDay(date: string, today: string): string {
  const day = `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]?.slice(0, 3)}`
  return date.slice(0, 4) === today.slice(0, 4) ? day : `${day} ${date.slice(0, 4)}`
}

const WRITTEN_DATE = /^(\d{1,2})[ ./-](\d{1,2}|[a-z]{3,9})(?:[ ./-](\d{4}|\d{2}))?$/i

/**
 * Reads a date as officers type it: `14/5/1991`, `14.5.91`, `14 May 1991`, `14 may`, `1991-05-14`. Day before month, always.
 *
 * @param today fixes the century of a short year (the latest that is not in the future) and the year where none is given.
 * @returns undefined when it is not a date, or not one that exists.
 */
export function readDate(text: string, today: string): string | undefined {
  const typed = text.trim()
  if (calendarDate.safeParse(typed).success) return typed
  const parts = WRITTEN_DATE.exec(typed)
  if (!parts) return undefined
  const [, day, monthText = '', yearText] = parts
  const month = /^\d/.test(monthText) ? Number(monthText) : monthNumber(monthText)
  const date = `${yearOf(yearText, today)}-${two(month)}-${two(Number(day))}`
  return calendarDate.safeParse(date).success ? date : undefined
}

function monthNumber(name: string): number {
  return MONTHS.findIndex(month => month.toLowerCase().startsWith(name.toLowerCase())) + 1
}

function yearOf(text: string | undefined, today: string): string {
  if (text === undefined) return today.slice(0, 4)
  if (text.length === 4) return text
  const century = Number(today.slice(0, 2))
  return Number(text) <= Number(today.slice(2, 4)) ? `${century}${text}` : `${century - 1}${text}`
}

/**
 * Reads a time as officers type it: `10`, `10.30`, `10:30`, `1030`, `2pm`. A bare hour from 1 to 7 is read as afternoon:
 * no office opens before 8.
 *
 * @returns `HH:MM`, or undefined when it is not a time.
 */
export function readTime(text: string): string | undefined {
  const parts = /^(\d{1,2})(?:[.:]?(\d{2}))? ?(am|pm)?$/i.exec(text.trim())
  if (!parts) return undefined
  const [, hourText, minuteText, half] = parts
  if (half !== undefined && !isOnTwelveHourClock(Number(hourText))) return undefined
  const hour = hourIn24(Number(hourText), half?.toLowerCase(), minuteText === undefined)
  const time = `${two(hour)}:${minuteText ?? '00'}`
  return timeOfDay.safeParse(time).success ? time : undefined
}

const isOnTwelveHourClock = (hour: number): boolean => hour >= 1 && hour <= 12

function hourIn24(hour: number, half: string | undefined, isBare: boolean): number {
  if (half === 'pm') return hour === 12 ? 12 : hour + 12
  if (half === 'am') return hour === 12 ? 0 : hour
  return isBare && hour >= 1 && hour <= 7 ? hour + 12 : hour
}

const two = (count: number): string => String(count).padStart(2, '0')
const utc = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)))
