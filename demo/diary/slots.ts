import { addDays, daysBetween, isWorkingDay, weekday } from '../days.ts'
import { type DemoCalendar, weekdayBefore } from '../calendar.ts'
import { type CaseOwner, dutyOfficer, ownerOf, type Staff } from '../office.ts'
import { diceOf } from '../random.ts'

/**
 * What a case shows on the first screens. `today`: an appointment in today's diary. `to-log`: one of the last week that
 * nobody has recorded. `letter-owed`, `letter-late`: a missed one without its letter, which is due now or was due a day or
 * two ago. `evidence-awaited`, `evidence-due`: a missed one that waits for proof, which is due in some days or today.
 * `plain`: none of these.
 */
export type Part = 'today' | 'to-log' | 'letter-owed' | 'letter-late' | 'evidence-awaited' | 'evidence-due' | 'plain'

/** The weekday and time that one person has to themselves in somebody's diary: two people can never clash. */
export interface Slot {
  readonly seenBy: Staff
  readonly part: Part
  /** 1 for Monday to 5. */
  readonly weekday: number
  readonly time: string
  /** Longest meeting that fits before the next slot. */
  readonly minutesMax: number
  /** What kind of appointment today's is; null when the part is another. */
  readonly todaysKind: string | null
}

// The day of an officer who sees people from 09:00 to 16:00, with time to write and to eat.
const TIMES = [
  { time: '09:00', minutesMax: 30 },
  { time: '09:30', minutesMax: 30 },
  { time: '10:00', minutesMax: 30 },
  { time: '10:30', minutesMax: 30 },
  { time: '11:00', minutesMax: 60 },
  { time: '12:00', minutesMax: 45 },
  { time: '13:30', minutesMax: 45 },
  { time: '14:15', minutesMax: 45 },
  { time: '15:00', minutesMax: 60 },
] as const

/** In which order today's diary fills, and with what: the moment of a visit, a call, a three-way meeting and a RAR day. */
const TODAY = [
  { time: '10:00', kind: 'COAP' },
  { time: '09:30', kind: 'COAP' },
  { time: '09:00', kind: 'COPT' },
  { time: '11:00', kind: 'CHVS' },
  { time: '13:30', kind: 'C084' },
  { time: '10:30', kind: 'COAP' },
  { time: '15:00', kind: 'RARP' },
  { time: '14:15', kind: 'COAP' },
] as const

// By the place of the case among its officer's: even two people each give a diary, and forty give all of it.
const PARTS: Readonly<Record<number, Part>> = {
  0: 'today',
  1: 'today',
  2: 'to-log',
  3: 'today',
  4: 'letter-owed',
  5: 'today',
  6: 'to-log',
  7: 'evidence-awaited',
  8: 'today',
  9: 'to-log',
  10: 'today',
  11: 'to-log',
  13: 'letter-late',
  14: 'evidence-due',
  21: 'today',
}
// These differ from office to office.
const PARTS_OF_SOME: Readonly<Record<number, Part>> = {
  12: 'today',
  15: 'to-log',
  20: 'to-log',
  25: 'evidence-awaited',
}

/** How many people one diary has room for. */
export const DIARY_PLACES = 40

/** How `slotOf` finds the slot of a case; keeps what it has worked out, so that thousands of cases cost no more than each. */
export function slotFinder(seed: number, calendar: DemoCalendar): (index: number) => Slot {
  const diaries = new Map<string, readonly Slot[]>()
  return index => {
    const owner = ownerOf(index)
    const number = Math.floor(owner.place / DIARY_PLACES)
    const seenBy = number === 0 ? owner.officer : dutyOfficer(owner.officer, number)
    const slots = diaries.get(seenBy.id) ?? fillDiary(seed, calendar, { owner, seenBy })
    diaries.set(seenBy.id, slots)
    return slots[owner.place % DIARY_PLACES] as Slot // a diary has a slot for each of its places
  }
}

interface DiaryOwner {
  readonly owner: CaseOwner
  readonly seenBy: Staff
}

/** Gives each place its slot in turn, so that a slot rests on the places before it and never on those after. */
function fillDiary(seed: number, calendar: DemoCalendar, { owner, seenBy }: DiaryOwner): readonly Slot[] {
  const dice = diceOf(seed, seenBy.id, 'diary')
  const isOwn = seenBy.id === owner.officer.id
  const taken = new Set<string>()
  let todays = 0
  return Array.from({ length: DIARY_PLACES }, (_, place) => {
    const isOfSome = dice.chance(0.5)
    const wanted = isOwn ? (PARTS[place] ?? (isOfSome ? PARTS_OF_SOME[place] : undefined) ?? 'plain') : 'plain'
    const today = wanted === 'today' ? TODAY[todays++] : undefined
    const free = today
      ? [{ weekday: weekday(calendar.diaryDay), ...timeOf(today.time) }]
      : slotsFor(wanted, isOwn, calendar, taken)
    // After a week of holidays there may be no day left that the part asks for.
    const part = free.length === 0 ? 'plain' : wanted
    const found = dice.pick(free.length === 0 ? slotsFor('plain', isOwn, calendar, taken) : free)
    taken.add(`${found.weekday} ${found.time}`)
    return { seenBy, part, ...found, todaysKind: today?.kind ?? null }
  })
}

const timeOf = (time: string): (typeof TIMES)[number] => TIMES.find(one => one.time === time) ?? TIMES[0]

function freeSlots(weekdays: readonly number[], taken: ReadonlySet<string>) {
  return weekdays
    .flatMap(day => TIMES.map(time => ({ weekday: day, ...time })))
    .filter(one => !taken.has(`${one.weekday} ${one.time}`))
}

/** On which weekdays a part can lie; the diary day's own weekday is kept for today's appointments. */
function weekdaysFor(part: Part, isOwnDiary: boolean, { today, diaryDay, holidays }: DemoCalendar): readonly number[] {
  const others = [1, 2, 3, 4, 5].filter(day => !isOwnDiary || day !== weekday(diaryDay))
  if (part === 'plain') return others
  const agoOf = (day: number): number => daysBetween(weekdayBefore(today, day), today)
  const worked = others.filter(day => isWorkingDay(weekdayBefore(today, day), holidays))
  if (part === 'evidence-awaited') return worked.filter(day => agoOf(day) >= 2)
  const latestFirst = worked.toSorted((a, b) => agoOf(a) - agoOf(b))
  if (part === 'letter-late') return latestFirst.slice(2, 4)
  return part === 'letter-owed' ? latestFirst.slice(0, 2) : worked
}

/** The free slots that suit a part; none where a week of holidays leaves no day for it. */
function slotsFor(part: Part, isOwnDiary: boolean, calendar: DemoCalendar, taken: ReadonlySet<string>) {
  if (part !== 'evidence-due') return freeSlots(weekdaysFor(part, isOwnDiary, calendar), taken)
  // A week before the diary's day, at a time that today's appointments leave free.
  const weekAgo = addDays(calendar.diaryDay, -7)
  const isPast = weekAgo < calendar.today && isWorkingDay(weekAgo, calendar.holidays)
  return isPast ? [{ weekday: weekday(weekAgo), ...timeOf('12:00') }] : []
}

/** Whether the newest failure of the case has no letter yet. */
export const isLetterOwed = (part: Part): boolean => part === 'letter-owed' || part === 'letter-late'
