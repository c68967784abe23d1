import { createContext, useEffect, useId } from 'react'
import { isPressOf, takesText } from './keys.ts'
import type { ShortcutId } from './shortcuts.ts'

/** The screen lies at the bottom; each open dialog or menu lies on top of what opened it. */
const PAGE = 'page'
export const LayerContext = createContext(PAGE)

interface Listening {
  readonly id: ShortcutId
  readonly layer: string
  readonly run: () => void
}

let layers: readonly string[] = [PAGE]
let listening: readonly Listening[] = []
// The layer on top when the key went down: what closes it must not let the same press through to the one below.
let layerOfPress = PAGE

/** Lies on top of everything else while it is open, and keeps chords from what lies under it. */
export function useLayer(isOpen: boolean): string {
  const layer = useId()
  useEffect(() => {
    if (!isOpen) return
    layers = [...layers, layer]
    return () => {
      layers = layers.filter(one => one !== layer)
    }
  }, [isOpen, layer])
  return layer
}

/** Calls `run` for this shortcut while its layer is on top. Returns how to stop. */
export function listen(one: Listening): () => void {
  listening = [one, ...listening]
  return () => {
    listening = listening.filter(other => other !== one)
  }
}

// What is text to a field stays with the field.
const ONLY_OUTSIDE_TEXT = new Set<ShortcutId>(['app.undo', 'app.helpKey'])
// Help can be asked for from inside a dialog.
const THROUGH_DIALOGS = new Set<ShortcutId>(['app.help'])

/** The listener for a press, if any: of the layer on top, the latest first. */
export function findListener(press: KeyboardEvent, layer: string): Listening | undefined {
  const isText = takesText(press.target)
  return listening.find(
    one =>
      isPressOf(press, one.id) &&
      (one.layer === layer || THROUGH_DIALOGS.has(one.id)) &&
      !(isText && ONLY_OUTSIDE_TEXT.has(one.id)),
  )
}

/** Keys of the lists on a layer: known here so that Find can offer what they do, but heard by the lists alone. */
export const listsOf = (layer: string): string => `${layer} lists`

/** What can be done on the screen under the dialogs now, by shortcut. The first listener of each is the latest. */
export const runnable = (): ReadonlyMap<ShortcutId, () => void> =>
  new Map(
    listening
      .filter(one => one.layer === PAGE || one.layer === listsOf(PAGE))
      .map(one => [one.id, one.run] as const)
      .reverse(),
  )

/** Listens for chords on the whole window. Called once. */
export function startKeys(): void {
  window.addEventListener('keydown', () => (layerOfPress = layers.at(-1) ?? PAGE), { capture: true })
  document.addEventListener('keydown', press => {
    if (press.defaultPrevented || press.isComposing) return
    const found = findListener(press, layerOfPress)
    if (!found) return
    press.preventDefault()
    if (!press.repeat) found.run()
  })
}
