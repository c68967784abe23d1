import type { ReactNode } from 'react'
import classes from './CountsPanel.module.css'

interface StatusLineProps {
  /** The sign at the left: a dot, a tick, an exclamation mark. */
  readonly sign?: ReactNode
  readonly children: ReactNode
  readonly tone?: 'plain' | 'amber' | 'red'
  readonly when?: ReactNode
  readonly more?: string | undefined
}

/** One fact of the sync screen: what, since when, and what it means. */
export function StatusLine({ sign, children, tone = 'plain', when = '', more }: StatusLineProps) {
  return (
    <li className={classes.line}>
      <span aria-hidden>{sign}</span>
      <span className={classes.what} data-tone={tone}>
        {children}
      </span>
      <span className={classes.when}>{when}</span>
      {more && <span className={classes.more}>{more}</span>}
    </li>
  )
}
