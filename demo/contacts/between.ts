import { timeOfMinute } from '../../shared/time.ts'
import { addDays, daysBetween } from '../days.ts'
import { weekdayAfter, workingDayFrom } from '../calendar.ts'
import { type CaseFacts, holdsOn, officerOn } from '../caseFacts.ts'
import { whenOf } from '../notes/dayWords.ts'
import * as short from '../notes/shortNotes.ts'
import { administrator } from '../office.ts'
import { amountOf } from '../orders/order.ts'
import type { Dice } from '../random.ts'
import { type Entry, plainEntry } from './entry.ts'
import type { Meeting } from './meetings.ts'

/** What happens between meetings, and how often: calls, messages, letters, other people. */
interface Kind {
  readonly code: string
  readonly weight: number
  readonly minutes: readonly [from: number, to: number]
  readonly isSensitive?: boolean
  readonly texts: (facts: CaseFacts) => readonly string[]
  /** How such a note may end; left out where it ends with what was said. */
  readonly endings?: readonly string[]
  /** Whether a subject of the case may be what it is about. */
  readonly about?: 'calls' | 'partner'
  /** Whether the case can have it on that day; always where left out. */
  readonly when?: (facts: CaseFacts, on: string) => boolean
}

const CALLS_OF_WORKERS = [...short.callsFrom, ...short.workCalls]
const MESSAGES_TO_WORKERS = [...short.messagesTo, ...short.workMessages]
const hasWork = ({ order }: CaseFacts): boolean => amountOf(order, 'W') > 0
const carries =
  (...codes: readonly string[]) =>
  ({ registers }: CaseFacts, on: string): boolean =>
    registers.some(flag => codes.includes(flag.code) && holdsOn(flag, on))

// prettier-ignore
const KINDS: readonly Kind[] = [
  { code: 'CTOA', endings: short.callEndings, weight: 20, minutes: [3, 12], about: 'calls', texts: facts => (hasWork(facts) ? CALLS_OF_WORKERS : short.callsFrom) },
  { code: 'CTOB', endings: short.callEndings, weight: 15, minutes: [2, 8], texts: () => short.callsTo },
  { code: 'CMOA', endings: short.messageEndings, weight: 11, minutes: [0, 0], texts: () => short.messagesFrom },
  { code: 'CMOB', endings: short.messageEndings, weight: 9, minutes: [0, 0], texts: facts => (hasWork(facts) ? MESSAGES_TO_WORKERS : short.messagesTo) },
  { code: 'CM3A', endings: short.messageEndings, weight: 9, minutes: [0, 0], about: 'partner', texts: () => short.partnerGeneral },
  { code: 'CLOB', endings: short.messageEndings, weight: 4, minutes: [0, 0], texts: () => short.lettersTo },
  { code: 'C325', endings: short.messageEndings, weight: 2, minutes: [0, 0], texts: () => short.documentsAsked },
  { code: 'C326', weight: 3, minutes: [0, 0], texts: () => short.internal },
  { code: 'CSPO', weight: 2, minutes: [0, 0], texts: () => short.managerTalks },
  { code: 'C204', weight: 6, minutes: [0, 0], isSensitive: true, texts: () => short.police, when: carries('ADVP', 'RSTO', 'RHRH', 'RVHR', 'WEAP', 'IIOM', 'STRG') },
  { code: 'C157', weight: 4, minutes: [0, 0], isSensitive: true, texts: () => short.childServices, when: carries('RCCO', 'RCPR') },
  { code: 'C203', weight: 3, minutes: [0, 0], texts: () => short.health, when: carries('AMHL') },
]

const REMINDER_WEIGHT = 22

interface BetweenOptions {
  readonly count: number
  readonly meetings: readonly Meeting[]
  /** Days that have something already. */
  readonly taken: ReadonlySet<string>
}

