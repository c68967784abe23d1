import type { Event, Requirement } from '../../shared/features/sentences/sentence.ts'
import { addMonths } from '../../shared/time.ts'
import { addDays, daysBetween } from '../days.ts'
import { weekdayAfter, workingDayFrom } from '../calendar.ts'
import type { CasePlan } from '../casePlan.ts'
import { at, type Dice } from '../random.ts'
import { courts, type Offence, offences, prisons } from './offences.ts'

export interface OrderedAmount {
  readonly code: 'F' | 'W' | 'RM49' | 'RM59'
  readonly amount: number
  readonly unit: Requirement['unit']
  readonly note: string
}

/** The order that the case is about. */
export interface Order {
  readonly sentence: Event['sentence']
  readonly offence: Offence
  readonly court: string
  /** Where somebody on licence came from; null on an order. */
  readonly prison: string | null
  readonly months: number
  readonly sentencedOn: string
  readonly startOn: string
  readonly endOn: string
  readonly terminatedOn: string | null
  /** The last day that anything of it can have happened: yesterday, or its end. */
  readonly lastOn: string
  readonly requirements: readonly OrderedAmount[]
}

const LENGTHS = [6, 9, 12, 18, 24] as const
const DAYS_A_MONTH = 30.44
const WEEKS_MIN = 3
/** Nobody is supervised for longer after a short sentence than a year; other orders may be near their two years. */
const WEEKS_MAX = { long: [78, 96], short: [34, 45] } as const
const SHORT_MAX = 12

/** Share of a case's contacts that are planned meetings, by the weeks between them; the rest is calls, work, letters. */
const MEETING_SHARE: Readonly<Record<number, number>> = { 1: 0.6, 2: 0.55, 3: 0.51, 4: 0.49 }

/** Makes up the order: how long ago it began follows from how many contacts there have been. */
export function makeOrder(plan: CasePlan, dice: Dice): Order {
  const { calendar, sentence } = plan
  const offence = chooseOffence(plan, dice)
  const { startOn, months, endOn, terminatedOn } = timeOf(plan, dice)
  const isAfterCustody = sentence === 'licence' || sentence === 'post-sentence-supervision'
  const lastOn = [addDays(calendar.today, -1), terminatedOn ?? endOn].sort()[0] ?? endOn
  return {
    sentence,
    offence,
    court: dice.pickWeighted(courts),
    prison: isAfterCustody ? dice.pick(prisons) : null,
    months,
    sentencedOn: isAfterCustody
      ? workingDayFrom(addMonths(startOn, -dice.between(4, 20)), -1, calendar.holidays)
      : startOn,
    startOn,
    endOn,
    terminatedOn,
    lastOn,
    requirements: requirementsFor(plan, months, dice),
  }
}

/** Where the risk is high, somebody was hurt or could have been; where it is low, no weapon came into it. */
function chooseOffence({ index, rosh }: CasePlan, dice: Dice): Offence {
  const isHigh = rosh === 'high' || rosh === 'very-high'
  const fitting = offences.filter(one =>
    isHigh ? isHarmful(one) : rosh === 'medium' || !one.themes.includes('weapons'),
  )
  const chosen = dice.pickWeighted(fitting.map(one => [one, one.weight] as const))
  return index === 0 ? FIRST_OFFENCE : chosen
}

const isHarmful = ({ themes }: Offence): boolean =>
  themes.includes('violence') || themes.includes('weapons') || themes.includes('home')

const FIRST_OFFENCE = offences.find(one => one.code === '10500') ?? at(offences, 0)

type OrderTime = Pick<Order, 'startOn' | 'endOn' | 'terminatedOn' | 'months'>

