import { useState } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { londonDate, shortDay } from '../../../shared/time.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { NoteText } from '../../components/NoteText.tsx'
import { Panel } from '../../components/Panel.tsx'
import classes from './LastNotesPanel.module.css'

interface LastNotesPanelProps {
  readonly notes: Answer<'forms.openContact'>['lastNotes']
  readonly today: string
}

/** The last note, or the last three. */
export function LastNotesPanel({ notes, today }: LastNotesPanelProps) {
  const [showsAll, setShowsAll] = useState(false)
  const toggle = () => setShowsAll(before => !before)
  useShortcut('record.lastNotes', toggle)
  const [last] = notes
  return (
    <Panel
      title={showsAll ? 'Last three notes' : 'Last note'}
      note={last && !showsAll ? shortDay(londonDate(last.startedAt), today) : undefined}
      side={
        notes.length > 1 && (
          <Button look="quiet" keys="record.lastNotes" aria-expanded={showsAll} onClick={toggle}>
            {showsAll ? 'only the last' : 'last three'}
          </Button>
        )
      }
      isGrowing
    >
      {!last && <EmptyState>No note yet.</EmptyState>}
      {notes.slice(0, showsAll ? 3 : 1).map(note => (
        <article key={note.id} className={classes.note}>
          {showsAll && <h3>{shortDay(londonDate(note.startedAt), today)}</h3>}
          <NoteText note={note.note} />
        </article>
      ))}
    </Panel>
  )
}
