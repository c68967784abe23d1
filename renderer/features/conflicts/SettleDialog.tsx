import { useCall } from '../../app/api.ts'
import { errorText } from '../../app/errorText.ts'
import { DialogFrame } from '../../components/DialogFrame.tsx'
import { ErrorPanel } from '../../components/ErrorPanel.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { titleText } from './conflictText.ts'
import { SettledView } from './SettledView.tsx'
import { SettleForm } from './SettleForm.tsx'

interface SettleDialogProps {
  readonly caseId: string
  readonly conflictId: string
  readonly onClose: () => void
}

/** The versions of one field side by side, to be settled; or how it was settled. */
export function SettleDialog({ caseId, conflictId, onClose }: SettleDialogProps) {
  const { value: conflict, error, again } = useCall('conflicts.get', { caseId, conflictId })
  const ids = useCall('forms.ids', {})
  const problem = error ?? ids.error
  const isOpen = conflict?.state === 'open' && conflict.maySettle
  return (
    <DialogFrame title={conflict ? titleText(conflict) : 'Two versions'} onClose={onClose} width={760} isForm={isOpen}>
      {problem && <ErrorPanel text={errorText(problem)} onAgain={again} />}
      {!problem && !(conflict && ids.value) && <Waiting />}
      {conflict && isOpen && ids.value && <SettleForm opened={conflict} ids={ids.value} onClose={onClose} />}
      {conflict && !isOpen && <SettledView conflict={conflict} />}
    </DialogFrame>
  )
}
