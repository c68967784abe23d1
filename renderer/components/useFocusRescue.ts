import { useEffect, useRef, type RefObject } from 'react'
import { focusFallback } from '../app/areas.ts'

/**
 * Takes focus on when the element that has it goes: a list that became empty, a dialog's opener that is no longer there.
 * Without this a reader would be thrown to the beginning of the window.
 */
export function useFocusRescue(element: RefObject<HTMLElement | null>): void {
  const screen = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const held = element.current
    const take = () => (screen.current = held?.closest('main') ?? null)
    const leave = () => (screen.current = null)
    held?.addEventListener('focusin', take)
    held?.addEventListener('focusout', leave)
    if (held?.contains(document.activeElement)) take()
    return () => {
      held?.removeEventListener('focusin', take)
      held?.removeEventListener('focusout', leave)
      const left = screen.current
      if (left) queueMicrotask(() => focusFallback(left))
    }
  }, [element])
}
