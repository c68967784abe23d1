import type { ReactNode } from 'react'
import classes from './Form.module.css'

/** Fields one under the other. */
export function Form({ children }: { readonly children: ReactNode }) {
  return <div className={classes.form}>{children}</div>
}

/** Short fields side by side, where there is room. */
export function FieldPair({ children }: { readonly children: ReactNode }) {
  return <div className={classes.pair}>{children}</div>
}