/** As many contacts between the meetings as are asked for, on working days that have none yet as far as that goes. */
export function contactsBetween(facts: CaseFacts, options: BetweenOptions, dice: Dice): readonly Entry[] {
  const nextMoment = momentsOf(facts, options.taken, dice)
  const reminders = remindersFor(facts, options.meetings)
  const weight = KINDS.reduce((sum, kind) => sum + kind.weight, 0)
  return Array.from({ length: options.count }, () => {
    const isReminder = reminders.length > 0 && dice.chance(REMINDER_WEIGHT / (weight + REMINDER_WEIGHT))
    const [reminder] = isReminder ? reminders.splice(dice.between(0, reminders.length - 1), 1) : []
    if (reminder) return reminder
    const { on, time } = nextMoment()
    const possible = KINDS.filter(kind => kind.when?.(facts, on) ?? true)
    return contact(dice.pickWeighted(possible.map(kind => [kind, kind.weight] as const)), { on, time }, facts, dice)
  })
}

interface When {
  readonly on: string
  readonly time: string
}

function contact(kind: Kind, { on, time }: When, facts: CaseFacts, dice: Dice): Entry {
  const { about } = kind
  const texts = kind.texts(facts)
  const write: Entry['write'] = teller => {
    const text = about === undefined ? teller.oneOf(texts, on) : teller.remark(about, on, texts)
    return kind.endings === undefined ? text : teller.ended(text, kind.endings, on)
  }
  return plainEntry({
    on,
    time,
    kind: kind.code,
    minutes: dice.between(...kind.minutes),
    by: officerOn(facts, on),
    sensitive: kind.isSensitive ?? false,
    write,
  })
}

/** A text on the working day before each meeting that is not too near the start; sent for some of them. */
function remindersFor(facts: CaseFacts, meetings: readonly Meeting[]): Entry[] {
  return meetings.flatMap(meeting => {
    const on = workingDayFrom(addDays(meeting.on, -1), -1, facts.plan.calendar.holidays)
    if (on <= addDays(facts.order.startOn, 3) || on > facts.order.lastOn || facts.person.mobile === null) return []
    const words = { when: whenOf(meeting), where: REMINDER_PLACES[meeting.kind] ?? 'Northfold office' }
    const write: Entry['write'] = teller => teller.oneOf(short.reminders, on, words)
    return [plainEntry({ on, time: REMINDER_TIME, kind: 'CMOB', by: administrator, write })]
  })
}

const REMINDER_TIME = '16:02'
const REMINDER_PLACES: Readonly<Record<string, string>> = {
  COPT: 'by telephone',
  COVC: 'by video, link sent',
  CHVS: 'at home',
  CODC: 'at the door',
}

const FIRST_CALL = 9 * 60
const LAST_CALL = 15 * 60 + 30
/** On days that have something already, what comes on top comes when the office is quiet again. */
const LATE_CALLS = { from: 16 * 60 + 10, to: 17 * 60 + 25 } as const
const TRIES = 12

/** Gives one day and time after the other, first on days without anything. */
function momentsOf({ order, plan }: CaseFacts, taken: ReadonlySet<string>, dice: Dice): () => When {
  const used = new Set(taken)
  // Before the first appointment nobody has anything to ring about.
  const first = weekdayAfter(order.startOn, plan.slot.weekday)
  const days = Math.max(1, daysBetween(first, order.lastOn))
  const anyDay = (): string => workingDayFrom(addDays(first, dice.between(1, days)), -1, plan.calendar.holidays)
  return () => {
    for (let tries = 0; tries < TRIES; tries++) {
      const on = anyDay()
      if (used.has(on) || on <= first) continue
      used.add(on)
      return { on, time: timeOfMinute(5 * dice.between(FIRST_CALL / 5, LAST_CALL / 5)) }
    }
    return { on: anyDay(), time: timeOfMinute(dice.between(LATE_CALLS.from, LATE_CALLS.to)) }
  }
}
