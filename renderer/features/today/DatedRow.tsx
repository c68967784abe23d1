import type { ReactNode } from 'react'
import { Unseen } from '../../components/Unseen.tsx'
import classes from './DatedRow.module.css'

interface DatedRowProps {
  readonly when: string
  readonly tone?: 'red' | 'amber' | 'plain'
  readonly because?: string
  readonly children: ReactNode
}

/** A row that begins with its day. */
export function DatedRow({ when, tone = 'plain', because, children }: DatedRowProps) {
  return (
    <div className={classes.row}>
      <span className={classes.when} data-tone={tone}>
        {when}
        <Unseen>, </Unseen>
      </span>
      <span className={classes.what}>
        {children}
        {because && (
          <span className={classes.because}>
            <Unseen>. </Unseen>
            {because}
          </span>
        )}
      </span>
    </div>
  )
}
