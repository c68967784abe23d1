import { weekdayBefore } from '../calendar.ts'
import type { CasePlan } from '../casePlan.ts'
import { amountOf, type Order } from '../orders/order.ts'
import type { Person } from '../people/person.ts'
import { at, type Dice } from '../random.ts'
import { chooseOutcomes, isRefusal } from './outcomes.ts'
import { meetingDays } from './rhythm.ts'

/** A planned meeting, in the past or to come. */
export interface Meeting {
  readonly on: string
  readonly time: string
  /** Code of `contact-types.json`. */
  readonly kind: string
  /** How long the diary keeps for it. */
  readonly minutes: number
  /** `happened`: there is a contact. `to-log`: it is past and nobody has recorded it. `ahead`: today or later. */
  readonly state: 'happened' | 'to-log' | 'ahead'
  /** Code of `outcomes.json` for one that happened. */
  readonly outcome: string | null
}

export interface MeetingFacts {
  readonly plan: CasePlan
  readonly order: Order
  readonly person: Person
  /** Home visits are out of the question: there is no home to visit, or staff would not be safe. */
  readonly avoidsHome: boolean
}

/** All planned meetings of a case in order, with what came of each. */
export function planMeetings(facts: MeetingFacts, dice: Dice): readonly Meeting[] {
  const { plan } = facts
  const days = bookedDays(plan, meetingDays(plan, facts.order, dice), dice)
  const states = days.map(day => stateOf(day, plan))
  const happened = states.filter(state => state === 'happened').length
  const outcomes = chooseOutcomes(happened, plan, dice)
  return days.map((on, place) => {
    const outcome = outcomes[place] ?? null
    const planned = kindOf(on, place, facts, dice)
    // Nobody is sent home from their own kitchen.
    const kind = isRefusal(outcome) ? 'COAP' : planned
    return {
      on,
      time: plan.slot.time,
      kind,
      minutes: Math.min(plan.slot.minutesMax, at(KIND_MINUTES[kind] ?? [30], place)),
      state: states[place] ?? 'happened',
      outcome,
    }
  })
}

/** Of the days ahead only the first is booked, and for some not even that. */
function bookedDays({ calendar, slot }: CasePlan, days: readonly string[], dice: Dice): readonly string[] {
  const ahead = days.filter(day => day > calendar.diaryDay)
  const isBooked = dice.chance(BOOKED_SHARE[slot.part])
  return [...days.filter(day => day <= calendar.diaryDay), ...ahead.slice(0, isBooked ? 1 : 0)]
}

/** Who is seen today gets the next appointment at the end of that meeting. */
const BOOKED_SHARE = {
  today: 0.12,
  'to-log': 0.6,
  'letter-owed': 0.85,
  'letter-late': 0.85,
  'evidence-awaited': 0.85,
  'evidence-due': 0.85,
  plain: 0.92,
} as const

/** Nothing of today has happened yet: the generator does not know the time of day, and a contact is never in the future. */
function stateOf(day: string, { calendar, slot }: CasePlan): Meeting['state'] {
  const { today } = calendar
  if (day >= today) return 'ahead'
  return slot.part === 'to-log' && day === weekdayBefore(today, slot.weekday) ? 'to-log' : 'happened'
}

/** Minutes that the diary keeps, by kind; one of them. */
const KIND_MINUTES: Readonly<Record<string, readonly number[]>> = {
  COAI: [45],
  COAP: [30],
  COPT: [15],
  COVC: [30],
  CHVS: [40, 30],
  CODC: [15],
  C084: [45],
  RARP: [60],
}

const EVERYDAY_KINDS = [
  ['COAP', 76],
  ['COPT', 13],
  ['C084', 6],
  ['COVC', 3],
  ['CODC', 2],
] as const
const HOME_KINDS = new Set(['CHVS', 'CODC'])
/** Every so many meetings one is a home visit; more often where the risk is high. */
const HOME_VISIT_EVERY = { low: 11, medium: 9, high: 6, 'very-high': 4 } as const

function kindOf(on: string, place: number, { plan, order, avoidsHome }: MeetingFacts, dice: Dice): string {
  const everyday = dice.pickWeighted(EVERYDAY_KINDS)
  if (place === 0) return 'COAI'
  const every = HOME_VISIT_EVERY[plan.rosh]
  const wanted = place % every === 3 ? 'CHVS' : everyday
  const todays = on === plan.calendar.diaryDay ? plan.slot.todaysKind : null
  const kind = todays ?? wanted
  if (kind === 'RARP' && amountOf(order, 'F') === 0) return 'COAP'
  return avoidsHome && HOME_KINDS.has(kind) ? 'COAP' : kind
}
