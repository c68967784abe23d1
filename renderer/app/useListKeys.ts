import { use, useContext, useEffect, useEffectEvent, type KeyboardEvent } from 'react'
import { SettingsContext } from './session.ts'
import { LayerContext, listen, listsOf } from './keyLayers.ts'
import { isPressOf, isSingleKey, takesText } from './keys.ts'
import type { ShortcutId } from './shortcuts.ts'

export type ListActions = Readonly<Partial<Record<ShortcutId, () => void>>>

const KEY_ZONES = '[role="listbox"],[role="grid"],[role="radiogroup"],[role="tablist"],[role="feed"]'

/**
 * Keys that act only while focus is in a list, grid or choice group inside the element that gets the handler. Never in a
 * text field, never on the page body; single characters not at all when the officer has switched them off.
 */
export function useListKeys(actions: ListActions): (event: KeyboardEvent) => void {
  const { singleKeys } = use(SettingsContext)
  const layer = useContext(LayerContext)
  const ids = (Object.keys(actions) as ShortcutId[]).filter(id => actions[id]) // the keys of ListActions
  const idList = ids.join(' ')
  const run = useEffectEvent((id: ShortcutId) => actions[id]?.())
  useEffect(() => {
    const stops = (idList.split(' ') as ShortcutId[]).map(id =>
      listen({ id, layer: listsOf(layer), run: () => run(id) }),
    ) // joined above
    return () => stops.forEach(stop => stop())
  }, [idList, layer])

  return event => {
    if (event.defaultPrevented || event.repeat || !isInZone(event)) return
    const id = ids.find(one => isPressOf(event.nativeEvent, one) && (singleKeys || !isSingleKey(one)))
    if (!id || isButtonsOwn(event)) return
    event.preventDefault()
    event.stopPropagation()
    actions[id]?.()
  }
}

const isInZone = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && !takesText(target) && target.closest(KEY_ZONES) !== null

/** Enter and Space press a button that has focus, whatever they mean to the list around it. */
const isButtonsOwn = ({ target, key }: KeyboardEvent): boolean =>
  (key === 'Enter' || key === ' ') && target instanceof HTMLElement && target.matches('button, a')
