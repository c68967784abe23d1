import { Button } from './Button.tsx'
import classes from './MoreButton.module.css'
import { figure } from '../app/figure.ts'

interface MoreButtonProps {
  readonly shown: number
  /** How many there are in all; left out where nobody knows. */
  readonly total?: number
  readonly onMore: () => void
}

/** Asks for the next page of a list. */
export function MoreButton({ shown, total, onMore }: MoreButtonProps) {
  return (
    <div className={classes.more}>
      <Button look="quiet" onClick={onMore}>
        Show more{total === undefined ? '' : ` (${shown} of ${figure(total)} shown)`}
      </Button>
    </div>
  )
}
