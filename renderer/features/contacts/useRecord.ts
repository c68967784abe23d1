import { useReducer, useState } from 'react'
import type { When } from '../../../shared/features/appointments/readWhen.ts'
import { londonDate } from '../../../shared/time.ts'
import type { Input, Answer } from '../../../shared/ipc/contract.ts'
import { call, queryClient, unwrap } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { useTypedSlot } from '../../app/useTypedSlot.ts'
import { checkEntry, creditOf, entryOf, type EntryFacts, type Problems } from './entryRules.ts'
import { chosenSlot, isKnownClash, toldByOutcome } from './nextRules.ts'
import { createNoteField } from './noteField.ts'
import { answerFirst } from './outcomeRules.ts'
import { describedBy, draftOf, stateOf, type RecordState } from './recordState.ts'
import { useDraft } from './useDraft.ts'

const USUAL_MINUTES = 30

export interface RecordProps {
  readonly title: string
  readonly name: string
  readonly caseId: string
  readonly opened: Answer<'forms.openContact'>
  readonly reference: Answer<'session.reference'>
  readonly opensAtMissed: boolean
}

const merge = (state: RecordState, change: Partial<RecordState>): RecordState => ({ ...state, ...change })

/** Everything on the record screen, what follows from it, and its draft. */
export function useRecord({ caseId, opened, reference, opensAtMissed }: RecordProps) {
  const today = useToday()
  const [note] = useState(() => createNoteField(opened.initial.note))
  const [state, change] = useReducer(merge, opened, begin)
  const [first, second, third] = opened.ids.opIds
  const place = {
    ids: { ...opened.ids, opIds: [first, second, third] satisfies [string, string, string] },
    caseId,
    appointmentId: opened.appointment?.id ?? null,
    mends: opened.mends,
  }
  const draft = useDraft(place, () => draftOf(state, note.text(), note.caret()), opened)

  const [slots, setSlots] = useState(opened.slots)
  const described = describedBy(state, reference)
  const from = { on: opened.appointment?.startsOn ?? today, time: opened.appointment?.startsTime ?? '10:00' }
  const nextMinutes = opened.appointment?.durationMinutes ?? USUAL_MINUTES
  const typed = useTypedSlot(state.nextChoice?.startsWith('typed') ? state.nextTyped : '', today, from, nextMinutes)
  const nextFacts = { slots, booked: opened.booked, typed: typed.when, typedSlot: typed.slot }
  const slot = chosenSlot(state.nextChoice, nextFacts)
  const told = state.toldHow ?? toldByOutcome(described.outcome, described.type)
  const requirement = opened.progress.find(one => one.requirementId === state.creditsRequirementId)

  function begin(from: RecordProps['opened']): RecordState {
    const state = stateOf(from)
    return opensAtMissed ? { ...state, outcome: answerFirst(state.outcome, 'missed') } : state
  }

  const judge = ({ on, time }: When) =>
    call('appointments.judge', { startsOn: on, startsTime: time, durationMinutes: nextMinutes })

  /** What speaks against the chosen time since the screen was opened: somebody has it now. Shows the diary as it is. */
  async function checkSlot(): Promise<Problems> {
    const judged = slot && (await judge(slot))
    if (!judged?.ok || judged.value.clashWith === null || isKnownClash(state.nextChoice, nextFacts)) return {}
    const again = await Promise.all(opened.slots.map(one => judge(one.slot)))
    setSlots(opened.slots.map((one, place) => ({ ...one, slot: unwrap(again[place]).value ?? one.slot })))
    await queryClient.invalidateQueries({ queryKey: ['appointments.judge'] })
    return { next: 'not-allowed' }
  }

  function factsAt(now: number): EntryFacts {
    return {
      ...described,
      note: note.text(),
      today: londonDate(now),
      now,
      slot,
      told,
      nextMinutes,
      credited: requirement,
    }
  }

  return {
    state,
    today,
    note,
    draft,
    described,
    nextFacts,
    typedReading: typed.reading,
    slot,
    told,
    credited: requirement && { ...requirement, credit: creditOf(requirement.unit, state.durationMinutes) },
    /** Changes answers, and keeps them with the next draft. */
    set(answers: Partial<RecordState>) {
      change(answers)
      draft.touch()
    },
    checkSlot,
    bodyNow: () => draftOf(state, note.text(), note.caret()),
    /** What is to be saved at that moment; refusals by field where it cannot be. */
    inputAt(now: number): Input<'contacts.record'> | ReturnType<typeof checkEntry> {
      const known = factsAt(now)
      const problems = checkEntry(state, known)
      if (Object.keys(problems).length > 0) return problems
      return { ...place, appointmentBaseRev: opened.appointmentBaseRev, entry: entryOf(state, known) }
    },
  }
}
export type RecordModel = ReturnType<typeof useRecord>
