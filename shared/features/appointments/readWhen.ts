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
  if (whole) return { on: whole, time: from.time }
  // The time is the last word, or the last two (`2 pm`); the day is what stands before it.
  const parts = words.split(' ')
  for (const timeWords of [1, 2]) {
    const time = readTime(parts.slice(-timeWords).join(' '))
    const on = readDay(parts.slice(0, -timeWords).join(' '), today, from.on)
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

/** A date without a year is the next one: `3/1` typed in December is in January. */
function nextSuchDate(words: string, today: string): string | undefined {
  const date = readDate(words, today)
  const hasYear = /\d{4}|[./ -]\S+[./ -]\d{2}$/.test(words)
  if (date === undefined || hasYear || date >= today) return date
  return readDate(`${Number(date.slice(8))}/${date.slice(5, 7)}/${Number(today.slice(0, 4)) + 1}`, today)
}
