import { useState } from 'react'

interface Picked {
  readonly about: string
  readonly key: string
  /** Where the row was when it was picked, from 0. */
  readonly place: number
}

interface ChosenOptions {
  /** The row to begin with; the first when it is not there. */
  readonly preferred?: string | null
  /** What the list is of. Another list begins anew with its preferred row. */
  readonly about?: string
  /** Whether the rows are still those of the list before, while those of this one are on their way. */
  readonly isPrevious?: boolean
}

/**
 * Which row of a list is chosen. Rows that come, go or move in the background never move it: it stays on its row, and when
 * that row goes, on the place where it was.
 *
 * @param keys of the rows, in order.
 */
export function useChosen(
  keys: readonly string[],
  { preferred = null, about: wanted = '', isPrevious = false }: ChosenOptions = {},
): readonly [chosen: string | null, choose: (key: string) => void] {
  const [picked, setPicked] = useState<Picked | null>(null)
  const [shown, setShown] = useState(wanted)
  const about = isPrevious ? shown : wanted
  if (shown !== about) setShown(about)
  const choose = (key: string) => setPicked({ about, key, place: keys.indexOf(key) })

  const current = picked?.about === about ? picked : null
  const chosen = chosenOf(keys, current, preferred)
  if (current === null && chosen !== null) choose(chosen)
  return [chosen, choose]
}

/** The rule of `useChosen`, by itself. */
export function chosenOf(
  keys: readonly string[],
  picked: Pick<Picked, 'key' | 'place'> | null,
  preferred: string | null,
): string | null {
  if (picked && keys.includes(picked.key)) return picked.key
  if (picked) return keys[Math.min(Math.max(picked.place, 0), keys.length - 1)] ?? null
  return preferred !== null && keys.includes(preferred) ? preferred : (keys[0] ?? null)
}
