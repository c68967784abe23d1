import { useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { use } from 'react'
import { syncNow } from '../features/sync/syncNow.ts'
import { announce } from './announce.ts'
import { focusNextProblem, leaveTextField, moveArea } from './areas.ts'
import { openDialog } from './dialogs.ts'
import { SettingsContext } from './session.ts'
import { useGoBack } from './useGoBack.ts'
import { useShortcut } from './useShortcut.ts'

/** The chords that work on every screen. */
export function useWindowKeys(): void {
  const navigate = useNavigate()
  const goBack = useGoBack()
  const { singleKeys } = use(SettingsContext)
  const { caseId = null } = useParams({ strict: false })
  const isHome = useRouterState({ select: state => state.location.pathname === '/' })

  useShortcut('app.find', () => openDialog({ kind: 'find', purpose: 'open', within: caseId }))
  useShortcut('app.help', () => openDialog({ kind: 'help' }))
  useShortcut('app.helpKey', () => openDialog({ kind: 'help' }), singleKeys)
  useShortcut('app.today', () => void navigate({ to: '/' }))
  useShortcut('app.caseload', () => void navigate({ to: '/caseload' }))
  useShortcut('app.sync', () => void navigate({ to: '/sync' }))
  useShortcut('app.nextArea', () => moveArea(1))
  useShortcut('app.previousArea', () => moveArea(-1))
  useShortcut('app.back', goBack)
  useShortcut('app.nextProblem', () => {
    if (!focusNextProblem()) announce('No field needs you')
  })
  useShortcut('app.syncNow', syncNow)
  useShortcut('app.flags', () => openDialog({ kind: 'flags', caseId: caseId ?? '' }), caseId !== null)
  useShortcut('app.close', () => {
    if (!leaveTextField() && !isHome) goBack()
  })
}
