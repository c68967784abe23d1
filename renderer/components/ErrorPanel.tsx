import { useRef } from 'react'
import { Button } from './Button.tsx'
import classes from './ErrorPanel.module.css'
import { useFocusRescue } from './useFocusRescue.ts'

interface ErrorPanelProps {
  /** What happened and what still works, in sentences. */
  readonly text: string
  readonly onAgain?: () => void
}

/** Stands in place of the part that failed. */
export function ErrorPanel({ text, onAgain }: ErrorPanelProps) {
  const button = useRef<HTMLButtonElement>(null)
  useFocusRescue(button)
  return (
    <div className={classes.error}>
      <p>{text}</p>
      {onAgain && (
        <Button ref={button} look="small" onClick={onAgain}>
          Try again
        </Button>
      )}
    </div>
  )
}
