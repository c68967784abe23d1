import type { ToldHow } from '../../../shared/features/appointments/appointment.ts'
import type { SlotView } from '../../../shared/features/appointments/appointmentViews.ts'
import type { When } from '../../../shared/features/appointments/readWhen.ts'
import type { ContactType, Outcome } from '../../../shared/features/reference/reference.ts'
import { slotHint, slotText, slotWarning } from '../../app/slotText.ts'
import type { Choice } from '../../components/ChoiceGroup.tsx'
import type { ShortcutId } from '../../app/shortcuts.ts'

/**
 * What was chosen for the next appointment: the number of weeks, the free time instead of that slot, a typed time, keeping
 * what is booked, asking for another one beside it, or none. Nothing is booked unless one was chosen.
 */
export type NextChoice =
  '1' | '2' | '4' | '1-instead' | '2-instead' | '4-instead' | 'typed' | 'typed-instead' | 'keep' | 'other' | 'none'

const CHOICES: ReadonlySet<string> = new Set<NextChoice>([
  '1',
  '2',
  '4',
  '1-instead',
  '2-instead',
  '4-instead',
  'typed',
  'typed-instead',
  'keep',
  'other',
  'none',
])
export const isNextChoice = (value: string | null): value is NextChoice => value !== null && CHOICES.has(value)

type AnySlot = Pick<SlotView, 'on' | 'time' | 'problem' | 'instead'> &
  Partial<Pick<SlotView, 'clashWith' | 'holidaysKnownUntil'>>

export interface NextFacts {
  readonly slots: readonly { readonly weeks: number; readonly slot: AnySlot }[]
  /** The appointment that is booked already; null when there is none. */
  readonly booked: { readonly startsOn: string; readonly startsTime: string; readonly kindLabel: string } | null
  /** What was understood of a typed time, and what speaks against it. */
  readonly typed: When | undefined
  readonly typedSlot: Pick<AnySlot, 'instead' | 'clashWith'> | undefined
}

const WEEK_KEYS: Readonly<Record<string, ShortcutId>> = { '1': 'record.in1', '2': 'record.in2', '4': 'record.in4' }

/** The answers that are offered. A booked appointment stands in place of the slots until another is asked for. */
export function nextChoices(facts: NextFacts, chosen: NextChoice | null, today: string): readonly Choice<NextChoice>[] {
  const { booked, slots, typedSlot } = facts
  if (booked && (chosen === null || chosen === 'keep')) {
    const when = slotText({ on: booked.startsOn, time: booked.startsTime }, today)
    return [
      { value: 'keep', text: `Keep ${when}`, hint: `Booked already: ${booked.kindLabel.toLowerCase()}` },
      { value: 'other', text: 'Book another' },
    ]
  }
  return [
    ...slots.flatMap(({ weeks, slot }) => slotChoices(weeks, slot, today)),
    { value: 'typed', text: 'Type a time', keys: 'record.typeTime' },
    ...(typedSlot?.instead && (chosen === 'typed' || chosen === 'typed-instead')
      ? [{ value: 'typed-instead' as const, text: `${slotText(typedSlot.instead, today)} instead` }]
      : []),
    booked
      ? { value: 'keep', text: 'Only what is booked' }
      : { value: 'none', text: 'None now', keys: 'record.noNext' },
  ]
}

function slotChoices(weeks: number, slot: AnySlot, today: string): readonly Choice<NextChoice>[] {
  const value = String(weeks)
  if (!isNextChoice(value)) return []
  const keys = WEEK_KEYS[value]
  const hint = slotHint(slot, today)
  const asked = {
    value,
    text: slotText(slot, today),
    ...(keys && { keys }),
    ...(slot.problem && { warning: slotWarning[slot.problem] }),
    ...(hint && { hint }),
  }
  const instead = `${value}-instead`
  return slot.instead && isNextChoice(instead)
    ? [asked, { value: instead, text: `${slotText(slot.instead, today)} instead` }]
    : [asked]
}

/** Whether a time was chosen, which is to be booked. */
export const isSlotChoice = (chosen: NextChoice | null): boolean =>
  chosen !== null && chosen !== 'keep' && chosen !== 'other' && chosen !== 'none'

/** The day and time that were chosen; null when nothing is to be booked, or when the typed words are not understood. */
export function chosenSlot(chosen: NextChoice | null, { slots, typed, typedSlot }: NextFacts): When | null {
  if (chosen === null || !isSlotChoice(chosen)) return null
  if (chosen === 'typed') return typed ?? null
  if (chosen === 'typed-instead') return typedSlot?.instead ?? null
  const slot = slots.find(one => String(one.weeks) === chosen.charAt(0))?.slot
  return (chosen.endsWith('instead') ? slot?.instead : slot) ?? null
}

/** Whether the officer saw, when choosing it, that somebody has the chosen time already. A time offered instead was free. */
export function isKnownClash(chosen: NextChoice | null, { slots, typedSlot }: NextFacts): boolean {
  if (chosen === null || chosen.endsWith('instead')) return false
  const slot = chosen === 'typed' ? typedSlot : slots.find(one => String(one.weeks) === chosen)?.slot
  return slot?.clashWith != null
}

/** How the person was told of the next appointment, as far as the outcome says it: nobody present was not told yet. */
export function toldByOutcome(outcome: Outcome | undefined, type: ContactType | undefined): ToldHow {
  if (type?.category === 'call') return 'telephone'
  if (type?.category === 'message') return 'text'
  if (type?.category === 'letter') return 'letter'
  if (outcome?.attendance !== 'attended') return 'not-told'
  return type?.where === 'remote' ? 'telephone' : 'in-person'
}

// After a first appointment, and after an interview for a report, come ordinary ones.
const FOLLOWED_BY: Readonly<Record<string, string>> = {
  COAI: 'COAP',
  COTI: 'COPT',
  COVI: 'COVC',
  COHV: 'CHVS',
  CODI: 'CODC',
  COSR: 'COAP',
}
const USUAL_KIND = 'COAP'

/** The kind of the next appointment: the same again, or an office visit after what cannot be arranged. */
export const kindOfNext = (type: ContactType | undefined): string =>
  type?.use === 'appointment' ? (FOLLOWED_BY[type.code] ?? type.code) : USUAL_KIND
