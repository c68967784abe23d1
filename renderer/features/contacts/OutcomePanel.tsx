import type { KeyboardEvent, ReactNode } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { ChoiceGroup } from '../../components/ChoiceGroup.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { Panel } from '../../components/Panel.tsx'
import { FactsLine } from './FactsLine.tsx'
import classes from './OutcomePanel.module.css'
import { answerFirst, answerReason, answerSecond, closeQuestion, openQuestion } from './outcomeRules.ts'
import { hasOutcome } from './recordState.ts'
import {
  acceptableChoices,
  contactTitle,
  firstChoices,
  homeChoices,
  movedChoices,
  reasonChoices,
  walkInChoices,
} from './recordText.ts'
import type { RecordParts } from './recordParts.ts'

interface OutcomePanelProps extends RecordParts {
  readonly reference: Answer<'session.reference'>
}

/** What happened: for a walk-in its kind, then the outcome and what follows from it, then when and where. */
export function OutcomePanel(props: OutcomePanelProps) {
  const { record, answer, focus } = props
  const { state, described, today } = record
  const isWalkIn = state.kind === ''

  /** Esc closes the question that stands open, without an answer. */
  function closeOnEscape(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    const closed = closeQuestion(state.outcome)
    if (closed === state.outcome) return
    event.preventDefault()
    record.set({ outcome: closed })
    focus.go(openQuestion(closed) === 'first' ? 'outcome' : 'second')
  }

  return (
    <Panel
      title={contactTitle(described.type, state, today)}
      note={described.type?.nationalStandards ? 'counts toward national standards' : undefined}
      side={
        !isWalkIn &&
        hasOutcome(described.type) && (
          <>
            Outcome <KeyCap id="record.outcome" />
          </>
        )
      }
    >
      <div className={classes.body} onKeyDown={closeOnEscape}>
        {isWalkIn && (
          <Question title="What was it?">
            <ChoiceGroup
              label="Kind of contact"
              choices={walkInChoices}
              chosen={null}
              onChoose={kind => answer({ kind }, 'kind')}
              focusCount={focus.countFor('kind')}
              error={props.saving.attempt.problems['kind']}
              isEntry
            />
          </Question>
        )}
        {!isWalkIn && hasOutcome(described.type) && <Questions {...props} />}
        <FactsLine {...props} />
      </div>
    </Panel>
  )
}

function Questions({ record, saving, answer, focus }: OutcomePanelProps) {
  const { outcome } = record.state
  const { first, second, reason } = outcome
  const secondFocus = focus.countFor('second')
  const asksReason = first === 'missed' && second === 'acceptable'
  return (
    <>
      <ChoiceGroup
        label="Outcome"
        choices={firstChoices}
        chosen={first}
        onChoose={value => answer({ outcome: answerFirst(outcome, value) }, 'outcome')}
        focusCount={focus.countFor('outcome')}
        error={saving.attempt.problems['outcome']}
        isEntry
      />
      {first === 'sent-home' && (
        <Question title="Why was he or she sent home?">
          <ChoiceGroup
            label="Sent home"
            choices={homeChoices}
            chosen={second}
            onChoose={value => answer({ outcome: answerSecond(outcome, value) }, 'outcome')}
            focusCount={secondFocus}
          />
        </Question>
      )}
      {first === 'rescheduled' && (
        <Question title="By whom?">
          <ChoiceGroup
            label="Rescheduled"
            choices={movedChoices}
            chosen={second}
            onChoose={value => answer({ outcome: answerSecond(outcome, value) }, 'outcome')}
            focusCount={secondFocus}
          />
        </Question>
      )}
      {first === 'missed' && (
        <Question title="Acceptable?">
          <ChoiceGroup
            label="Acceptable?"
            choices={acceptableChoices}
            chosen={second}
            onChoose={value => answer({ outcome: answerSecond(outcome, value) }, 'outcome')}
            focusCount={asksReason ? 0 : secondFocus}
          />
        </Question>
      )}
      {asksReason && (
        <Question title="Reason">
          <ChoiceGroup
            label="Reason"
            choices={reasonChoices}
            chosen={reason}
            onChoose={value => answer({ outcome: answerReason(value) }, 'outcome')}
            focusCount={secondFocus}
          />
        </Question>
      )}
    </>
  )
}

function Question({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={classes.question}>
      <h3>{title}</h3>
      {children}
    </div>
  )
}
