import type { ReactNode } from 'react'
import classes from './Columns.module.css'

interface ColumnsProps {
  /** The wide column: the work itself. */
  readonly main: ReactNode
  /** The narrow column beside it. */
  readonly side: ReactNode
  /** What the narrow column holds, for readers. */
  readonly sideLabel: string
  readonly sideWidth?: 'wide' | 'narrow'
  /** Whether both fit the window, where it is large enough, and scroll by themselves. */
  readonly isFitted?: boolean
  /** Whether the narrow column stands at the left. In one column it comes first, too. */
  readonly isSideFirst?: boolean
}

/** Two columns side by side, one under the other where the window is narrow. */
export function Columns({
  main,
  side,
  sideLabel,
  sideWidth = 'wide',
  isFitted = false,
  isSideFirst = false,
}: ColumnsProps) {
  const narrow = (
    <aside className={classes.column} aria-label={sideLabel}>
      {side}
    </aside>
  )
  return (
    <div
      className={classes.columns}
      data-side={sideWidth}
      data-side-first={isSideFirst || undefined}
      data-fitted={isFitted || undefined}
    >
      {isSideFirst && narrow}
      <div className={classes.column}>{main}</div>
      {!isSideFirst && narrow}
    </div>
  )
}
