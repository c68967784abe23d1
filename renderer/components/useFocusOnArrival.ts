import { useEffect } from 'react'
import { focusFallback } from '../app/areas.ts'

/** For a screen that has nothing to wait for: keys must lead somewhere from the moment it is there. */
export function useFocusOnArrival(): void {
  useEffect(() => focusFallback(document.querySelector('main')), [])
}
