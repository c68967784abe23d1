import { Navigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { AppError } from '../../../shared/result.ts'
import { announce } from '../../app/announce.ts'
import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFocusOnArrival } from '../../components/useFocusOnArrival.ts'
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
  if (opened.value?.appointment && opened.value.recordedContactId !== null) {
    const { recordedContactId, appointment: recorded } = opened.value
    return <RecordedAlready caseId={caseId} contactId={recordedContactId} at={recorded.startsAt} />
  }
  return <NoForm title={title} error={error} onAgain={opened.error ? opened.again : reference.again} />
}

interface NoFormProps {
  readonly title: string
  readonly error: AppError | undefined
  readonly onAgain: () => void
}

/** Stands there until the form is, or says why it does not come. */
function NoForm({ title, error, onAgain }: NoFormProps) {
  useFocusOnArrival()
  return (
    <Page title={title}>
      <Panel title="Record a contact">
        {error ? <ErrorPanel text={errorText(error)} onAgain={onAgain} /> : <Waiting lines={6} />}
      </Panel>
    </Page>
  )
}

interface RecordedAlreadyProps {
  readonly caseId: string
  readonly contactId: string
  /** When the appointment began: the contact lies there in the timeline. */
  readonly at: number
}

/** Opens the contact that is there, in place of a second one. */
function RecordedAlready({ caseId, contactId, at }: RecordedAlreadyProps) {
  useEffect(() => announce('The outcome of this appointment is recorded already. Here it is'), [])
  return <Navigate to="/case/$caseId" params={{ caseId }} search={{ entry: contactId, at }} replace />
}
