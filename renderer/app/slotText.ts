import type { SlotView } from '../../shared/features/appointments/appointmentViews.ts'
import { shortDay } from '../../shared/time.ts'

type AnySlot = Pick<SlotView, 'on' | 'time'> & Partial<SlotView>

/** `Mon 16 March, 10:00`. */
export const slotText = ({ on, time }: Pick<SlotView, 'on' | 'time'>, today: string): string =>
  `${shortDay(on, today)}, ${time}`

/** The one word for what speaks against a slot. */
export const slotWarning: Readonly<Record<NonNullable<SlotView['problem']>, string>> = {
  clash: 'Clash',
  holiday: 'Bank holiday',
  weekend: 'Weekend',
  'outside-hours': 'Outside hours',
}

/** What speaks against a slot and what is free instead, as sentences; empty when it is free. */
export function slotHint({ on, problem, clashWith, instead }: AnySlot, today: string): string {
  if (!problem) return ''
  const what = problem === 'clash' ? (clashWith ?? 'Taken') : slotWarning[problem]
  if (!instead) return `${what}.`
  return `${what}. ${instead.on === on ? `Free from ${instead.time}` : `Free on ${slotText(instead, today)}`}`
}
