import type { ReactNode } from 'react'
import type { RecordState } from '../../shared/sync/recordState.ts'
import classes from './StateDot.module.css'

interface StateDotProps {
  /** A draft has the hollow dot of what is only on this PC; two versions are asked about, not refused. */
  readonly state: RecordState | 'draft' | 'two-versions'
  readonly children: ReactNode
}

/** Where a record is: a sign, and always the words. */
export function StateDot({ state, children }: StateDotProps) {
  return (
    <span className={classes.state}>
      <span aria-hidden className={classes.dot} data-state={state} />
      <span>{children}</span>
    </span>
  )
}
