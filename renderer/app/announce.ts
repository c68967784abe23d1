import { createStore, type Store } from './store.ts'

/** One thing that a live region says. The number makes the same words twice two announcements. */
export interface Spoken {
  readonly text: string
  readonly count: number
}

/** As many as may come at the same moment: a reader speaks what is added, so none may be replaced before it was there. */
const KEPT_MAX = 6

export const polite = createStore<readonly Spoken[]>([])
export const assertive = createStore<readonly Spoken[]>([])

const add = (region: Store<readonly Spoken[]>, text: string): void => {
  const before = region.get()
  region.set([...before, { text, count: (before.at(-1)?.count ?? 0) + 1 }].slice(-KEPT_MAX))
}

/** Says it when the reader has finished what it is saying: states, counts, "Saved on this PC". */
export const announce = (text: string): void => add(polite, text)

/** Says it at once: refusals, and the risk to staff once on opening a case. */
export const alert = (text: string): void => add(assertive, text)
