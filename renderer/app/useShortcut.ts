import { useContext, useEffect, useEffectEvent } from 'react'
import { LayerContext, listen } from './keyLayers.ts'
import type { ShortcutId } from './shortcuts.ts'

/** Runs `action` for a chord while the calling component is on screen and no dialog lies over it. Works in text fields. */
export function useShortcut(id: ShortcutId, action: () => void, isOn = true): void {
  const layer = useContext(LayerContext)
  const run = useEffectEvent(action)
  useEffect(() => (isOn ? listen({ id, layer, run: () => run() }) : undefined), [id, layer, isOn])
}
