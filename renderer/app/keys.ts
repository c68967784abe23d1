import { shortcuts, type ShortcutId } from './shortcuts.ts'

/** What of a key press decides. */
export interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

// These are typed with Shift on some keyboards and without it on others.
const SYMBOLS = new Set(['?', '/', '>', '#'])

/**
 * Whether this press is that shortcut. Letters and symbols go by the character that is produced, digits by the physical
 * key and never by the number pad, since Alt with the number pad writes characters in Windows.
 */
export function isPressOf(press: Press, id: ShortcutId): boolean {
  const parts = shortcuts[id].keys.split('+')
  const key = parts.at(-1) ?? ''
  return (
    press.ctrlKey === parts.includes('Ctrl') &&
    press.altKey === parts.includes('Alt') &&
    !press.metaKey &&
    (SYMBOLS.has(key) || press.shiftKey === parts.includes('Shift')) &&
    isSameKey(press, key)
  )
}

function isSameKey({ key, code }: Press, wanted: string): boolean {
  if (wanted === 'Space') return key === ' '
  if (/^\d$/.test(wanted)) return code === `Digit${wanted}`
  return wanted.length === 1 ? key.toUpperCase() === wanted : key === wanted
}

/** Whether the shortcut is one printable character, which acts only in lists and choice groups and can be switched off. */
export const isSingleKey = (id: ShortcutId): boolean => shortcuts[id].keys.length === 1

const CAPS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

/** The keys as the caps on screen show them: `Ctrl Enter`, `Alt ←`. */
export const capOf = (id: ShortcutId): string =>
  shortcuts[id].keys
    .split('+')
    .map(part => CAPS[part] ?? part)
    .join(' ')

/** The keys for `aria-keyshortcuts`: `Control+Enter`. */
export const ariaKeysOf = (id: ShortcutId): string => shortcuts[id].keys.replace('Ctrl', 'Control')

/** Whether what has focus takes typed characters as text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}
