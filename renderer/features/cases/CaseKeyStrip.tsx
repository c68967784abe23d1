import { openDialog } from '../../app/dialogs.ts'
import { KeyStrip } from '../../components/KeyStrip.tsx'
import type { CaseActions } from './caseActions.ts'

interface CaseKeyStripProps {
  readonly act: CaseActions
  readonly onWords: () => void
  readonly onDetails: () => void
}

/** The keys of a case. */
export function CaseKeyStrip({ act, onWords, onDetails }: CaseKeyStripProps) {
  return (
    <KeyStrip
      keys={[
        { id: 'case.openRow', label: 'open or fold', run: act.openRow },
        { id: 'case.record', label: 'record a contact', run: act.record },
        { id: 'case.newAppointment', label: 'new appointment', run: act.book },
        { id: 'case.move', label: 'move or cancel', run: act.move },
        { id: 'case.amend', label: 'amend', run: act.amend },
        { id: 'app.flags', label: 'flag notes', run: () => openDialog({ kind: 'flags', caseId: act.caseId }) },
        { id: 'case.words', label: 'search this case', run: onWords },
        { id: 'case.details', label: 'details', run: onDetails },
      ]}
    />
  )
}
