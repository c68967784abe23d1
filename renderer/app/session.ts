import { createContext, use } from 'react'
import type { Settings } from '../../shared/features/session/sessionContract.ts'
import type { Answer } from '../../shared/ipc/contract.ts'

/** What the window knows of who works here. */
export type OpenSession = Extract<Answer<'session.get'>, { readonly state: 'open' }>['session']

export const SessionContext = createContext<OpenSession | null>(null)

/** Settings before the session is known, and in places that no session reaches. */
export const DEFAULT_SETTINGS: Settings = { singleKeys: true, colourScheme: 'auto' }
export const SettingsContext = createContext<Settings>(DEFAULT_SETTINGS)

/** Who works here. Only inside the open window. */
export function useSession(): OpenSession {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession outside the open window')
  return session
}
