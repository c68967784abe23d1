import { toldHow, type ToldHow } from '../../../shared/features/appointments/appointment.ts'
import type { ContactDraft } from '../../../shared/features/forms/formsContract.ts'
import type { ContactType, Outcome } from '../../../shared/features/reference/reference.ts'
import { calendarDate, dayMonthYear } from '../../../shared/time.ts'
import { isNextChoice, type NextChoice } from './nextRules.ts'
import { answersOf, codeOf, type OutcomeAnswers } from './outcomeRules.ts'

/** Everything on the record screen but the note, which stays in its own field. Texts are as typed. */
export interface RecordState {
  readonly kind: string
  readonly startedOn: string
  readonly startedTime: string
  readonly durationMinutes: string
  readonly place: string
  readonly outcome: OutcomeAnswers
  readonly sensitive: boolean
  readonly creditsRequirementId: string | null
  readonly template: string | null
  readonly nextChoice: NextChoice | null
  readonly nextTyped: string
  /** How the person was told of the next appointment, where the officer said it; null where the outcome says it. */
  readonly toldHow: ToldHow | null
}

interface Opened {
  readonly initial: ContactDraft
  /** The next appointment that is booked already; only whether there is one counts here. */
  readonly booked: object | null
}

/** The screen as it opens: from a draft, or from what is known of the appointment. */
export function stateOf({ initial, booked }: Opened): RecordState {
  const { kind, startedOn, startedTime, durationMinutes, place, sensitive, creditsRequirementId, template } = initial
  const told = toldHow.safeParse(initial.toldHow)
  return {
    kind,
    startedOn: calendarDate.safeParse(startedOn).success ? dayMonthYear(startedOn) : startedOn,
    startedTime,
    durationMinutes,
    place,
    sensitive,
    creditsRequirementId,
    template,
    outcome: answersOf(initial.outcome),
    nextChoice: isNextChoice(initial.nextChoice) ? initial.nextChoice : booked ? 'keep' : null,
    nextTyped: initial.nextTyped,
    toldHow: told.success ? told.data : null,
  }
}

/** The screen as a draft keeps it. */
export const draftOf = (state: RecordState, note: string, caret: number): ContactDraft => {
  const { outcome, ...rest } = state
  return { ...rest, outcome: codeOf(outcome), note, caret }
}

/** The kind and the outcome that are chosen, as the reference data describes them. */
export interface Described {
  readonly type: ContactType | undefined
  readonly outcome: Outcome | undefined
}

interface CodeLists {
  readonly contactTypes: readonly ContactType[]
  readonly outcomes: readonly Outcome[]
}

export function describedBy(state: Pick<RecordState, 'kind' | 'outcome'>, reference: CodeLists): Described {
  const type = reference.contactTypes.find(one => one.code === state.kind)
  const code = hasOutcome(type) ? codeOf(state.outcome) : null
  return {
    type,
    outcome: code === null ? undefined : reference.outcomes.find(outcome => outcome.code === code),
  }
}

/** Whether this kind has an outcome at all: a call or a letter simply happened. */
export const hasOutcome = (type: ContactType | undefined): boolean => type === undefined || type.use === 'appointment'

/** Whether a contact can serve a requirement: the person was there, or it is of a kind that has no outcome. */
export const servesRequirement = ({ outcome }: Described): boolean =>
  outcome?.attendance !== 'absent' && outcome?.group !== 'rescheduled'