function timeOf(plan: CasePlan, dice: Dice): OrderTime {
  const { contacts, weeks, calendar, standing } = plan
  const [from, to] = WEEKS_MAX[isShort(plan) ? 'short' : 'long']
  const weeksMax = dice.between(from, to)
  const passedWeeks = contacts * (MEETING_SHARE[weeks] ?? 0.4) * weeks * (0.9 + 0.2 * dice.next())
  const passed = Math.round(7 * Math.min(weeksMax, Math.max(WEEKS_MIN, passedWeeks)))
  if (standing === 'running' || passed < 4.5 * DAYS_A_MONTH) return running(passed, plan, dice)
  const endOn = addDays(calendar.today, standing === 'ended' ? -dice.between(5, 40) : dice.between(4, 27))
  // Courts end some orders early, for good progress or because another sentence took their place.
  if (standing === 'ended' && dice.chance(0.3)) return { ...running(passed, plan, dice), terminatedOn: endOn }
  return endingOn(endOn, nearestLength(passed / DAYS_A_MONTH, lengthsFor(plan)), plan)
}

/** A day on which courts sit, whose first appointment, in the person's own slot, does not fall on a bank holiday. */
function startNear(day: string, { calendar, slot }: CasePlan): string {
  let startOn = workingDayFrom(day, -1, calendar.holidays)
  while (calendar.holidays.has(weekdayAfter(startOn, slot.weekday))) {
    startOn = workingDayFrom(addDays(startOn, -7), -1, calendar.holidays)
  }
  return startOn
}

const isShort = ({ sentence }: CasePlan): boolean => sentence === 'post-sentence-supervision'
const lengthsFor = (plan: CasePlan): readonly number[] =>
  LENGTHS.filter(length => !isShort(plan) || length <= SHORT_MAX)

function running(passed: number, plan: CasePlan, dice: Dice): OrderTime {
  const { calendar, index } = plan
  const lengths = lengthsFor(plan)
  const startOn = startNear(addDays(calendar.today, -passed), plan)
  const passedMonths = daysBetween(startOn, calendar.today) / DAYS_A_MONTH
  const long = lengths.filter(length => length >= passedMonths + 1.2)
  const months = (index === 0 ? long[0] : dice.pick(long.slice(0, 3))) ?? lengths[lengths.length - 1] ?? 24
  return { startOn, months, endOn: addDays(addMonths(startOn, months), -1), terminatedOn: null }
}

function endingOn(wantedEndOn: string, months: number, plan: CasePlan): OrderTime {
  const startOn = startNear(addDays(addMonths(wantedEndOn, -months), 1), plan)
  return { startOn, months, endOn: addDays(addMonths(startOn, months), -1), terminatedOn: null }
}

const nearestLength = (months: number, lengths: readonly number[]): number =>
  lengths.reduce((best, one) => (Math.abs(one - months) < Math.abs(best - months) ? one : best))

function requirementsFor({ sentence, index }: CasePlan, months: number, dice: Dice): readonly OrderedAmount[] {
  if (index === 0) return [rarDays(20), unpaidWork(80)]
  if (sentence === 'licence') return dice.chance(0.2) ? [monitoring('RM59', dice.between(3, 6))] : []
  if (sentence === 'post-sentence-supervision') return []
  const hasDays = dice.chance(0.82)
  const hasHours = !hasDays || dice.chance(0.46)
  return [
    ...(hasDays ? [rarDays(dice.pick(months < 12 ? [8, 10, 12, 15] : [10, 15, 20, 20, 25, 30]))] : []),
    ...(hasHours ? [unpaidWork(dice.pick([40, 60, 60, 80, 80, 100, 120, 150]))] : []),
    ...(dice.chance(0.1) ? [monitoring(dice.pick(['RM49', 'RM49', 'RM59']), dice.between(2, 5))] : []),
  ]
}

const rarDays = (amount: number): OrderedAmount => ({ code: 'F', amount, unit: 'days', note: '' })
const unpaidWork = (amount: number): OrderedAmount => ({ code: 'W', amount, unit: 'hours', note: '' })
const monitoring = (code: 'RM49' | 'RM59', amount: number): OrderedAmount => ({
  code,
  amount,
  unit: 'months',
  note:
    code === 'RM49'
      ? 'Curfew at the main address, 19:00 to 07:00 every day.'
      : 'Location monitored; exclusion zone as on the order.',
})

export const amountOf = (order: Order, code: OrderedAmount['code']): number =>
  order.requirements.find(one => one.code === code)?.amount ?? 0
