import { useToday } from '../../app/clock.ts'
import { valueText } from '../../app/valueText.ts'
import { byText, inOrder, settledText, type Conflict } from './conflictText.ts'
import classes from './Versions.module.css'

/** The versions of a field that is settled, or that this officer may not settle, and what was chosen. */
export function SettledView({ conflict }: { readonly conflict: Conflict }) {
  const today = useToday()
  const { settled, state, versions } = conflict
  return (
    <>
      {settled && (
        <p className={classes.result}>
          <b>{valueText(conflict, settled.value)}</b>. {settledText(settled, today)}
        </p>
      )}
      {state === 'being-settled' && <p>You have settled this. It goes to the service with your next work.</p>}
      {state === 'open' && <p>Somebody who may change this field has to settle it.</p>}
      <ul className={classes.versions} aria-label="Versions">
        {inOrder(versions).map((version, place) => (
          <li key={place} className={classes.version}>
            <span className={classes.value}>{valueText(conflict, version.value)}</span>
            <span className={classes.by}>{byText(version, today)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
