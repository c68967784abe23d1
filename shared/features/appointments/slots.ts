import { addDays, isWorkingDay, minuteOfDay, timeOfMinute } from '../../time.ts'

/** A stretch of the officer's diary that is taken. */
export interface Taken {
  readonly on: string
  readonly time: string
  readonly durationMinutes: number
  /** What takes it, for the officer to read. */
  readonly by: string
}

export interface Diary {
  readonly taken: readonly Taken[]
  readonly holidays: ReadonlySet<string>
  /** Last day for which holidays are known. */
  readonly holidaysKnownUntil: string
}

/** A day and time that the next appointment could have, and what speaks against it. */
export interface Slot {
  readonly on: string
  readonly time: string
  readonly problem: 'clash' | 'holiday' | 'weekend' | 'outside-hours' | null
  /** What the clash is with. */
  readonly clashWith: string | null
  /** The nearest good time: later the same day, or the same time on the next working day. */
  readonly instead: { readonly on: string; readonly time: string } | null
  /** Last day for which bank holidays are known, where the slot lies after it; null where it does not. */
  readonly holidaysKnownUntil: string | null
}

/** Office hours, Monday to Friday. A policy value; the default is the common one. */
export const OFFICE_OPENS = '08:00'
export const OFFICE_CLOSES = '18:00'
const STEP_MINUTES = 15

/** The same weekday and time `weeks` on from `from`, with what speaks against it and a way round. */
export function slotInWeeks(
  from: { readonly on: string; readonly time: string },
  weeks: number,
  durationMinutes: number,
  diary: Diary,
): Slot {
  return judgeSlot({ on: addDays(from.on, weeks * 7), time: from.time }, durationMinutes, diary)
}

/** What speaks against a slot, and the nearest that nothing speaks against. */
export function judgeSlot(
  slot: { readonly on: string; readonly time: string },
  durationMinutes: number,
  diary: Diary,
): Slot {
  const clash = findClash(slot, durationMinutes, diary.taken)
  const problem = problemOf(slot, durationMinutes, clash, diary)
  const instead = problem === null ? null : alternative(slot, durationMinutes, problem, diary)
  const holidaysKnownUntil = slot.on > diary.holidaysKnownUntil ? diary.holidaysKnownUntil : null
  return { ...slot, problem, clashWith: clash?.by ?? null, instead, holidaysKnownUntil }
}

function problemOf(
  { on, time }: { readonly on: string; readonly time: string },
  durationMinutes: number,
  clash: Taken | undefined,
  { holidays }: Diary,
): Slot['problem'] {
  if (holidays.has(on)) return 'holiday'
  if (!isWorkingDay(on, holidays)) return 'weekend'
  if (!isInOfficeHours(time, durationMinutes)) return 'outside-hours'
  return clash ? 'clash' : null
}

const isInOfficeHours = (time: string, durationMinutes: number): boolean =>
  time >= OFFICE_OPENS && minuteOfDay(time) + durationMinutes <= minuteOfDay(OFFICE_CLOSES)

function findClash(
  { on, time }: { readonly on: string; readonly time: string },
  durationMinutes: number,
  taken: readonly Taken[],
): Taken | undefined {
  const start = minuteOfDay(time)
  return taken.find(
    one =>
      one.on === on &&
      minuteOfDay(one.time) < start + durationMinutes &&
      start < minuteOfDay(one.time) + one.durationMinutes,
  )
}

function alternative(
  slot: { readonly on: string; readonly time: string },
  durationMinutes: number,
  problem: NonNullable<Slot['problem']>,
  diary: Diary,
): Slot['instead'] {
  const sameDay = problem === 'clash' ? laterThatDay(slot, durationMinutes, diary) : null
  return sameDay ?? nextGoodDay(slot, durationMinutes, diary)
}

function laterThatDay(
  { on, time }: { readonly on: string; readonly time: string },
  durationMinutes: number,
  { taken }: Diary,
): Slot['instead'] {
  const last = minuteOfDay(OFFICE_CLOSES) - durationMinutes
  for (let minute = minuteOfDay(time) + STEP_MINUTES; minute <= last; minute += STEP_MINUTES) {
    const candidate = { on, time: timeOfMinute(minute) }
    if (!findClash(candidate, durationMinutes, taken)) return candidate
  }
  return null
}

const DAYS_AHEAD_MAX = 14
/** Offered where the wanted time is outside office hours. */
const USUAL_TIME = '10:00'

function nextGoodDay(
  { on, time }: { readonly on: string; readonly time: string },
  durationMinutes: number,
  { taken, holidays }: Diary,
): Slot['instead'] {
  const wanted = [time, USUAL_TIME, OFFICE_OPENS].find(one => isInOfficeHours(one, durationMinutes))
  if (wanted === undefined) return null
  for (let ahead = 1; ahead <= DAYS_AHEAD_MAX; ahead++) {
    const candidate = { on: addDays(on, ahead), time: wanted }
    if (isWorkingDay(candidate.on, holidays) && !findClash(candidate, durationMinutes, taken)) return candidate
  }
  return null
}
