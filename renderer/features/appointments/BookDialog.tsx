import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { BookForm } from './BookForm.tsx'

interface BookDialogProps {
  readonly caseId: string
  readonly name: string
  readonly onClose: () => void
}

/** Books an appointment with one person. */
export function BookDialog({ caseId, name, onClose }: BookDialogProps) {
  const ids = useCall('forms.ids', {})
  const reference = useCall('session.reference', {})
  const error = ids.error ?? reference.error
  return (
    <DialogFrame title={`New appointment: ${name}`} onClose={onClose} isForm>
      {error && <ErrorPanel text={errorText(error)} />}
      {!error && !(ids.value && reference.value) && <Waiting />}
      {ids.value && reference.value && (
        <BookForm caseId={caseId} name={name} ids={ids.value} types={reference.value.contactTypes} onClose={onClose} />
      )}
    </DialogFrame>
  )
}
