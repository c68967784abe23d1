import { fullStop } from './words.ts'
import { alert, announce } from './announce.ts'
import { call } from './api.ts'
import { errorText } from './errorText.ts'
import { createStore } from './store.ts'

/** A save of the last seconds that can still be taken back. */
export interface Undoable {
  readonly actionId: string
  /** Until when, in UTC milliseconds. */
  readonly undoUntil: number
  /** What was saved, to be read after "Saved on this PC". */
  readonly text: string
  /** What the screen does when it was taken back. */
  readonly onUndone?: () => void
}

export const lastSave = createStore<Undoable | null>(null)

/** Shows that something was saved and lets it be taken back. */
export function offerUndo(saved: Undoable): void {
  lastSave.set(saved)
  announce(`Saved on this PC. ${fullStop(saved.text)} Undo with Ctrl Z`)
}

/** Takes the last save back, as one step. */
export async function undoLastSave(): Promise<void> {
  const saved = lastSave.get()
  if (!saved) return
  lastSave.set(null)
  const undone = await call('forms.undo', { actionId: saved.actionId })
  if (!undone.ok) return alert(errorText(undone.error))
  announce(`Undone. ${fullStop(saved.text)}`)
  saved.onUndone?.()
}
