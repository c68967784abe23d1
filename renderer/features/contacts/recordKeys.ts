import type { ListActions } from '../../app/useListKeys.ts'
import type { Choice } from '../../components/ChoiceGroup.tsx'
import { nextChoices, type NextChoice, type NextFacts } from './nextRules.ts'
import {
  answerFirst,
  answerReason,
  answerSecond,
  askReasonAgain,
  openQuestion,
  type OutcomeAnswers,
} from './outcomeRules.ts'
import {
  acceptableChoices,
  firstChoices,
  homeChoices,
  movedChoices,
  reasonChoices,
  walkInChoices,
} from './recordText.ts'
import type { RecordState } from './recordState.ts'

/** The keys of some choices. */
const keysOf = <Value extends string>(choices: readonly Choice<Value>[], choose: (value: Value) => void): ListActions =>
  Object.fromEntries(choices.flatMap(({ keys, value }) => (keys ? [[keys, () => choose(value)]] : [])))

/**
 * The letters of the outcome. A question that is open comes first and so takes over the letters that it shares with the
 * others.
 */
export function outcomeKeys(outcome: OutcomeAnswers, answer: (outcome: OutcomeAnswers) => void): ListActions {
  const open = openQuestion(outcome)
  return {
    ...(open === 'reasons' && keysOf(reasonChoices, reason => answer(answerReason(reason)))),
    ...(open === 'sent-home' && keysOf(homeChoices, second => answer(answerSecond(outcome, second)))),
    ...(open === 'rescheduled' && keysOf(movedChoices, second => answer(answerSecond(outcome, second)))),
    ...keysOf(firstChoices, first => answer(answerFirst(outcome, first))),
    ...(outcome.first === 'missed' && keysOf(acceptableChoices, second => answer(answerSecond(outcome, second)))),
    ...(outcome.second === 'acceptable' && { 'record.reasons': () => answer(askReasonAgain(outcome)) }),
  }
}

/** The digits and letters of the next appointment. They work while the slots stand behind "Book another", too. */
export function nextKeys(facts: NextFacts, state: RecordState, choose: (choice: NextChoice) => void): ListActions {
  const offered = nextChoices(facts, state.nextChoice === 'keep' ? 'other' : state.nextChoice, '')
  return state.kind === '' ? {} : keysOf(offered, choose)
}

/** The digits of the kinds of a walk-in, while none is chosen. */
export const walkInKeys = (state: RecordState, choose: (kind: string) => void): ListActions =>
  state.kind === '' ? keysOf(walkInChoices, choose) : {}
