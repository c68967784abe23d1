import { capOf, isSingleKey } from '../app/keys.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import classes from './KeyCap.module.css'

interface KeyCapProps {
  readonly id: ShortcutId
  /** `waits`: works when its group has focus. `on-fill`: stands on a filled button. `plain`: no cap, only the words. */
  readonly look?: 'solid' | 'waits' | 'on-fill' | 'plain'
  /** Whether readers read it: where the key itself is the text. It stays there when single keys are off. */
  readonly isNamed?: boolean
}

/** The key of a control, for the eye. Readers hear it from the control's `aria-keyshortcuts`. */
export function KeyCap({ id, look = 'solid', isNamed = false }: KeyCapProps) {
  return (
    <kbd
      aria-hidden={!isNamed}
      className={classes.cap}
      data-waits={look === 'waits' || undefined}
      data-on-fill={look === 'on-fill' || undefined}
      data-plain={look === 'plain' || undefined}
      data-single={(isSingleKey(id) && !isNamed) || undefined}
    >
      {capOf(id)}
    </kbd>
  )
}
