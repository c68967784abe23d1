import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { takeFocus } from '../../app/areas.ts'
import { count, kindText, stateText } from '../../app/words.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { KeyCap } from '../../components/KeyCap.tsx'
import { FileChips } from '../../components/FileChip.tsx'
import { NoteText } from '../../components/NoteText.tsx'
import { Panel } from '../../components/Panel.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { contactWhen } from './caseText.ts'
import classes from './LastNotes.module.css'
import type { DocumentsOf } from './useDocumentsOf.ts'

type Note = Answer<'cases.open'>['lastNotes'][number]
export type Fold = 'auto' | 'open' | 'folded'

interface LastNotesProps {
  readonly notes: readonly Note[]
  readonly today: string
  readonly folds: readonly Fold[]
  /** Which note is chosen, from 0. */
  readonly chosen: number
  readonly onChoose: (place: number) => void
  readonly onToggle: (place: number) => void
  /** A change of this number moves focus to the chosen note. */
  readonly focusCount: number
  readonly documentsOf: DocumentsOf
}

/** The last three notes in full: what an officer reads before every meeting. */
export function LastNotes({
  notes,
  today,
  folds,
  chosen,
  onChoose,
  onToggle,
  focusCount,
  documentsOf,
}: LastNotesProps) {
  const feed = useRef<HTMLDivElement>(null)
  // The DOM: focus.
  useEffect(() => {
    if (focusCount > 0) takeFocus(feed.current?.querySelector<HTMLElement>('[tabindex="0"]'))
  }, [focusCount])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && !event.altKey) {
      event.preventDefault()
      const next = Math.min(Math.max(chosen + step, 0), notes.length - 1)
      onChoose(next)
      event.currentTarget.querySelectorAll<HTMLElement>('article')[next]?.focus()
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.repeat) {
      event.preventDefault()
      onToggle(chosen)
    }
  }

  return (
    <Panel
      title="Last three notes"
      side={
        <>
          <KeyCap id="case.note1" /> <KeyCap id="case.note2" /> <KeyCap id="case.note3" /> open or fold
        </>
      }
    >
      {notes.length === 0 && <EmptyState>No note is recorded in this case yet.</EmptyState>}
      {notes.length > 0 && (
        <div ref={feed} role="feed" aria-label="Last three notes" onKeyDown={onKeyDown}>
          {notes.map((note, place) => (
            <NoteArticle
              key={note.id}
              note={note}
              today={today}
              fold={folds[place] ?? 'auto'}
              place={place}
              of={notes.length}
              isChosen={place === chosen}
              onChoose={() => onChoose(place)}
              documents={documentsOf(note.id)}
            />
          ))}
        </div>
      )}
    </Panel>
  )
}

interface NoteArticleProps {
  readonly note: Note
  readonly today: string
  readonly fold: Fold
  readonly place: number
  readonly of: number
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly documents: ReturnType<DocumentsOf>
}

function NoteArticle({ note, today, fold, place, of, isChosen, onChoose, documents }: NoteArticleProps) {
  const id = useId()
  return (
    <article
      className={classes.note}
      tabIndex={isChosen ? 0 : -1}
      aria-labelledby={id}
      aria-posinset={place + 1}
      aria-setsize={of}
      data-fold={fold}
      data-struck={note.struckBecause !== null || undefined}
      data-area-entry={isChosen || undefined}
      onFocus={onChoose}
    >
      <div className={classes.head}>
        <h3 id={id}>{contactWhen(note, today)}</h3>
        <span>
          {kindText(note)}
          {note.outcomeLabel && (
            <>
              ,{' '}
              <span className={classes.outcome} data-failure={note.isFailure || undefined}>
                {note.outcomeLabel.toLowerCase()}
              </span>
            </>
          )}
          {note.durationMinutes > 0 && `, ${count(note.durationMinutes, 'minute')}`}
        </span>
        <span className={classes.state}>
          <StateDot state={note.state}>{stateText[note.state]}</StateDot>
        </span>
      </div>
      <div className={classes.text}>
        <NoteText note={note.note || 'No note.'} />
        <FileChips documents={documents} />
      </div>
    </article>
  )
}
