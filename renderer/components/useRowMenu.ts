import { useState } from 'react'
import { focusAndShow } from '../app/areas.ts'

export interface RowMenuState {
  readonly isOpen: boolean
  /** Where it opens, in CSS pixels of the window: at the chosen row, or under the button that opens it. */
  readonly at: { readonly x: number; readonly y: number }
  readonly open: () => void
  /** Closes it and gives focus back to what had it. */
  readonly close: () => void
}

interface Opened {
  readonly opener: HTMLElement
  readonly at: RowMenuState['at']
}

/** Whether the menu of the chosen row is open, where, and what had focus before. */
export function useRowMenu(): RowMenuState {
  const [opened, setOpened] = useState<Opened | null>(null)
  return {
    isOpen: opened !== null,
    at: opened?.at ?? { x: 0, y: 0 },
    open() {
      const opener = document.activeElement instanceof HTMLElement ? document.activeElement : document.body
      setOpened({ opener, at: placeFor(opener) })
    },
    close() {
      if (opened) focusAndShow(opened.opener)
      setOpened(null)
    },
  }
}

// Past the column of dates or times, so that the row can still be recognised.
const INDENT = 84

function placeFor(opener: HTMLElement): RowMenuState['at'] {
  const row = document.getElementById(opener.getAttribute('aria-activedescendant') ?? '')
  const { left, bottom } = (row ?? opener).getBoundingClientRect()
  return { x: row ? left + INDENT : left, y: Math.min(bottom, window.innerHeight) }
}
