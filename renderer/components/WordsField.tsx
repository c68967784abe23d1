import { useEffect, useRef, type KeyboardEvent } from 'react'
import { ariaKeysOf } from '../app/keys.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import { KeyCap } from './KeyCap.tsx'
import classes from './WordsField.module.css'

const REST_MS = 100

interface WordsFieldProps {
  readonly label: string
  readonly placeholder?: string
  readonly keys: ShortcutId
  /** The words, each time typing rests for a moment. */
  readonly onWords: (words: string) => void
  /** Down or Enter leads from the field to its list. */
  readonly onDown: () => void
  /** A change of this number moves focus here. */
  readonly focusCount: number
  readonly isWide?: boolean
}

/**
 * Filters a list by words. The text lives in the field alone, so that a key press shows at once; the list follows when
 * typing rests.
 */
export function WordsField({ label, placeholder, keys, onWords, onDown, focusCount, isWide }: WordsFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  // The DOM: focus.
  useEffect(() => {
    if (focusCount > 0) field.current?.select()
  }, [focusCount])
  useEffect(() => () => clearTimeout(rest.current), [])

  function settle(afterMs: number) {
    clearTimeout(rest.current)
    rest.current = setTimeout(() => onWords(field.current?.value ?? ''), afterMs)
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const { key, currentTarget } = event
    if (key === 'Escape' && currentTarget.value !== '') {
      event.preventDefault()
      currentTarget.value = ''
      settle(0)
    } else if (key === 'ArrowDown' || key === 'Enter') {
      event.preventDefault()
      settle(0)
      onDown()
    }
  }

  return (
    <div className={classes.field} data-wide={isWide || undefined}>
      <input
        ref={field}
        type="text"
        className={classes.input}
        aria-label={label}
        aria-keyshortcuts={ariaKeysOf(keys)}
        placeholder={placeholder ?? label}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onInput={() => settle(REST_MS)}
        onKeyDown={onKeyDown}
      />
      <KeyCap id={keys} />
    </div>
  )
}
