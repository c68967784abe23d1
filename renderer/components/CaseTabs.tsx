import { Link, useNavigate } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { ariaKeysOf } from '../app/keys.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import classes from './CaseTabs.module.css'
import { KeyCap } from './KeyCap.tsx'

interface Tab {
  readonly tab: string
  readonly text: string
  readonly to: '/case/$caseId' | '/case/$caseId/documents' | '/case/$caseId/details'
  readonly keys?: ShortcutId
}

const TABS = [
  { tab: 'record', text: 'Record', to: '/case/$caseId' },
  { tab: 'documents', text: 'Documents', to: '/case/$caseId/documents', keys: 'case.documents' },
  { tab: 'details', text: 'Details', to: '/case/$caseId/details', keys: 'case.details' },
] as const satisfies readonly Tab[]
export type CaseTab = (typeof TABS)[number]['tab']

export const tabId = (tab: CaseTab): string => `case-tab-${tab}`
export const CASE_TAB_PANEL = 'case-tab-panel'

interface CaseTabsProps {
  readonly caseId: string
  readonly chosen: CaseTab
}

/** The parts of a case. Arrows go from one to the next, round the ends. */
export function CaseTabs({ caseId, chosen }: CaseTabsProps) {
  const navigate = useNavigate()

  function move(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.altKey || step === 0) return
    event.preventDefault()
    event.stopPropagation()
    const place = TABS.findIndex(one => one.tab === chosen)
    const next = TABS[(place + step + TABS.length) % TABS.length]
    if (next) void navigate({ to: next.to, params: { caseId }, replace: true })
  }

  return (
    <nav aria-label="Parts of the case" className={classes.bar}>
      <div role="tablist" aria-label="Case" className={classes.tabs} onKeyDown={move}>
        {TABS.map(({ tab, text, to, ...others }) => (
          <Link
            key={tab}
            role="tab"
            id={tabId(tab)}
            aria-selected={chosen === tab}
            aria-controls={CASE_TAB_PANEL}
            aria-keyshortcuts={'keys' in others ? ariaKeysOf(others.keys) : undefined}
            tabIndex={chosen === tab ? 0 : -1}
            to={to}
            params={{ caseId }}
            replace
            className={classes.tab}
          >
            {text}
            {'keys' in others && (
              <>
                {' '}
                <KeyCap id={others.keys} />
              </>
            )}
          </Link>
        ))}
      </div>
    </nav>
  )
}
