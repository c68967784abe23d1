import type { DiaryItem } from '../../../shared/features/today/todayContract.ts'

const MINUTE_MS = 60_000
/** From this long before an appointment Enter records it; earlier than that it is still to come. */
const RECORD_AHEAD_MS = 15 * MINUTE_MS

type Timed = Pick<DiaryItem, 'outcomeLabel'> & {
  readonly appointment: Pick<DiaryItem['appointment'], 'id' | 'startsAt' | 'durationMinutes' | 'status'>
}

export const isToLog = ({ appointment }: Timed, now: number): boolean =>
  appointment.status === 'planned' && appointment.startsAt <= now

export const isToCome = ({ appointment }: Timed, now: number): boolean =>
  appointment.status === 'planned' && appointment.startsAt - RECORD_AHEAD_MS > now

const isInProgress = ({ appointment }: Timed, now: number): boolean =>
  appointment.startsAt <= now && now < appointment.startsAt + Math.max(appointment.durationMinutes, 1) * MINUTE_MS

/**
 * The row that the officer most likely wants: the appointment in progress, else the oldest without an outcome, else the
 * next one, else the last of the day.
 *
 * @param items of one day, in order of time.
 */
export function rowToChoose(items: readonly Timed[], now: number): string | null {
  const toLog = items.filter(item => isToLog(item, now))
  const row =
    toLog.findLast(item => isInProgress(item, now)) ??
    toLog[0] ??
    items.find(item => item.appointment.status === 'planned') ??
    items.at(-1)
  return row?.appointment.id ?? null
}

/** The first row that is still to come, before which the line for now stands; null when none is. */
export const firstAfter = (items: readonly Timed[], now: number): string | null =>
  items.find(item => item.appointment.startsAt > now)?.appointment.id ?? null

// The row that was left, so that coming back without a save finds it again.
let left: { readonly day: string; readonly id: string } | null = null

export const rememberRow = (day: string, id: string): void => {
  left = { day, id }
}

/** The row to begin with: the one that was left, unless its outcome is logged now; else the likely one. */
export function rowToBegin(items: readonly Timed[], day: string, now: number): string | null {
  const before = left?.day === day ? items.find(item => item.appointment.id === left?.id) : undefined
  return before?.appointment.status === 'planned' ? before.appointment.id : rowToChoose(items, now)
}
