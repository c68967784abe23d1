import { useState } from 'react'
import type { Fold } from './LastNotes.tsx'

/** Which of the last notes is chosen and which are open. */
export function useLastNotes(count: number, takesFocus: boolean) {
  const [chosen, choose] = useState(0)
  const [folds, setFolds] = useState<readonly Fold[]>(['auto', 'auto', 'auto'])
  const [focusCount, setFocusCount] = useState(takesFocus ? 1 : 0)
  function toggle(place: number) {
    setFolds(before => before.map((fold, at) => (at === place ? otherFold(fold) : fold)))
  }
  return {
    chosen,
    choose,
    folds,
    focusCount,
    toggle,
    /** Opens or folds a note and goes to it. */
    go(place: number) {
      if (place >= count) return
      toggle(place)
      choose(place)
      setFocusCount(times => times + 1)
    },
  }
}

/** Where the window is low, a note that nobody touched is cut to two lines; elsewhere it is open. */
function otherFold(fold: Fold): Fold {
  const isOpen = fold === 'open' || (fold === 'auto' && !window.matchMedia('(max-height: 699px)').matches)
  return isOpen ? 'folded' : 'open'
}
