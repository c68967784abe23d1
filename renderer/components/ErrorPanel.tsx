import { Button } from './Button.tsx'
import classes from './ErrorPanel.module.css'

interface ErrorPanelProps {
  /** What happened and what still works, in sentences. */
  readonly text: string
  readonly onAgain?: () => void
}

/** Stands in place of the part that failed. */
export function ErrorPanel({ text, onAgain }: ErrorPanelProps) {
  return (
    <div className={classes.error}>
      <p>{text}</p>
      {onAgain && (
        <Button look="small" onClick={onAgain}>
          Try again
        </Button>
      )}
    </div>
  )
}
