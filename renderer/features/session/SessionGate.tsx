import { useEffect, type ReactNode } from 'react'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { SessionContext, SettingsContext } from '../../app/session.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { ClosedPage } from './ClosedPage.tsx'

const RETRY_MS = 5_000

/** Lets the window in when the store is open; else says why not. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { value, error, again } = useCall('session.get', {}, { retryMs: RETRY_MS })
  if (error) return <ErrorPanel text={errorText(error)} onAgain={again} />
  if (value === undefined) return null
  if (value.state === 'closed') return <ClosedPage problem={value.problem} onAgain={again} />
  const { session } = value
  return (
    <SessionContext value={session}>
      <SettingsContext value={session.settings}>
        <SingleKeys isOn={session.settings.singleKeys} />
        {children}
      </SettingsContext>
    </SessionContext>
  )
}

/** Tells the style sheets whether single keys work, so that their caps show only then. */
function SingleKeys({ isOn }: { readonly isOn: boolean }) {
  useEffect(() => {
    document.documentElement.dataset.singleKeys = isOn ? 'on' : 'off'
  }, [isOn])
  return null
}
