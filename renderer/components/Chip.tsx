import type { ReactNode } from 'react'
import classes from './Chip.module.css'

interface ChipProps {
  readonly tone?: 'plain' | 'amber' | 'red' | 'quiet'
  readonly children: ReactNode
}

/** A fact in a box. Amber asks or is due, red is danger; the words say it as well. */
export function Chip({ tone = 'plain', children }: ChipProps) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {children}
    </span>
  )
}
