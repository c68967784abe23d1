import { addDays, readDate, readTime, weekday } from '../../time.ts'

export interface When {
  readonly on: string
  readonly time: string
}

const WEEKDAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const AHEAD = /^(?:in |\+)?(\d{1,3}) ?(d|days?|w|weeks?)$/

/**
 * Reads a day and a time as officers type them: `17/3 10.30`, `tue 2pm`, `tomorrow`, `2w`, `10d 14:00`.
 * Without a time the time of `from` is kept. A weekday is the next such day after today.
 *
 * @param from the appointment that `2w` counts from.
 * @returns undefined when the words are not understood, or name a day or time that does not exist.
 */
export function readWhen(text: string, today: string, from: When): When | undefined {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (words === '') return undefined
  const whole = readDay(words, today, from.on)
  const day = whole === undefined ? undefined : { on: whole, time: from.time }
  if (day && day.on >= today) return day
  // What reads as a day of the past may be a day and a time: `17/3 10` is at 10:00, not in 2010.
  return readDayAndTime(words, today, from.on) ?? day
}

/** The time is the last word, or the last two (`2 pm`); the day is what stands before it. */
function readDayAndTime(words: string, today: string, from: string): When | undefined {
  const parts = words.split(' ')
  for (const timeWords of [1, 2]) {
    const time = readTime(parts.slice(-timeWords).join(' '))
    const on = readDay(parts.slice(0, -timeWords).join(' '), today, from)
    if (time && on) return { on, time }
  }
  return undefined
}

function readDay(words: string, today: string, from: string): string | undefined {
  if (words === 'today') return today
  if (words === 'tomorrow') return addDays(today, 1)
  const named = words.length >= 3 ? WEEKDAY_NAMES.findIndex(name => name.startsWith(words)) : -1
  if (named >= 0) return nextWeekday(today, named + 1)
  const ahead = AHEAD.exec(words)
  if (ahead) return addDays(from, Number(ahead[1]) * (ahead[2]?.startsWith('w') ? 7 : 1))
  return nextSuchDate(words, today)
}

const nextWeekday = (today: string, wanted: number): string => addDays(today, ((wanted - weekday(today) + 6) % 7) + 1)

const SHORT_YEAR = /^(\d{1,2}[./ -][^./ -]+[./ -])(\d{2})$/

/**
 * A date without a year is the next one: `3/1` typed in December is in January. A short year is of this century: what is
 * arranged lies ahead.
 */
function nextSuchDate(words: string, today: string): string | undefined {
  const full = words.replace(SHORT_YEAR, (_, day: string, year: string) => `${day}${today.slice(0, 2)}${year}`)
  if (/\d{4}/.test(full)) return readDate(full, today)
  const year = Number(today.slice(0, 4))
  return [year, year + 1].map(one => readDate(words, `${one}-01-01`)).find(date => date !== undefined && date >= today)
}
