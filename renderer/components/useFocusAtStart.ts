import { useLayoutEffect, useRef, type RefObject } from 'react'

/** Gives focus to an element in the very moment it comes on screen, so that no key that follows goes elsewhere. */
export function useFocusAtStart<Field extends HTMLElement>(): RefObject<Field | null> {
  const field = useRef<Field>(null)
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [])
  return field
}
