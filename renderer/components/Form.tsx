import { useEffect, type ReactNode } from 'react'
import { focusFirstProblem, focusNextProblem } from '../app/areas.ts'
import { useShortcut } from '../app/useShortcut.ts'
import classes from './Form.module.css'

interface FormProps {
  /** The last refusal. A new one moves focus to the first field that it is about. */
  readonly refusal: object | null
  readonly children: ReactNode
}

/** Fields one under the other. */
export function Form({ refusal, children }: FormProps) {
  useShortcut('app.nextProblem', focusNextProblem)
  // The DOM: focus.
  useEffect(() => {
    if (refusal) focusFirstProblem()
  }, [refusal])
  return <div className={classes.form}>{children}</div>
}

/** Short fields side by side, where there is room. */
export function FieldPair({ children }: { readonly children: ReactNode }) {
  return <div className={classes.pair}>{children}</div>
}
