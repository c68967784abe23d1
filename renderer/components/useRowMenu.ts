import { useState } from 'react'

export interface RowMenuState {
  readonly isOpen: boolean
  readonly open: () => void
  /** Closes it and gives focus back to what had it. */
  readonly close: () => void
}

/** Whether the menu of the chosen row is open, and where focus was. */
export function useRowMenu(): RowMenuState {
  const [opener, setOpener] = useState<HTMLElement | null>(null)
  return {
    isOpen: opener !== null,
    open: () => setOpener(document.activeElement instanceof HTMLElement ? document.activeElement : document.body),
    close() {
      opener?.focus()
      setOpener(null)
    },
  }
}
