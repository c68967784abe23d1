import { useEffect, useEffectEvent, useState } from 'react'
import type { ContactDraft } from '../../../shared/features/forms/formsContract.ts'
import { createDraftKeeper, type DraftKeeper, type DraftPlace } from './draftKeeper.ts'

const KEEP_MS = 2_000

/** Keeps a draft every 2 seconds when something changed, when the window is left, and when the screen is. */
export function useDraft(place: DraftPlace, bodyNow: () => ContactDraft, keptAt: number | null): DraftKeeper {
  const [keeper] = useState(() => createDraftKeeper(place, keptAt))
  const body = useEffectEvent(bodyNow)
  useEffect(() => {
    const keep = () => void keeper.keep(() => body())
    const timer = setInterval(keep, KEEP_MS)
    window.addEventListener('blur', keep)
    window.addEventListener('pagehide', keep)
    return () => {
      clearInterval(timer)
      window.removeEventListener('blur', keep)
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [keeper])
  return keeper
}
