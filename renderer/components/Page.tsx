import type { KeyboardEvent, ReactNode } from 'react'
import { useTitle } from '../app/useTitle.ts'
import classes from './Page.module.css'

interface PageProps {
  /** Names the window. */
  readonly title: string
  /** Stands over the main part and stays while it scrolls, as the tabs of a case. */
  readonly head?: ReactNode
  readonly children: ReactNode
  /** Key strip or action bar, under the screen. */
  readonly foot?: ReactNode
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

/** A screen: its main part scrolls, its head and foot stay. */
export function Page({ title, head, children, foot, onKeyDown }: PageProps) {
  useTitle(title)
  return (
    <div className={classes.page} onKeyDown={onKeyDown}>
      {head}
      <main className={classes.main}>{children}</main>
      {foot}
    </div>
  )
}
