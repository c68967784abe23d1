import type { ContactType } from '../../../shared/features/reference/reference.ts'
import { openQuestion } from './outcomeRules.ts'
import { hasOutcome, type RecordState } from './recordState.ts'
import type { FocusTarget } from './useFocusFlow.ts'

interface Opening {
  readonly opened: {
    readonly isDraft: boolean
    readonly initial: { readonly kind: string; readonly outcome: string | null }
  }
  readonly type: ContactType | undefined
  readonly opensAtMissed: boolean
}

/** Where focus is when the screen opens: on the outcome; after a draft in the note, where the caret was. */
export function focusOnOpening({ opened, type, opensAtMissed }: Opening): FocusTarget {
  if (opensAtMissed) return 'second'
  if (opened.initial.kind === '') return 'kind'
  if (opened.isDraft && (opened.initial.outcome !== null || !hasOutcome(type))) return 'note'
  return hasOutcome(type) ? 'outcome' : 'note'
}

interface Choosing {
  /** Which question was answered. */
  readonly field: string
  /** The kind as it is now. */
  readonly type: ContactType | undefined
  readonly noteIsEmpty: boolean
}

/** The next thing that needs an answer, after one was given. */
export function focusAfterChoice(state: RecordState, { field, type, noteIsEmpty }: Choosing): FocusTarget {
  if (field === 'kind') return hasOutcome(type) ? 'outcome' : 'note'
  if (field === 'next') return afterNext(state, noteIsEmpty)
  const open = hasOutcome(type) ? openQuestion(state.outcome) : null
  if (open === 'first') return 'outcome'
  if (open !== null) return 'second'
  const isAbsence = state.outcome.first === 'missed' || state.outcome.first === 'rescheduled'
  return isAbsence && (state.nextChoice === null || state.nextChoice === 'keep') ? 'next' : 'note'
}

function afterNext({ nextChoice }: RecordState, noteIsEmpty: boolean): FocusTarget {
  if (nextChoice === 'typed') return 'typed'
  if (nextChoice === 'other') return 'next'
  return noteIsEmpty ? 'note' : 'next'
}
