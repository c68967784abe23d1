import type { SlotView } from '../../shared/features/appointments/appointmentViews.ts'
import { dayMonthYear, shortDay } from '../../shared/time.ts'

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

/** What speaks against a slot, what is free instead, and what is not known, as sentences; empty when there is nothing to say. */
export const slotHint = (slot: AnySlot, today: string): string =>
  [problemText(slot, today), unknownText(slot)].filter(text => text !== '').join(' ')

function problemText({ on, problem, clashWith, instead }: AnySlot, today: string): string {
  if (!problem) return ''
  const what =
    problem === 'clash'
      ? (clashWith ?? 'Taken')
      : `${slotWarning[problem]}${clashWith ? `, and taken: ${clashWith}` : ''}`
  if (!instead) return `${what}.`
  return `${what}. ${instead.on === on ? `Free from ${instead.time}` : `Free on ${slotText(instead, today)}`}`
}

const unknownText = ({ holidaysKnownUntil }: AnySlot): string =>
  holidaysKnownUntil ? `Bank holidays are known until ${dayMonthYear(holidaysKnownUntil)} only.` : ''
