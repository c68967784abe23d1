import type { Rosh } from '../../shared/features/reference/reference.ts'
import type { Register } from '../../shared/features/registers/register.ts'
import { addMonths, dayMonthYear } from '../../shared/time.ts'
import { addDays, daysBetween } from '../days.ts'
import { type Handover, officerOn } from '../caseFacts.ts'
import type { CasePlan } from '../casePlan.ts'
import type { Order } from '../orders/order.ts'
import { streets } from '../people/places.ts'
import type { Person } from '../people/person.ts'
import { fillIn, personWords } from '../words.ts'
import type { Dice } from '../random.ts'
import { type Flag, flags, roshNotes } from './flagNotes.ts'

const ROSH_CODES = { low: 'RLRH', medium: 'RMRH', high: 'RHRH', 'very-high': 'RVHR' } as const
const ROSH_REVIEW_MONTHS = 6
/** The flags of the first case, whatever the dice say. */
const FIRST_FLAGS = ['AV2S', 'ADVP', 'AMHL']

export interface FlagFacts {
  readonly plan: CasePlan
  readonly person: Person
  readonly order: Order
  readonly handover: Handover | null
}

/** The flags of a case: its risk of serious harm first, then what the offence and chance bring. */
export function makeRegisters(facts: FlagFacts, dice: Dice): readonly Register[] {
  const carried = flags.filter(flag => isCarried(flag, facts, dice)).map(flag => makeRegister(flag, facts, dice))
  return [...roshFlags(facts, dice), ...carried.map(flag => endedOnTheWay(flag, facts, dice))]
}

/** The level that holds; some had a higher one in the first months. */
function roshFlags(facts: FlagFacts, dice: Dice): readonly Register[] {
  const { plan, order } = facts
  const holds = makeRegister(roshText(plan.rosh, facts), facts, dice)
  const higher = HIGHER[plan.rosh]
  const loweredOn = addDays(order.startOn, dice.between(70, 120))
  if (higher === null || !dice.chance(0.12) || addDays(loweredOn, 30) > order.lastOn) return [holds]
  const before = makeRegister(roshText(higher, facts), facts, dice)
  return [
    { ...before, startOn: order.startOn, nextReviewOn: null, endOn: loweredOn },
    { ...holds, startOn: loweredOn },
  ]
}

const HIGHER = { low: 'medium', medium: 'high', high: null, 'very-high': null } as const

function roshText(level: Rosh, { order }: FlagFacts): FlagText {
  const fitting = roshNotes[level].filter(note => note.themes.some(theme => order.offence.themes.includes(theme)))
  const notes = fitting.length > 0 ? fitting : roshNotes[level].filter(note => note.themes.length === 0)
  return { code: ROSH_CODES[level], reviewMonths: ROSH_REVIEW_MONTHS, notes: notes.map(note => note.text) }
}

/** A few flags were taken off before today, once what they warned of had passed. */
function endedOnTheWay(flag: Register, { plan, order }: FlagFacts, dice: Dice): Register {
  const earliest = addDays(flag.startOn, 120)
  const isEnded = dice.chance(0.07) && earliest < order.lastOn && plan.index !== 0 && flag.endOn === null
  return isEnded
    ? { ...flag, nextReviewOn: null, endOn: dice.chance(0.5) ? earliest : addDays(order.lastOn, -1) }
    : flag
}

function isCarried(flag: Flag, { plan, order }: FlagFacts, dice: Dice): boolean {
  const share = flag.themes.some(theme => order.offence.themes.includes(theme)) ? flag.themeShare : flag.share
  const isLucky = dice.chance(share)
  return plan.index === 0 ? FIRST_FLAGS.includes(flag.code) : isLucky
}

type FlagText = Pick<Flag, 'code' | 'reviewMonths' | 'notes'>

function makeRegister(flag: FlagText, facts: FlagFacts, dice: Dice): Register {
  const { plan, order, person } = facts
  const startOn = startOf(flag, facts, dice)
  const dueOn = flag.reviewMonths === null ? null : dueFor(startOn, flag.reviewMonths, facts, dice)
  const reviewedOn = dueOn === null || flag.reviewMonths === null ? startOn : addMonths(dueOn, -flag.reviewMonths)
  const isOver = (order.terminatedOn ?? order.endOn) < plan.calendar.today
  const words = {
    ...personWords(person),
    longAgo: monthOf(addDays(startOn, -dice.between(40, 400))),
    otherStreet: dice.pick(streets),
  }
  return {
    code: flag.code,
    note: fillIn(dice.pick(flag.notes), words),
    startOn,
    nextReviewOn: isOver ? null : dueOn,
    endOn: isOver ? (order.terminatedOn ?? order.endOn) : null,
    officerName: officerOn(facts, reviewedOn).name,
  }
}

/** Most flags begin with the order; some come up on the way. */
function startOf({ code }: FlagText, { plan, order }: FlagFacts, dice: Dice): string {
  const days = daysBetween(order.startOn, order.lastOn)
  const isLater = days > 90 && code !== ROSH_CODES[plan.rosh] && dice.chance(0.3)
  return addDays(order.startOn, isLater ? dice.between(30, days - 40) : dice.between(0, 9))
}

/** When the next review is due: soon for a few, overdue for fewer, otherwise somewhere in the review's time. */
function dueFor(startOn: string, months: number, { plan }: FlagFacts, dice: Dice): string {
  const { today } = plan.calendar
  const firstDue = addMonths(startOn, months)
  const chosen = dice.next()
  const soon = addDays(today, chosen < 0.025 ? -dice.between(1, 9) : dice.between(1, 13))
  if (plan.index === 0 && months === 3) return addDays(today, 9)
  if (chosen < 0.07 && firstDue < soon) return soon
  const later = addDays(today, dice.between(16, months * 30))
  return firstDue > later ? firstDue : later
}

const monthOf = (date: string): string => dayMonthYear(date).replace(/^\d+ /, '')
