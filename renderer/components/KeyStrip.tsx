import { openDialog } from '../app/dialogs.ts'
import { ariaKeysOf } from '../app/keys.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import { useStore } from '../app/store.ts'
import { lastSave } from '../app/undo.ts'
import { KeyCap } from './KeyCap.tsx'
import classes from './KeyStrip.module.css'

export interface StripKey {
  readonly id: ShortcutId
  readonly label: string
  readonly run: () => void
}

/** The keys of the screen, at its foot. Each is a button too, for the mouse and for Tab. */
export function KeyStrip({ keys }: { readonly keys: readonly StripKey[] }) {
  // Undo stands in its place while it can be used.
  if (useStore(lastSave)) return null
  return (
    <footer className={classes.strip} aria-label="Keys on this screen">
      <div className={classes.keys} onBlur={event => event.currentTarget.scrollTo(0, 0)}>
        {keys.map(({ id, label, run }) => (
          <button key={id} type="button" className={classes.key} aria-keyshortcuts={ariaKeysOf(id)} onClick={run}>
            <KeyCap id={id} /> {label}
          </button>
        ))}
      </div>
      <button
        type="button"
        className={classes.key}
        aria-keyshortcuts={ariaKeysOf('app.help')}
        onClick={() => openDialog({ kind: 'help' })}
      >
        <KeyCap id="app.helpKey" /> All keys
      </button>
    </footer>
  )
}
