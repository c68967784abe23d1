import { useEffect, useId } from 'react'
import { NOTE_LENGTH_MAX } from '../../../shared/features/contacts/contact.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { useStore, type Store } from '../../app/store.ts'
import { Panel } from '../../components/Panel.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import { AttachRow } from './AttachRow.tsx'
import { CreditButtons } from './CreditButtons.tsx'
import type { DraftNews } from './draftKeeper.ts'
import classes from './NotePanel.module.css'
import type { RecordParts } from './recordParts.ts'
import { TemplateMenu } from './TemplateMenu.tsx'
import { pastedFiles, useAttached } from './useAttached.ts'
import { figure } from '../../app/figure.ts'

interface NotePanelProps extends RecordParts {
  readonly caseId: string
  readonly reference: Answer<'session.reference'>
}

/** The note: one plain field that nothing else waits for. */
export function NotePanel(parts: NotePanelProps) {
  const { record, saving, focus, opened, caseId, reference } = parts
  const { note, draft } = record
  const { attach, length } = note
  const attached = useAttached({ caseId, formId: opened.ids.formId }, draft.touch)
  const errorId = useId()
  const focusCount = focus.countFor('note')
  const error = saving.attempt.problems['note']
  // The DOM: focus; at first where the caret of the draft was.
  useEffect(() => {
    if (focusCount > 0) note.focus(focusCount === 1 ? opened.initial.caret : undefined)
  }, [focusCount, note, opened])

  return (
    <div className={classes.panel}>
      <Panel
        title="Note"
        note={
          <>
            <TemplateMenu {...parts} /> <NoteLength length={length} />
          </>
        }
        side={<DraftState news={draft.news} />}
      >
        <textarea
          ref={attach}
          className={classes.field}
          aria-label="Note"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          defaultValue={opened.initial.note}
          data-area-entry
          onInput={() => {
            draft.touch()
            note.measure()
          }}
          onPaste={event => {
            const files = pastedFiles(event)
            if (files.length === 0) return
            event.preventDefault()
            attached.add(files)
          }}
          onFocus={event => {
            event.currentTarget.scrollIntoView({ block: 'nearest' }) // in a low window it may be under the keys below it
          }}
          onBlur={() => void draft.keep(record.bodyNow)}
        />
        {error && (
          <p id={errorId} className={classes.error}>
            {error}
          </p>
        )}
        <CreditButtons {...parts} />
        <AttachRow attached={attached} types={reference.documentTypes} />
      </Panel>
    </div>
  )
}

function DraftState({ news }: { readonly news: Store<DraftNews> }) {
  const { text, isTrouble } = useStore(news)
  if (text === '') return null
  return (
    <span className={classes.draft} data-trouble={isTrouble || undefined}>
      {isTrouble ? text : <StateDot state="draft">{text}</StateDot>}
    </span>
  )
}

function NoteLength({ length }: { readonly length: Store<number | null> }) {
  const counted = useStore(length)
  if (counted === null) return null
  return (
    <span data-over={counted > NOTE_LENGTH_MAX || undefined}>
      {figure(counted)} of {figure(NOTE_LENGTH_MAX)} characters
    </span>
  )
}
