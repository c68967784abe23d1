const PAGE_ROWS = 10

/** Where a key moves to in a list of `length` rows; undefined for a key that does not move in lists. */
export function moveInList(key: string, place: number, length: number): number | undefined {
  const last = length - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(place + 1, last)
    case 'ArrowUp':
      return Math.max(place - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return last
    case 'PageDown':
      return Math.min(place + PAGE_ROWS, last)
    case 'PageUp':
      return Math.max(place - PAGE_ROWS, 0)
    default:
      return undefined
  }
}

/** Whether the press has no modifier, so that it can move in a list. */
export const isPlainPress = (event: {
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
}): boolean => !(event.ctrlKey || event.altKey || event.shiftKey || event.metaKey)
