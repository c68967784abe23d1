import { addDays, isWorkingDay } from '../days.ts'
import { weekdayAfter, weekdayBefore } from '../calendar.ts'
import type { CasePlan } from '../casePlan.ts'
import type { Order } from '../orders/order.ts'
import type { Dice } from '../random.ts'

/** How far ahead appointments are booked, in days. */
export const BOOKED_AHEAD_DAYS = 28
/** In the first weeks people are seen twice as often. */
const EARLY_DAYS = 56

/** The days on which this person's slot is used, from the first appointment to the last that can be booked, in order. */
export function meetingDays(plan: CasePlan, order: Order, dice: Dice): readonly string[] {
  const { calendar, slot, weeks } = plan
  const first = weekdayAfter(order.startOn, slot.weekday)
  const until = [addDays(calendar.today, BOOKED_AHEAD_DAYS), order.terminatedOn ?? order.endOn].sort()[0] ?? order.endOn
  const anchor = anchorOf(plan, dice)
  const days = new Set([first])
  for (const day of multiples(anchor, weeks * 7, first, until)) days.add(day)
  if (weeks % 2 === 0) {
    const earlyUntil = addDays(first, EARLY_DAYS)
    for (const day of multiples(anchor, (weeks / 2) * 7, first, earlyUntil)) if (day < calendar.today) days.add(day)
  }
  return [...days].sort().flatMap(day => movedFromHoliday(day, days, plan, until))
}

/** A day that the rhythm certainly has: what the first screens show of this case hangs on it. */
function anchorOf({ slot, calendar, weeks }: CasePlan, dice: Dice): string {
  if (slot.part === 'today') return calendar.diaryDay
  if (slot.part === 'evidence-due') return addDays(calendar.diaryDay, -7)
  if (slot.part !== 'plain') return weekdayBefore(calendar.today, slot.weekday)
  return addDays(weekdayAfter(calendar.today, slot.weekday), 7 * dice.between(0, weeks - 1))
}

/** Every `step` days from the anchor, both ways, within the two days given. */
function multiples(anchor: string, step: number, from: string, until: string): readonly string[] {
  const days: string[] = []
  for (let day = anchor; day >= from; day = addDays(day, -step)) if (day <= until) days.push(day)
  for (let day = addDays(anchor, step); day <= until; day = addDays(day, step)) if (day >= from) days.push(day)
  return days
}

/** A bank holiday moves the meeting by a week, to the person's own slot; where that is used already it falls out. */
function movedFromHoliday(
  day: string,
  days: ReadonlySet<string>,
  { calendar }: CasePlan,
  until: string,
): readonly string[] {
  if (isWorkingDay(day, calendar.holidays)) return [day]
  const later = addDays(day, 7)
  return !days.has(later) && later <= until && isWorkingDay(later, calendar.holidays) ? [later] : []
}
