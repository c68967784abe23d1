import { Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { CaseHeader } from '../../../shared/features/cases/caseViews.ts'
import { alert } from '../../app/announce.ts'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { fullStop } from '../../app/words.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFocusOnArrival } from '../../components/useFocusOnArrival.ts'
import classes from './CaseFrame.module.css'
import { staffRiskText } from './caseText.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import { CaseHeaderBar } from './CaseHeaderBar.tsx'
import { StaffRiskBand } from './StaffRiskBand.tsx'

/** What stands over every screen of a case: whose it is and what to be careful of. */
export function CaseFrame() {
  const { caseId } = useParams({ from: '/case/$caseId' })
  const { value: header, error, again } = useCall('cases.header', { caseId })
  const isRecording = useRouterState({ select: state => state.location.pathname.endsWith('/record') })
  const [shown, setShown] = useState<string | null>(null)
  if (header && shown !== caseId) setShown(caseId)
  const problem = error && errorText(error)
  useSpokenRisk(caseId, header?.staffRisk ?? null)
  useEffect(() => {
    if (problem) alert(problem)
  }, [problem])

  if (problem && shown !== caseId) return <CannotOpen text={problem} onAgain={again} />
  return (
    <div className={classes.frame}>
      {/* A case that is taken away while somebody types leaves the screen standing: what was typed can still be copied. */}
      {problem && (
        <div className={classes.about}>
          <ErrorPanel text={problem} onAgain={again} />
        </div>
      )}
      {header && (
        <section aria-label="Case" className={classes.about}>
          <CaseHeaderBar header={header} isCompact={isRecording} />
          {header.staffRisk && <StaffRiskBand risk={header.staffRisk} />}
          {!isRecording && <ConflictNotice caseId={caseId} />}
        </section>
      )}
      <Outlet key={caseId} />
    </div>
  )
}

/** For a case that is not here, or not this officer's to see: both look the same. */
function CannotOpen({ text, onAgain }: { readonly text: string; readonly onAgain: () => void }) {
  useFocusOnArrival()
  return (
    <Page title="Case">
      <Panel title="You cannot open this record" level={1}>
        <ErrorPanel text={text} onAgain={onAgain} />
      </Panel>
    </Page>
  )
}

/** Says the risk to staff once, when the case is opened. */
function useSpokenRisk(caseId: string, risk: CaseHeader['staffRisk']): void {
  const text = risk && `Risk to staff. ${fullStop(staffRiskText(risk))}`
  useEffect(() => {
    if (text) alert(text)
  }, [caseId, text])
}
