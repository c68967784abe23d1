import { Button } from '../../components/Button.tsx'
import classes from './ActionBar.module.css'
import type { Saving } from './useSaving.ts'

interface ActionBarProps {
  readonly saving: Saving
  readonly onLeave: () => void
  /** Whether "next to log" makes sense: the contact is the outcome of an appointment. */
  readonly canGoOn: boolean
}

/** Save, save and go on, or leave; and why the last save was refused. */
export function ActionBar({ saving, onLeave, canGoOn }: ActionBarProps) {
  const { attempt, isSaving, save } = saving
  const refused = Object.values(attempt.problems)
  return (
    <footer className={classes.bar} aria-label="Save">
      {attempt.error && <p className={classes.error}>{attempt.error}</p>}
      {refused.length > 0 && <p className={classes.error}>Not saved. {refused.join('. ')}.</p>}
      <Button look="main" keys="app.save" isBusy={isSaving} onClick={() => void save(false)}>
        {attempt.triesAgain ? 'Try again' : 'Save'}
      </Button>
      {canGoOn && (
        <Button keys="record.saveNext" isBusy={isSaving} onClick={() => void save(true)}>
          Save and next to log
        </Button>
      )}
      <span className={classes.hint}>Saved in one step. Undo for 10 seconds</span>
      <span className={classes.leave}>
        <Button look="quiet" keys="app.close" onClick={onLeave}>
          Leave, keep draft
        </Button>
      </span>
    </footer>
  )
}
