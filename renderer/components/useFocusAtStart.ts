import { useEffect, useRef, type RefObject } from 'react'

/** Gives focus to a field when it comes on screen. For forms that appear after their dialog has opened. */
export function useFocusAtStart<Field extends HTMLElement>(): RefObject<Field | null> {
  const field = useRef<Field>(null)
  useEffect(() => field.current?.focus(), [])
  return field
}
