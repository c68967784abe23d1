import { useRef } from 'react'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { useShortcut } from '../../app/useShortcut.ts'
import { Button } from '../../components/Button.tsx'
import { FileChip } from '../../components/FileChip.tsx'
import { StateDot } from '../../components/StateDot.tsx'
import classes from './NotePanel.module.css'
import type { useAttached } from './useAttached.ts'

interface AttachRowProps {
  readonly attached: ReturnType<typeof useAttached>
  readonly types: Answer<'session.reference'>['documentTypes']
}

/** The files of this contact. They are saved with it, and go with it after everything else. */
export function AttachRow({ attached, types }: AttachRowProps) {
  const { files, reading, problem, add, detach } = attached
  const input = useRef<HTMLInputElement>(null)
  const choose = () => input.current?.click()
  useShortcut('record.attach', choose)
  return (
    <div className={classes.feeds} role="group" aria-label="Files">
      <Button look="small" keys="record.attach" onClick={choose}>
        Attach a file
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        accept={types.map(one => `.${one.extension}`).join(',')}
        onChange={event => {
          add([...(event.currentTarget.files ?? [])])
          // The same file can be chosen again.
          event.currentTarget.value = ''
        }}
      />
      {files.map(({ id, name, bytes }) => (
        <FileChip key={id} name={name} bytes={bytes}>
          <StateDot state="draft">Kept with the draft</StateDot>
          <button
            type="button"
            className={classes.detach}
            aria-label={`Take off ${name}`}
            onClick={() => void detach(id, name)}
          >
            ×
          </button>
        </FileChip>
      ))}
      {reading.map(({ key, name, bytes, percent }) => (
        <FileChip key={key} name={name} bytes={bytes}>
          <span>Reading, {percent} %</span>
        </FileChip>
      ))}
      {problem && <p className={classes.error}>{problem}</p>}
    </div>
  )
}
