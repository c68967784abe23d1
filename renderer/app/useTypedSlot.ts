import { readWhen, type When } from '../../shared/features/appointments/readWhen.ts'
import type { SlotView } from '../../shared/features/appointments/appointmentViews.ts'
import { useCall } from './api.ts'
import { slotHint, slotText } from './slotText.ts'

interface TypedSlot {
  /** The day and time that were understood; undefined while they are not. */
  readonly when: When | undefined
  /** What speaks against them, once the diary was asked. */
  readonly slot: SlotView | undefined
  /** What was understood, for under the field. */
  readonly reading: string
}

/** Reads a day and time while they are typed, and asks the diary what speaks against them. */
export function useTypedSlot(typed: string, today: string, from: When, durationMinutes: number): TypedSlot {
  const when = readWhen(typed, today, from)
  const { value: slot } = useCall(
    'appointments.judge',
    { startsOn: when?.on ?? today, startsTime: when?.time ?? '00:00', durationMinutes },
    { isWanted: when !== undefined },
  )
  if (!when) return { when, slot: undefined, reading: 'Such as 17/3 10.30, tue 2pm, 2w' }
  const parts = [
    `${slotText(when, today)}${slot?.problem === null ? ', free' : ''}`,
    ...(slot ? [slotHint(slot, today)] : []),
  ]
  return { when, slot, reading: parts.filter(part => part !== '').join('. ') }
}
