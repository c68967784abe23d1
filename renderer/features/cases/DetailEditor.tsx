import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { DetailField } from '../../../shared/features/cases/casesContract.ts'
import { readDate } from '../../../shared/time.ts'
import { useAction, useCall } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { errorText, fieldProblems } from '../../app/errorText.ts'
import { alert } from '../../app/announce.ts'
import { fieldText } from '../../app/fieldText.ts'
import { offerUndo } from '../../app/undo.ts'
import { isDateField, isLongField, optionsOf } from '../../app/valueText.ts'
import { Button } from '../../components/Button.tsx'
import classes from './DetailEditor.module.css'

interface DetailEditorProps {
  readonly caseId: string
  readonly field: DetailField
  readonly first: string
  readonly onDone: () => void
}

/** Edits one field where it stands: Enter saves it, Esc restores it. A refusal stands under it. */
export function DetailEditor({ caseId, field, first, onDone }: DetailEditorProps) {
  const today = useToday()
  const ids = useCall('forms.ids', {})
  const edit = useAction('cases.editField')
  const [value, setValue] = useState(first)
  // What was on screen when the editing began: a colleague’s change that arrives meanwhile is not overwritten unseen.
  const [baseRev] = useState(field.baseRev)
  // Enter may be faster than the ids.
  const isAwaited = useRef(false)
  useEffect(() => {
    if (isAwaited.current && ids.value) void save()
  })
  const [refusal, setRefusal] = useState<string | null>(null)
  const label = fieldText(field.field)

  async function save() {
    if (edit.isRunning) return
    const stored = storedValue(field, value, today)
    if (stored === undefined) return refuse('Type a date, such as 14/5/1991, or leave it empty')
    isAwaited.current = !ids.value
    if (!ids.value) return
    const saved = await edit.run({
      actionId: ids.value.actionId,
      opId: ids.value.opIds[0],
      caseId,
      entity: field.entity,
      id: field.id,
      field: field.field,
      value: stored,
      baseRev,
    })
    if (!saved.ok) {
      const problems = fieldProblems(saved.error)
      return refuse(problems ? (Object.values(problems)[0] ?? '') : errorText(saved.error))
    }
    offerUndo({ ...saved.value, text: `${label} changed` })
    onDone()
  }
  function refuse(text: string) {
    setRefusal(text)
    alert(text)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault()
      onDone()
    } else if (event.key === 'Enter' && !event.shiftKey && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault()
      void save()
    }
  }

  return (
    <div role="row" className={classes.editor} onKeyDown={onKeyDown}>
      <div role="gridcell">
        <EditorField field={field} label={label} value={value} onChange={setValue} error={refusal} />
      </div>
      <div role="gridcell" className={classes.foot}>
        <Button look="small-main" isBusy={edit.isRunning} onClick={() => void save()}>
          Save
        </Button>
        <Button look="small" onClick={onDone}>
          Restore
        </Button>
        <span className={classes.hint}>
          Enter saves, Esc restores{field.isGuarded ? '. If a colleague changes it too, both versions are kept' : ''}
        </span>
      </div>
    </div>
  )
}

interface EditorFieldProps {
  readonly field: DetailField
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | null
}

function EditorField({ field, label, value, onChange, error }: EditorFieldProps) {
  const control = useRef<HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement>(null)
  // The DOM: focus, at the beginning and after a refusal.
  useEffect(() => control.current?.focus(), [error])
  const options = optionsOf(field)
  const shared = { ref: control, label, value, error, autoComplete: 'off' }
  if (options) {
    return (
      <NativeSelect
        {...shared}
        data={Object.entries(options).map(([option, text]) => ({ value: option, label: text }))}
        onChange={event => onChange(event.currentTarget.value)}
      />
    )
  }
  if (isLongField(field)) {
    return <Textarea {...shared} rows={3} onChange={event => onChange(event.currentTarget.value)} />
  }
  return <TextInput {...shared} onChange={event => onChange(event.currentTarget.value)} />
}

/** The value as it is stored: null for an empty date; undefined when a date is not understood. */
function storedValue(field: DetailField, value: string, today: string): string | null | undefined {
  if (!isDateField(field)) return value === '' && field.value === null ? null : value
  return value.trim() === '' ? null : readDate(value, today)
}
