import type { AppointmentView } from '../../../shared/features/appointments/appointmentViews.ts'
import { useCall } from '../../app/api.ts'
import { useToday } from '../../app/clock.ts'
import { errorText } from '../../app/errorText.ts'
import { slotText } from '../../app/slotText.ts'
import { kindText } from '../../app/words.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { MoveForm } from './MoveForm.tsx'

interface MoveDialogProps {
  readonly appointment: AppointmentView
  readonly name: string
  readonly onClose: () => void
}

/** Moves or cancels one appointment: who asked, why, and the new time. */
export function MoveDialog({ appointment, name, onClose }: MoveDialogProps) {
  const today = useToday()
  const opened = useCall('forms.openContact', {
    caseId: appointment.caseId,
    appointmentId: appointment.id,
    mends: null,
  })
  const ids = useCall('forms.ids', {})
  const error = opened.error ?? ids.error
  const when = slotText({ on: appointment.startsOn, time: appointment.startsTime }, today)
  return (
    <DialogFrame title={`Move or cancel: ${name}`} onClose={onClose} isForm>
      <p>
        {kindText(appointment)}, <b>{when}</b>
      </p>
      {error && <ErrorPanel text={errorText(error)} />}
      {!error && !(opened.value && ids.value) && <Waiting />}
      {opened.value && ids.value && (
        <MoveForm appointment={appointment} name={name} opened={opened.value} ids={ids.value} onClose={onClose} />
      )}
    </DialogFrame>
  )
}
