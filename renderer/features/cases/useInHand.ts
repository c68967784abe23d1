import { useState, type DOMAttributes } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { useChosen } from '../../components/useChosen.ts'
import { useCaseTimeline } from './useCaseTimeline.ts'
import { useLastNotes } from './useLastNotes.ts'

type Opened = Pick<Answer<'cases.open'>, 'lastNotes' | 'upcoming'>
type List = 'notes' | 'timeline' | 'appointments'
export type HandProps = Pick<DOMAttributes<HTMLElement>, 'onFocus' | 'onBlur' | 'onPointerDown' | 'onKeyDownCapture'>
type Target = { readonly id: string; readonly at: number } | null

/** What is chosen in each list of the case, and which of them was last in hand: keys act on what is chosen there. */
export function useInHand(caseId: string, { lastNotes, upcoming }: Opened, target: Target) {
  // Without a note and without an entry to open, focus begins in the timeline.
  const begins: List = target === null && lastNotes.length > 0 ? 'notes' : 'timeline'
  const [focused, setFocused] = useState<List | null>(null)
  const [worked, setWorked] = useState<List>(begins)
  const list = focused ?? worked
  const notes = useLastNotes(lastNotes.length, begins === 'notes')
  const timeline = useCaseTimeline(caseId, target, begins === 'timeline' && target === null)
  const [chosenUpcoming, chooseUpcoming] = useChosen(upcoming.map(one => one.id))
  const { entry } = timeline

  const contactOf = {
    notes: lastNotes[notes.chosen],
    timeline: entry?.is === 'contact' ? entry.contact : undefined,
    appointments: undefined,
  }
  const appointmentOf = {
    notes: undefined,
    timeline: entry?.is === 'appointment' ? entry.appointment : undefined,
    appointments: upcoming.find(one => one.id === chosenUpcoming),
  }
  return {
    notes,
    timeline,
    chosenUpcoming,
    chooseUpcoming,
    list,
    /** For the element around a list. Tab may pass through a list on its way to a button without taking it in hand. */
    holds: (one: List): HandProps => ({
      onFocus: () => setFocused(one),
      onBlur: () => setFocused(null),
      onPointerDown: () => setWorked(one),
      onKeyDownCapture: ({ key }) => key !== 'Tab' && key !== 'Shift' && setWorked(one),
    }),
    /** The contact in hand, withdrawn or not. */
    entryContact: contactOf[list],
    /** The contact in hand, if it is one that can still be corrected. */
    contact: contactOf[list]?.struckBecause === null ? contactOf[list] : undefined,
    /** The appointment in hand, if it stands. */
    appointment: appointmentOf[list]?.status === 'planned' ? appointmentOf[list] : undefined,
  }
}
export type InHand = ReturnType<typeof useInHand>
