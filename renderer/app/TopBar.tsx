import { Link, useParams } from '@tanstack/react-router'
import { KeyCap } from '../components/KeyCap.tsx'
import { StateLine } from '../features/sync/StateLine.tsx'
import { openDialog } from './dialogs.ts'
import { ariaKeysOf } from './keys.ts'
import { useSession } from './session.ts'
import type { ShortcutId } from './shortcuts.ts'
import classes from './TopBar.module.css'

const SCREENS = [
  { to: '/', text: 'Today', keys: 'app.today', isExact: true },
  { to: '/caseload', text: 'Caseload', keys: 'app.caseload', isExact: false },
  { to: '/sync', text: 'Sync', keys: 'app.sync', isExact: false },
] as const satisfies readonly { to: string; text: string; keys: ShortcutId; isExact: boolean }[]

/** Name of the product, the screens, Find, the state of sync, the officer and the office. */
export function TopBar() {
  return (
    <header className={classes.bar}>
      <span className={classes.brand}>Holdfast</span>
      <nav className={classes.nav} aria-label="Main">
        {SCREENS.map(({ to, text, keys, isExact }) => (
          <Link
            key={to}
            to={to}
            className={classes.link}
            activeOptions={{ exact: isExact, includeSearch: false }}
            aria-keyshortcuts={ariaKeysOf(keys)}
          >
            {text}
            <KeyCap id={keys} look="plain" />
          </Link>
        ))}
      </nav>
      <FindButton />
      <StateLine />
      <Me />
    </header>
  )
}

function FindButton() {
  const { caseId = null } = useParams({ strict: false })
  return (
    <button
      type="button"
      className={classes.find}
      aria-keyshortcuts={ariaKeysOf('app.find')}
      onClick={() => openDialog({ kind: 'find', purpose: 'open', within: caseId })}
    >
      <span>
        Find<span className={classes.more}> or command</span>
      </span>
      <KeyCap id="app.find" />
    </button>
  )
}

function Me() {
  const { userName, officeName, isDemo } = useSession()
  return (
    <div className={classes.me}>
      {userName}
      <br />
      {isDemo ? 'Demo office' : officeName}
    </div>
  )
}
