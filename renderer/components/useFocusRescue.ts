import { useEffect, type RefObject } from 'react'
import { focusFallback, wasLastInFocus } from '../app/areas.ts'

/**
 * Takes focus on when the element that has it goes, as a list that became empty or a button that did its work: to the list
 * beside it, else to the screen. Without this a reader would be thrown to the beginning of the window.
 *
 * @param isThere whether the element is there now, for one that comes and goes while its component stays.
 */
export function useFocusRescue(element: RefObject<HTMLElement | null>, isThere = true): void {
  useEffect(() => {
    const held = element.current
    const area = held?.closest('[data-area]') ?? null
    const screen = held?.closest('main')
    return () => {
      if (!held || !wasLastInFocus(held)) return
      queueMicrotask(() => {
        focusFallback(area)
        focusFallback(screen ?? document.querySelector('main'))
      })
    }
  }, [element, isThere])
}
