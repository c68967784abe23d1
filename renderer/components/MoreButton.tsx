import { useRef } from 'react'
import { Button } from './Button.tsx'
import classes from './MoreButton.module.css'
import { useFocusRescue } from './useFocusRescue.ts'
import { figure } from '../app/figure.ts'

interface MoreButtonProps {
  readonly shown: number
  /** How many there are in all; left out where nobody knows. */
  readonly total?: number
  readonly onMore: () => void
  /** Whether the page is on its way. */
  readonly isBusy: boolean
}

/** Asks for the next page of a list. */
export function MoreButton({ shown, total, onMore, isBusy }: MoreButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  useFocusRescue(button)
  return (
    <div className={classes.more}>
      <Button ref={button} look="quiet" isBusy={isBusy} onClick={onMore}>
        Show more{total === undefined ? '' : ` (${shown} of ${figure(total)} shown)`}
      </Button>
    </div>
  )
}
