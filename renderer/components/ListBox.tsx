import {
  Fragment,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react'
import { isFocusElsewhereOnScreen, takeFocus } from '../app/areas.ts'
import classes from './ListBox.module.css'
import { isPlainPress, moveInList } from './moveInList.ts'
import { useFocusRescue } from './useFocusRescue.ts'

interface ListBoxProps<Item> {
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  /** The row; its words are also its name for readers, in their order. */
  readonly renderRow: (item: Item, isChosen: boolean) => ReactNode
  /** Something between two rows that is not a row, as the line for now. */
  readonly renderBefore?: (item: Item) => ReactNode
  readonly renderAfterAll?: ReactNode
  readonly chosen: string | null
  readonly onChoose: (key: string) => void
  /** What Enter and a double click on a row do. */
  readonly onOpen?: () => void
  /** What a right click on a row does: the same as Shift+F10. */
  readonly onMenu?: () => void
  readonly rows?: 'low' | 'normal' | 'high'
  /** Whether the chosen row is shown only while the list has focus. */
  readonly isQuiet?: boolean
  /** Whether focus comes here first in its area. */
  readonly isEntry?: boolean
  /** A change of this number moves focus here. */
  readonly focusCount?: number
}

/**
 * A list with one chosen row. The list itself keeps focus and names the row, so that rows may change in the background
 * without focus getting lost.
 */
export function ListBox<Item>(props: ListBoxProps<Item>) {
  const { label, items, keyOf, chosen, onChoose, focusCount = 0 } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  useFocusRescue(list)
  const rowId = (key: string) => `${id}-${key}`

  function showChosenRow() {
    if (chosen !== null) document.getElementById(rowId(chosen))?.scrollIntoView({ block: 'nearest' })
  }
  const showChosen = useEffectEvent(showChosenRow)
  // The DOM: the chosen row comes into sight when the officer moves to it.
  useEffect(() => {
    if (document.activeElement === list.current) showChosen()
  }, [chosen])
  // The DOM: focus. A list that comes late takes it from nobody who works elsewhere on the screen meanwhile.
  const isHere = useRef(false)
  useEffect(() => {
    if (focusCount > 0 && (isHere.current || !isFocusElsewhereOnScreen(list.current))) takeFocus(list.current)
    isHere.current = true
  }, [focusCount])

  /** Tab may come to a list whose chosen row is out of sight. A press of the mouse must move nothing under itself. */
  function onFocus() {
    if (list.current?.matches(':focus-visible')) showChosenRow()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!isPlainPress(event)) return
    if (event.key === 'Enter' && props.onOpen) {
      event.preventDefault()
      if (!event.repeat) props.onOpen()
      return
    }
    const place = items.findIndex(item => keyOf(item) === chosen)
    const next = moveInList(event.key, place, items.length)
    const item = next === undefined ? undefined : items[next]
    if (item === undefined) return
    event.preventDefault()
    onChoose(keyOf(item))
  }

  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={chosen === null ? undefined : rowId(chosen)}
      className={classes.list}
      data-rows={props.rows}
      data-quiet={props.isQuiet || undefined}
      data-area-entry={props.isEntry || undefined}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      {items.map(item => {
        const key = keyOf(item)
        return (
          <Fragment key={key}>
            {props.renderBefore?.(item)}
            <div
              role="option"
              id={rowId(key)}
              aria-selected={key === chosen}
              className={classes.row}
              onClick={() => onChoose(key)}
              onDoubleClick={props.onOpen}
              onContextMenu={event => openMenu(event, key, props)}
            >
              {props.renderRow(item, key === chosen)}
            </div>
          </Fragment>
        )
      })}
      {props.renderAfterAll}
    </div>
  )
}

function openMenu<Item>(event: MouseEvent, key: string, { onChoose, onMenu }: ListBoxProps<Item>) {
  if (!onMenu) return
  event.preventDefault()
  onChoose(key)
  onMenu()
}
