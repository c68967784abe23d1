export type ContenderName = 'holdfast' | 'limit' | 'minisearch' | 'flexsearch'

/** Texts to search for, one after the other. */
export interface Question {
  readonly texts: readonly string[]
}

export interface Answer {
  readonly milliseconds: readonly number[]
  /** Notes found in all, of at most 20 a text. */
  readonly found: number
  /** From an empty process with its code loaded to the first result. */
  readonly startMs: number
  /** What it takes more than that process. */
  readonly rssBytes: number
}
