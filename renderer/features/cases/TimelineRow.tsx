import type { DocumentView } from '../../../shared/features/documents/documentsContract.ts'
import { count, stateText } from '../../app/words.ts'
import { Marked } from '../../components/Marked.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { Unseen } from '../../components/Unseen.tsx'
import { entryWords } from './caseText.ts'
import { OpenEntry } from './OpenEntry.tsx'
import classes from './TimelineRow.module.css'
import type { Entry } from './useCaseTimeline.ts'

interface TimelineRowProps {
  readonly entry: Entry
  readonly today: string
  /** Words that are searched for, to be marked. */
  readonly words: readonly string[]
  readonly isOpen: boolean
  /** Files of the contact. */
  readonly documents: readonly DocumentView[]
}

/** One entry: when, what, the beginning of its note, its state; in full when it is open. */
export function TimelineRow({ entry, today, words, isOpen, documents }: TimelineRowProps) {
  const { day, time, kind, text, state, isFailure, isStruck } = entryWords(entry, today, words)
  return (
    <>
      <div className={classes.row} data-struck={isStruck || undefined}>
        <span>
          {isStruck && <Unseen>Withdrawn: </Unseen>}
          {day}
          <Unseen>{time && `, ${time}`}, </Unseen>
        </span>
        <span className={classes.kind} data-failure={isFailure || undefined}>
          {kind}
          <Unseen>. </Unseen>
        </span>
        <span className={classes.text}>
          {!isOpen && documents.length > 0 && `${count(documents.length, 'file')}. `}
          {!isOpen && <Marked text={text} words={words} />}
          <Unseen>. </Unseen>
        </span>
        <span className={classes.state}>
          <StateDot state={state}>{stateText[state]}</StateDot>
        </span>
      </div>
      {isOpen && <OpenEntry entry={entry} today={today} words={words} documents={documents} />}
    </>
  )
}
