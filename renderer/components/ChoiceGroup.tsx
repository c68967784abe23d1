import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { takeFocus } from '../app/areas.ts'
import { ariaKeysOf } from '../app/keys.ts'
import type { ShortcutId } from '../app/shortcuts.ts'
import classes from './ChoiceGroup.module.css'
import { KeyCap } from './KeyCap.tsx'

export interface Choice<Value extends string> {
  readonly value: Value
  readonly text: string
  readonly keys?: ShortcutId
  /** A second line, or a word behind the text. */
  readonly hint?: string
  /** A word at the right that asks for attention, as "Clash". */
  readonly warning?: string
}

interface ChoiceGroupProps<Value extends string> {
  readonly label: string
  readonly choices: readonly Choice<Value>[]
  readonly chosen: Value | null
  readonly onChoose: (value: Value) => void
  readonly look?: 'row' | 'column' | 'cards'
  /** Whether the label stands over the answers, too. */
  readonly isLabelShown?: boolean
  /** Why the answer was refused. */
  readonly error?: ReactNode
  /** A change of this number moves focus here. */
  readonly focusCount?: number
  readonly isEntry?: boolean
}

/** One question with its answers side by side. Arrows move, Space and Enter choose; the letters are its screen's. */
export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const { label, choices, chosen, onChoose, look = 'row', isLabelShown, error, focusCount = 0, isEntry } = props
  const group = useRef<HTMLDivElement>(null)
  const errorId = useId()
  const entry = choices.some(choice => choice.value === chosen) ? chosen : choices[0]?.value
  // The DOM: focus.
  useEffect(() => {
    if (focusCount > 0) takeFocus(group.current?.querySelector<HTMLElement>('[tabindex="0"]'))
  }, [focusCount])

  return (
    <div>
      {isLabelShown && (
        <p aria-hidden className={classes.label}>
          {label}
        </p>
      )}
      <div
        ref={group}
        role="radiogroup"
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        className={classes.group}
        data-look={look}
        onKeyDown={moveFocus}
      >
        {choices.map(choice => (
          <button
            key={choice.value}
            type="button"
            role="radio"
            aria-checked={choice.value === chosen}
            aria-keyshortcuts={choice.keys && ariaKeysOf(choice.keys)}
            tabIndex={choice.value === entry ? 0 : -1}
            data-area-entry={(isEntry && choice.value === entry) || undefined}
            className={classes.option}
            onClick={() => onChoose(choice.value)}
          >
            <Option choice={choice} isChosen={choice.value === chosen} look={look} />
          </button>
        ))}
      </div>
      {error && (
        <p id={errorId} className={classes.error}>
          {error}
        </p>
      )}
    </div>
  )
}

interface OptionProps {
  readonly choice: Choice<string>
  readonly isChosen: boolean
  readonly look: 'row' | 'column' | 'cards'
}

function Option({ choice, isChosen, look }: OptionProps) {
  const { text, keys, hint, warning } = choice
  return (
    <>
      {keys ? <KeyCap id={keys} look="waits" /> : look === 'column' && <span className={classes.blank} />}
      <span>{text}</span>
      {look === 'column' && isChosen && (
        <span className={classes.word} aria-hidden>
          <span className={classes.tick}>✓</span> Chosen
        </span>
      )}
      {warning && !(look === 'column' && isChosen) && (
        <span className={classes.word} data-tone="amber">
          {warning}
        </span>
      )}
      {hint && <span className={classes.hint}>{hint}</span>}
    </>
  )
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Arrows move focus and choose nothing: choosing leads on to the next question. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  const step = STEPS[event.key]
  if (step === undefined || event.altKey || event.ctrlKey) return
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')]
  const here = radios.findIndex(radio => radio === document.activeElement)
  event.preventDefault()
  event.stopPropagation()
  radios[(here + step + radios.length) % radios.length]?.focus()
}
