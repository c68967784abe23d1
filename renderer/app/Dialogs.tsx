import { BookDialog } from '../features/appointments/BookDialog.tsx'
import { MoveDialog } from '../features/appointments/MoveDialog.tsx'
import { FlagsDialog } from '../features/cases/FlagsDialog.tsx'
import { SettleDialog } from '../features/conflicts/SettleDialog.tsx'
import { FindDialog } from '../features/find/FindDialog.tsx'
import { HelpDialog } from '../features/help/HelpDialog.tsx'
import { closeDialog, dialogs, type Dialog } from './dialogs.ts'
import { useStore } from './store.ts'

/** Whatever dialog the screens asked for, one over the other. */
export function Dialogs() {
  return useStore(dialogs).map(dialog => <OpenDialog key={dialog.kind} dialog={dialog} />)
}

function OpenDialog({ dialog }: { readonly dialog: Dialog }) {
  switch (dialog.kind) {
    case 'find':
      return <FindDialog purpose={dialog.purpose} within={dialog.within} onClose={closeDialog} />
    case 'help':
      return <HelpDialog onClose={closeDialog} />
    case 'flags':
      return <FlagsDialog caseId={dialog.caseId} onClose={closeDialog} />
    case 'move':
      return <MoveDialog appointment={dialog.appointment} name={dialog.name} onClose={closeDialog} />
    case 'settle':
      return <SettleDialog caseId={dialog.caseId} conflictId={dialog.conflictId} onClose={closeDialog} />
    case 'book':
      return <BookDialog caseId={dialog.caseId} name={dialog.name} onClose={closeDialog} />
  }
}
