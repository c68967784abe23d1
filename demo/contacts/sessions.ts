import { addMonths } from '../../shared/time.ts'
import { addDays, daysBetween, isWorkingDay } from '../days.ts'
import { weekdayAfter, workingDayFrom } from '../calendar.ts'
import type { CaseFacts } from '../caseFacts.ts'
import { groupMoments, groupRemarks, groupSessions } from '../notes/interventions.ts'
import { monitoring } from '../notes/shortNotes.ts'
import { coldDays, dayRemarks, projects, stoodDown, warmDays, workRemarks } from '../notes/workNotes.ts'
import { facilitator, workSupervisors } from '../office.ts'
import { amountOf } from '../orders/order.ts'
import { at, type Dice } from '../random.ts'
import { type Booked, type Entry, plainEntry } from './entry.ts'

/** A session that a partner leads and that is still to come. */
export interface SessionAhead extends Booked {
  readonly on: string
  readonly code: 'F' | 'W'
}

/** What partners do with the person: unpaid work, the group, the tag. Those that lie ahead are appointments only. */
export interface Sessions {
  readonly past: readonly Entry[]
  readonly ahead: readonly SessionAhead[]
}

const FIRST_WORK_AFTER = 30
const WORK_TIME = '09:00'
const FULL_DAY_HOURS = 7
/** Some leave early or start late, by agreement. */
const SHORT_DAY_HOURS = 3.5

/** How much of an amount has been served by now: about the share of the time that has passed, at the end nearly all. */
export function servedBy(facts: CaseFacts, amount: number, dice: Dice): number {
  const { order } = facts
  const passed = daysBetween(order.startOn, order.lastOn) / Math.max(1, daysBetween(order.startOn, order.endOn))
  return Math.floor(amount * Math.min(passed >= 1 ? 1 : 0.96, passed * (0.8 + 0.35 * dice.next())))
}

/** Unpaid work: a day a week on the same weekday, until the hours that fit the time so far are done. */
export function unpaidWork(facts: CaseFacts, sessionsMax: number, dice: Dice): Sessions {
  const amount = amountOf(facts.order, 'W')
  if (amount === 0) return NONE
  const { calendar } = facts.plan
  const supervisor = dice.pick(workSupervisors)
  const start = addDays(facts.order.startOn, FIRST_WORK_AFTER + dice.between(0, 14))
  const days = weekly(start, otherWeekday(facts, 1), facts)
  const past = days.filter(day => day <= facts.order.lastOn)
  const wanted = Math.min(sessionsMax, past.length, Math.ceil(servedBy(facts, amount, dice) / FULL_DAY_HOURS))
  const logs: Booked = { time: WORK_TIME, kind: 'CUPA', minutes: FULL_DAY_HOURS * 60, with: supervisor, place: '' }
  const entries = workDays(spread(past, wanted), amount, logs, dice)
  const done = entries.reduce((sum, entry) => sum + (entry.serves?.credits ?? 0), 0)
  const next = days.find(day => day > calendar.today && day <= addDays(calendar.today, 14))
  const hasMore = done < amount && next !== undefined && dice.chance(0.75)
  return { past: entries, ahead: hasMore ? [{ ...logs, place: projectOn(next).place, on: next, code: 'W' }] : [] }
}

const NONE: Sessions = { past: [], ahead: [] }

/** One day after the other, until the hours that the court ordered are done. */
function workDays(days: readonly string[], amount: number, logs: Booked, dice: Dice): readonly Entry[] {
  let left = amount
  return days.flatMap((on, place) => {
    if (left === 0) return []
    const isStoodDown = dice.chance(0.06)
    const hours = isStoodDown ? 0 : Math.min(left, dice.chance(0.12) ? SHORT_DAY_HOURS : FULL_DAY_HOURS)
    left -= hours
    return [workDay(on, { hours, task: at(projectOn(on).tasks, place) }, { ...logs, place: projectOn(on).place })]
  })
}

/** No hours: the day was called off. */
function workDay(on: string, { hours, task }: { readonly hours: number; readonly task: string }, logs: Booked): Entry {
  const write: Entry['write'] = teller => {
    if (hours === 0) return teller.oneOf(stoodDown, on)
    const weather = teller.oneOf([...dayRemarks, ...weatherOn(on)], on)
    return `${logs.place}. ${task}. ${weather} ${teller.oneOf(workRemarks, on)} ${hours} hours.`
  }
  return {
    ...plainEntry({ on, time: logs.time, kind: logs.kind, by: logs.with, write }),
    minutes: hours * 60,
    outcome: hours === 0 ? 'AASD' : 'ATTC',
    place: logs.place,
    serves: hours === 0 ? null : { code: 'W', credits: hours },
    logs,
  }
}

