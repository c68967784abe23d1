import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

/** Says in a sentence that there is nothing, and what was last. */
export function EmptyState({ children }: { readonly children: ReactNode }) {
  return <p className={classes.empty}>{children}</p>
}
