import type { Meeting } from '../contacts/meetings.ts'
import { addDays, dayMonth, dayName, daysBetween, weekday, weekdayName } from '../days.ts'
import type { Dice } from '../random.ts'
import type { Words } from '../words.ts'

/** A day in the story: what came before it and what comes next. */
export interface Moment {
  readonly on: string
  /** The last meeting that was kept before this day, or the start of the order. */
  readonly since: string
  /** The next planned meeting after this day; null when none is booked. */
  readonly next: Pick<Meeting, 'on' | 'time' | 'kind'> | null
}

/** `Monday 16 March at 10:00`. */
export const whenOf = ({ on, time }: Pick<Meeting, 'on' | 'time'>): string => `${dayName(on)} at ${time}`

/** The words of a text that hang on its day: `{day}` is lately past, `{soonDay}` comes in the next days. */
export function dayWords({ on, since, next }: Moment, dice: Dice): Words {
  return {
    since: dayMonth(since),
    day: weekdayName(pastDay(on, since, dice)),
    soonDay: weekdayName(dayAhead(on, dice)),
    late: String(5 * dice.between(1, 4)),
    minutes: String(dice.between(6, 25)),
    fare: `${dice.between(2, 9)}.${dice.pick(['20', '40', '50', '60', '80'])}`,
    next: next === null ? '' : whenOf(next),
    NextTime: next === null ? 'Nothing is booked yet; a letter follows.' : `It is ${whenOf(next)}.`,
  }
}

/** A day of the working week between the last meeting and this one, not more than six days back so that its name says which. */
function pastDay(on: string, since: string, dice: Dice): string {
  const back = Math.max(1, Math.min(6, daysBetween(since, on) - 1))
  const day = addDays(on, -dice.between(1, back))
  if (weekday(day) <= 5) return day
  // Offices are shut at the weekend: the Monday after it, or the Friday before if that Monday is today.
  const monday = addDays(day, 8 - weekday(day))
  return monday < on ? monday : addDays(day, 5 - weekday(day))
}

/** One of the next working days; from a weekend on to the Monday after it. */
function dayAhead(on: string, dice: Dice): string {
  const day = addDays(on, dice.between(1, 5))
  return weekday(day) > 5 ? addDays(day, 8 - weekday(day)) : day
}
