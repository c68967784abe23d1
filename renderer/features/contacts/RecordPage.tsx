import { useParams, useSearch } from '@tanstack/react-router'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { useOpen } from '../../app/useOpen.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { RecordForm } from './RecordForm.tsx'

/** One meeting, whole, in one step. */
export function RecordPage() {
  const { caseId } = useParams({ from: '/case/$caseId/record' })
  const { appointment = null, mends = null, missed = false } = useSearch({ from: '/case/$caseId/record' })
  const opened = useCall('forms.openContact', { caseId, appointmentId: appointment, mends })
  const reference = useCall('session.reference', {})
  const { value: header } = useCall('cases.header', { caseId })
  const title = header ? `Record, ${header.person.name}` : 'Record'
  const error = opened.error ?? reference.error

  if (opened.value && reference.value && opened.value.recordedContactId === null) {
    return (
      <RecordForm
        key={opened.value.ids.formId}
        title={title}
        name={header?.person.name ?? 'this person'}
        caseId={caseId}
        opened={opened.value}
        reference={reference.value}
        opensAtMissed={missed}
      />
    )
  }
  return (
    <Page title={title}>
      <Panel title="Record a contact">
        {error && <ErrorPanel text={errorText(error)} onAgain={opened.error ? opened.again : reference.again} />}
        {!error && opened.value?.recordedContactId == null && <Waiting lines={6} />}
        {opened.value && opened.value.recordedContactId !== null && <RecordedAlready caseId={caseId} />}
      </Panel>
    </Page>
  )
}

function RecordedAlready({ caseId }: { readonly caseId: string }) {
  const { openCase } = useOpen()
  return (
    <>
      <EmptyState>
        The outcome of this appointment is recorded already. It stands in the timeline of the case.
      </EmptyState>
      <Button look="quiet" onClick={() => openCase(caseId)}>
        Open the case
      </Button>
    </>
  )
}
