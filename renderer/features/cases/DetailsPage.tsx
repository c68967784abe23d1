import { useParams, useSearch } from '@tanstack/react-router'
import { useCall } from '../../app/api.ts'
import { useListKeys } from '../../app/useListKeys.ts'
import { useOpen } from '../../app/useOpen.ts'
import { errorText } from '../../app/errorText.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { CaseTabPanel } from '../../components/CaseTabPanel.tsx'
import { CaseTabs } from '../../components/CaseTabs.tsx'
import { DetailsGrid } from './DetailsGrid.tsx'

/** Who the person is: every fact can be edited where it stands. */
export function DetailsPage() {
  const { caseId } = useParams({ from: '/case/$caseId/details' })
  const { row, field } = useSearch({ from: '/case/$caseId/details' })
  const { value, error, again } = useCall('cases.details', { caseId })
  const { value: header } = useCall('cases.header', { caseId })
  const { openCase, openDocuments, record } = useOpen()
  const onKeyDown = useListKeys({
    'case.details': () => openCase(caseId),
    'case.documents': () => openDocuments(caseId),
    'case.record': () => record(caseId),
  })
  return (
    <Page
      title={header ? `Details, ${header.person.name}` : 'Details'}
      head={<CaseTabs caseId={caseId} chosen="details" />}
      onKeyDown={onKeyDown}
    >
      <CaseTabPanel tab="details">
        <Panel title="Details" note={value && (value.mayEdit ? 'F2 edits the chosen field' : 'You may read these')}>
          {error && <ErrorPanel text={errorText(error)} onAgain={again} />}
          {!value && !error && <Waiting lines={8} />}
          {value && (
            <DetailsGrid caseId={caseId} groups={value.groups} mayEdit={value.mayEdit} first={{ row, field }} />
          )}
          {value && value.assigned.length > 0 && (
            <EmptyState>Works on this case: {value.assigned.join(', ')}.</EmptyState>
          )}
        </Panel>
      </CaseTabPanel>
    </Page>
  )
}
