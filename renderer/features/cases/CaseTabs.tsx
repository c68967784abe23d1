import { Link, useNavigate } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { ariaKeysOf } from '../../app/keys.ts'
import { KeyCap } from '../../components/KeyCap.tsx'
import classes from './CaseTabs.module.css'

export type CaseTab = 'record' | 'details'
export const tabId = (tab: CaseTab): string => `case-tab-${tab}`
export const CASE_TAB_PANEL = 'case-tab-panel'

interface CaseTabsProps {
  readonly caseId: string
  readonly chosen: CaseTab
}

/** The parts of a case. Arrows go from one to the other. */
export function CaseTabs({ caseId, chosen }: CaseTabsProps) {
  const navigate = useNavigate()

  function move(event: KeyboardEvent) {
    if (event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    event.stopPropagation()
    void navigate({
      to: chosen === 'record' ? '/case/$caseId/details' : '/case/$caseId',
      params: { caseId },
      replace: true,
    })
  }

  return (
    <nav aria-label="Parts of the case" className={classes.bar}>
      <div role="tablist" aria-label="Case" className={classes.tabs} onKeyDown={move}>
        <Link
          role="tab"
          id={tabId('record')}
          aria-selected={chosen === 'record'}
          aria-controls={CASE_TAB_PANEL}
          tabIndex={chosen === 'record' ? 0 : -1}
          to="/case/$caseId"
          params={{ caseId }}
          replace
          className={classes.tab}
        >
          Record
        </Link>
        <Link
          role="tab"
          id={tabId('details')}
          aria-selected={chosen === 'details'}
          aria-controls={CASE_TAB_PANEL}
          aria-keyshortcuts={ariaKeysOf('case.details')}
          tabIndex={chosen === 'details' ? 0 : -1}
          to="/case/$caseId/details"
          params={{ caseId }}
          replace
          className={classes.tab}
        >
          Details <KeyCap id="case.details" />
        </Link>
      </div>
    </nav>
  )
}
