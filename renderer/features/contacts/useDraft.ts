import { useEffect, useEffectEvent, useState } from 'react'
import type { ContactDraft } from '../../../shared/features/forms/formsContract.ts'
import { createDraftKeeper, type Begun, type DraftKeeper, type DraftPlace } from './draftKeeper.ts'

const KEEP_MS = 2_000

/** Keeps a draft every 2 seconds when something changed, when the window is left, and when the screen is. */
export function useDraft(place: DraftPlace, bodyNow: () => ContactDraft, from: Begun): DraftKeeper {
  const [keeper] = useState(() => createDraftKeeper(place, from))
  const body = useEffectEvent(bodyNow)
  useEffect(() => {
    const now = () => body()
    const keep = () => void keeper.keep(now)
    const timer = setInterval(() => keeper.keepInTurn(now), KEEP_MS)
    window.addEventListener('blur', keep)
    window.addEventListener('pagehide', keep)
    return () => {
      clearInterval(timer)
      window.removeEventListener('blur', keep)
      window.removeEventListener('pagehide', keep)
      keeper.keepLast(now)
    }
  }, [keeper])
  return keeper
}