const COLD_MONTHS = new Set(['11', '12', '01', '02', '03'])
const weatherOn = (on: string): readonly string[] => (COLD_MONTHS.has(on.slice(5, 7)) ? coldDays : warmDays)

/** A project lasts some six weeks; then the team goes on to the next. */
const projectOn = (on: string) => at(projects, Math.floor(daysBetween('2020-01-06', on) / 42))

const GROUP_TIME = '13:30'
const GROUP_MINUTES = 120
const GROUP_PLACE = 'Northfold office, group room'

/** The group: eight sessions, a week apart, each a RAR day. */
export function groupWork(facts: CaseFacts, sessionsMax: number, dice: Dice): Sessions {
  if (amountOf(facts.order, 'F') < groupSessions.length || !dice.chance(0.4)) return NONE
  const { calendar } = facts.plan
  const start = addDays(facts.order.startOn, dice.between(45, 80))
  const days = weekly(start, otherWeekday(facts, 2), facts).slice(0, groupSessions.length)
  const past = days.filter(day => day <= facts.order.lastOn)
  if (past.length > sessionsMax) return NONE
  const logs: Booked = { time: GROUP_TIME, kind: 'RARP', minutes: GROUP_MINUTES, with: facilitator, place: GROUP_PLACE }
  const next = days.find(day => day > calendar.today && day <= addDays(calendar.today, 10))
  return {
    past: past.map((on, place) => groupDay(on, place, logs, dice)),
    ahead: next === undefined ? [] : [{ ...logs, on: next, code: 'F' }],
  }
}

function groupDay(on: string, place: number, logs: Booked, dice: Dice): Entry {
  const isThere = place === 0 || dice.chance(0.9)
  const title = `Group session ${place + 1} of ${groupSessions.length}: ${at(groupSessions, place)}.`
  return {
    ...plainEntry({
      on,
      time: logs.time,
      kind: 'RARP',
      by: logs.with,
      write: teller =>
        isThere
          ? `${title} ${teller.oneOf(groupRemarks, on)} ${teller.oneOf(groupMoments, on)}`
          : `${title} Not there; rang in the morning, unwell, prescription seen. To catch up by worksheet.`,
    }),
    minutes: isThere ? logs.minutes : 0,
    outcome: isThere ? 'ATTC' : 'AAME',
    place: logs.place,
    serves: isThere ? { code: 'F', credits: 1 } : null,
    logs,
  }
}

/** The provider's note at the end of each month of monitoring. */
export function monitoringOf(facts: CaseFacts): readonly Entry[] {
  const tag = facts.order.requirements.find(one => one.code === 'RM49' || one.code === 'RM59')
  if (!tag) return []
  const months = Array.from({ length: tag.amount }, (_, place) => place + 1)
  return months.flatMap(month => {
    const on = workingDayFrom(addMonths(facts.order.startOn, month), 1, facts.plan.calendar.holidays)
    if (on > facts.order.lastOn) return []
    const write: Entry['write'] = teller =>
      teller.oneOf(monitoring, on, { month: String(month), months: String(tag.amount) })
    const entry = plainEntry({
      on,
      time: '08:20',
      kind: 'INFFES',
      by: { id: 'monitoring', name: 'Monitoring provider' },
      write,
    })
    return [{ ...entry, serves: { code: tag.code, credits: 1 } }]
  })
}

/** Working days a week apart, from the start until the order or what can be booked ends. */
function weekly(start: string, weekday: number, { plan, order }: CaseFacts): readonly string[] {
  const until = [addDays(plan.calendar.today, 14), order.terminatedOn ?? order.endOn].sort()[0] ?? order.endOn
  const days: string[] = []
  for (let day = weekdayAfter(start, weekday); day <= until; day = addDays(day, 7)) {
    if (isWorkingDay(day, plan.calendar.holidays)) days.push(day)
  }
  return days
}

/** A weekday that the person does not come to us on. */
const otherWeekday = ({ plan }: CaseFacts, distance: 1 | 2): number => ((plan.slot.weekday - 1 + distance) % 5) + 1

/** `count` of the days, evenly, the latest among them. */
const spread = (days: readonly string[], count: number): readonly string[] =>
  Array.from({ length: count }, (_, place) =>
    at(days, days.length - 1 - Math.floor((place * days.length) / count)),
  ).reverse()
