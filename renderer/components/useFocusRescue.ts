import { useEffect, type RefObject } from 'react'
import { focusFallback, wasLastInFocus } from '../app/areas.ts'

/**
 * Takes focus on when the element that has it goes, as a list that became empty. Without this a reader would be thrown to
 * the beginning of the window.
 */
export function useFocusRescue(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const held = element.current
    const screen = held?.closest('main') ?? null
    return () => {
      if (held && wasLastInFocus(held)) queueMicrotask(() => focusFallback(screen))
    }
  }, [element])
}
