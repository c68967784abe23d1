import { useId, type ReactNode } from 'react'
import classes from './Panel.module.css'
import { figure } from '../app/figure.ts'

interface PanelProps {
  readonly title: ReactNode
  /** 1 for the panel that names the screen. */
  readonly level?: 1 | 2
  readonly count?: number | undefined
  readonly note?: ReactNode
  /** What stands at the right of the head: a key, a button, a state. */
  readonly side?: ReactNode
  /** Whether it takes the room that is left in its column. */
  readonly isGrowing?: boolean
  /** Whether F6 stops here. */
  readonly isArea?: boolean
  readonly children: ReactNode
}

/** A part of a screen, under a heading that names it. */
export function Panel({ title, level = 2, count, note, side, isGrowing, isArea = true, children }: PanelProps) {
  const id = useId()
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <section
      className={classes.panel}
      aria-labelledby={id}
      data-grows={isGrowing || undefined}
      data-area={isArea || undefined}
      tabIndex={isArea ? -1 : undefined}
    >
      <div className={classes.head} data-tall={level === 1 || undefined}>
        <Heading id={id} className={classes.title}>
          {title}
        </Heading>
        {count !== undefined && count > 0 && <span className={classes.count}>{figure(count)}</span>}
        {note !== undefined && (
          <span className={classes.note} data-loud={level === 1 || undefined}>
            {note}
          </span>
        )}
        {side !== undefined && <div className={classes.side}>{side}</div>}
      </div>
      {children}
    </section>
  )
}
