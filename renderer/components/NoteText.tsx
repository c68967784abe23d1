import { Marked } from './Marked.tsx'
import classes from './NoteText.module.css'
import { noteParts } from './noteParts.ts'

interface NoteTextProps {
  readonly note: string
  /** Words that are searched for, to be marked. */
  readonly words?: readonly string[]
}

/** A note as it is read: its own lines, its headings in bold. */
export function NoteText({ note, words = [] }: NoteTextProps) {
  return (
    <div className={classes.note}>
      {noteParts(note).map(({ text, isHeading }, place) =>
        isHeading ? (
          <span key={place} className={classes.heading}>
            <Marked text={text} words={words} />
          </span>
        ) : (
          <Marked key={place} text={text} words={words} />
        ),
      )}
    </div>
  )
}
