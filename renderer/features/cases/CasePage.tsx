import { useParams, useSearch } from '@tanstack/react-router'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFocusOnArrival } from '../../components/useFocusOnArrival.ts'
import { Waiting } from '../../components/Waiting.tsx'
import { CaseTabs } from '../../components/CaseTabs.tsx'
import { OpenCase } from './OpenCase.tsx'

/** The record of one person. */
export function CasePage() {
  const { caseId } = useParams({ from: '/case/$caseId/' })
  const { entry, at } = useSearch({ from: '/case/$caseId/' })
  const { value, error, again } = useCall('cases.open', { caseId })
  if (value) {
    const target = entry !== undefined && at !== undefined ? { id: entry, at } : null
    return <OpenCase key={`${caseId} ${entry ?? ''}`} caseId={caseId} opened={value} target={target} />
  }
  return (
    <Page title="Case" head={<CaseTabs caseId={caseId} chosen="record" />}>
      {error ? <NotRead text={errorText(error)} onAgain={again} /> : <Waiting lines={8} />}
    </Page>
  )
}

function NotRead({ text, onAgain }: { readonly text: string; readonly onAgain: () => void }) {
  useFocusOnArrival()
  return (
    <Panel title="Record">
      <ErrorPanel text={text} onAgain={onAgain} />
    </Panel>
  )
}
