import type { AppointmentView } from '../../shared/features/appointments/appointmentViews.ts'
import { createStore } from './store.ts'

/** A dialog that more than one screen opens. Features ask for it here, so that none needs to import another. */
export type Dialog =
  | { readonly kind: 'find'; readonly purpose: 'open' | 'walk-in'; readonly within: string | null }
  | { readonly kind: 'help' }
  | { readonly kind: 'flags'; readonly caseId: string }
  | { readonly kind: 'move'; readonly appointment: AppointmentView; readonly name: string }
  | { readonly kind: 'settle'; readonly caseId: string; readonly conflictId: string }
  | { readonly kind: 'book'; readonly caseId: string; readonly name: string }

/** The last one is on top. */
export const dialogs = createStore<readonly Dialog[]>([])

/** Opens a dialog over whatever is open; a second press for the same kind changes nothing. */
export function openDialog(dialog: Dialog): void {
  const open = dialogs.get()
  if (!open.some(one => one.kind === dialog.kind)) dialogs.set([...open, dialog])
}

export const closeDialog = (): void => dialogs.set(dialogs.get().slice(0, -1))
