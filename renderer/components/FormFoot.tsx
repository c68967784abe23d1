import { useEffect } from 'react'
import { alert } from '../app/announce.ts'
import { useShortcut } from '../app/useShortcut.ts'
import { Button } from './Button.tsx'
import classes from './FormFoot.module.css'

interface FormFootProps {
  /** What saving does, as its button says. */
  readonly saveText: string
  readonly isSaving: boolean
  readonly onSave: () => void
  readonly onLeave: () => void
  /** Why the whole was refused; refusals of fields stand beside them. */
  readonly error?: string | undefined
}

/** The foot of a small form: its main action, its way out, and why it was refused. */
export function FormFoot({ saveText, isSaving, onSave, onLeave, error }: FormFootProps) {
  useShortcut('app.save', onSave, !isSaving)
  useEffect(() => {
    if (error) alert(error)
  }, [error])
  return (
    <div className={classes.foot}>
      {error && <p className={classes.error}>{error}</p>}
      <Button look="main" keys="app.save" isBusy={isSaving} onClick={onSave}>
        {saveText}
      </Button>
      <Button look="quiet" keys="app.close" onClick={onLeave}>
        Leave
      </Button>
    </div>
  )
}
