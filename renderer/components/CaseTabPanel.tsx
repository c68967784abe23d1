import type { ReactNode } from 'react'
import classes from './CaseTabPanel.module.css'
import { CASE_TAB_PANEL, tabId, type CaseTab } from './CaseTabs.tsx'

interface CaseTabPanelProps {
  readonly tab: CaseTab
  readonly children: ReactNode
}

/** What belongs to the chosen tab. */
export function CaseTabPanel({ tab, children }: CaseTabPanelProps) {
  return (
    <div role="tabpanel" id={CASE_TAB_PANEL} aria-labelledby={tabId(tab)} className={classes.panel}>
      {children}
    </div>
  )
}
