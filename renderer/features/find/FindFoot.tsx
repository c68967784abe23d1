import { KeyCap } from '../../components/KeyCap.tsx'
import type { ShortcutId } from '../../app/shortcuts.ts'
import classes from './FindDialog.module.css'

const KEYS: readonly (readonly [ShortcutId, string])[] = [
  ['find.open', 'open'],
  ['find.record', 'record for them'],
  ['find.all', 'all results'],
  ['find.commands', 'commands only'],
  ['find.notes', 'notes only'],
  ['app.close', 'close'],
]
const WALK_IN_KEYS: readonly (readonly [ShortcutId, string])[] = [
  ['find.open', 'record'],
  ['app.close', 'close'],
]

/** The keys of Find. */
export function FindFoot({ isWalkIn }: { readonly isWalkIn: boolean }) {
  return (
    <div className={classes.foot}>
      {(isWalkIn ? WALK_IN_KEYS : KEYS).map(([id, text]) => (
        <span key={id}>
          <KeyCap id={id} /> {text}
        </span>
      ))}
    </div>
  )
}
