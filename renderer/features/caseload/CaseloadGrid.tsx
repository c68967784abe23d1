import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import type { CaseloadSort } from '../../../shared/features/caseload/caseloadContract.ts'
import { useMediaQuery } from '@mantine/hooks'
import { takeFocus } from '../../app/areas.ts'
import { isPlainPress, moveInList } from '../../components/moveInList.ts'
import classes from './CaseloadGrid.module.css'
import { CaseloadHead } from './CaseloadHead.tsx'
import { CaseloadRow } from './CaseloadRow.tsx'
import type { Row } from './caseloadText.ts'

const ROW_HEIGHT = 36
const NARROW_ROW_HEIGHT = 58
// The names of the columns stay at the top while the people scroll under them.
const HEAD_HEIGHT = 30

interface CaseloadGridProps {
  readonly total: number
  readonly rowAt: (place: number) => Row | undefined
  readonly today: string
  readonly sort: CaseloadSort
  readonly onSort: (sort: CaseloadSort) => void
  /** Place of the chosen row, from 0. */
  readonly chosen: number
  readonly onChoose: (place: number) => void
  readonly onOpen: () => void
  readonly onMenu: () => void
  /** The rows that are in sight, when they change. */
  readonly onSight: (from: number, to: number) => void
  /** A change of this number moves focus here. */
  readonly focusCount: number
  /** What the list is of: another one begins at its top. */
  readonly about: string
}

/** The people, of whom only those in sight are in the page, however many there are. */
export function CaseloadGrid(props: CaseloadGridProps) {
  const { total, rowAt, today, sort, onSort, chosen, onChoose, onOpen, onMenu, onSight, focusCount, about } = props
  const id = useId()
  const grid = useRef<HTMLDivElement>(null)
  const isNarrow = useMediaQuery('(max-width: 819px)', false, { getInitialValueInEffect: false })
  const rowHeight = isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => grid.current,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    estimateSize: () => rowHeight,
    overscan: 6,
    // The chosen row stays in the page, since the grid names it to readers.
    rangeExtractor: range => [...new Set([...defaultRangeExtractor(range), ...(chosen < total ? [chosen] : [])])],
    onChange: ({ range }) => range && onSight(range.startIndex, range.endIndex),
  })
  // The library: all rows are another height in a narrow window.
  useEffect(() => virtual.measure(), [rowHeight, virtual])
  useEffect(() => virtual.scrollToOffset(0), [about, virtual])
  // The DOM: focus.
  useEffect(() => {
    if (focusCount > 0) takeFocus(grid.current)
  }, [focusCount])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== grid.current || !isPlainPress(event)) return
    if (event.key === 'Enter') {
      event.preventDefault()
      if (!event.repeat) onOpen()
      return
    }
    const next = moveInList(event.key, chosen, total)
    if (next === undefined) return
    event.preventDefault()
    onChoose(next)
    virtual.scrollToIndex(next, { align: 'auto' })
  }

  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Caseload"
      aria-rowcount={total + 1}
      aria-colcount={6}
      aria-activedescendant={total > 0 ? `${id}-${chosen}` : undefined}
      tabIndex={0}
      className={classes.grid}
      data-area-entry
      onKeyDown={onKeyDown}
      onFocus={({ currentTarget, target }) => {
        if (target === currentTarget && target.matches(':focus-visible'))
          virtual.scrollToIndex(chosen, { align: 'auto' })
      }}
    >
      <CaseloadHead sort={sort} onSort={onSort} />
      <div role="rowgroup" className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => (
          <CaseloadRow
            key={index}
            id={`${id}-${index}`}
            place={index}
            top={start - HEAD_HEIGHT}
            height={size}
            row={rowAt(index)}
            today={today}
            isChosen={index === chosen}
            onChoose={onChoose}
            onOpen={onOpen}
            onMenu={onMenu}
          />
        ))}
      </div>
    </div>
  )
}
