import { createStore } from './store.ts'

/** What the two live regions say. The number makes the same words twice two announcements. */
export interface Spoken {
  readonly text: string
  readonly count: number
}

export const polite = createStore<Spoken>({ text: '', count: 0 })
export const assertive = createStore<Spoken>({ text: '', count: 0 })

/** Says it when the reader has finished what it is saying: states, counts, "Saved on this PC". */
export const announce = (text: string): void => polite.set({ text, count: polite.get().count + 1 })

/** Says it at once: refusals, and the risk to staff once on opening a case. */
export const alert = (text: string): void => assertive.set({ text, count: assertive.get().count + 1 })
