import { Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { alert } from '../../app/announce.ts'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { fullStop } from '../../app/words.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFocusOnArrival } from '../../components/useFocusOnArrival.ts'
import classes from './CaseFrame.module.css'
import { CaseHeaderBar } from './CaseHeaderBar.tsx'
import { StaffRiskBand } from './StaffRiskBand.tsx'

/** What stands over every screen of a case: whose it is and what to be careful of. */
export function CaseFrame() {
  const { caseId } = useParams({ from: '/case/$caseId' })
  const { value: header, error, again } = useCall('cases.header', { caseId })
  const isRecording = useRouterState({ select: state => state.location.pathname.endsWith('/record') })
  useSpokenRisk(caseId, header?.staffRisk?.note)

  if (error) return <CannotOpen text={errorText(error)} onAgain={again} />
  return (
    <div className={classes.frame}>
      {header && (
        <section aria-label="Case" className={classes.about}>
          <CaseHeaderBar header={header} isCompact={isRecording} />
          {header.staffRisk && <StaffRiskBand risk={header.staffRisk} />}
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
function useSpokenRisk(caseId: string, note: string | undefined): void {
  useEffect(() => {
    if (note) alert(`Risk to staff. ${fullStop(note)}`)
  }, [caseId, note])
}
