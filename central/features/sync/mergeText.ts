import { merge } from 'node-diff3'

const sentences = new Intl.Segmenter('en-GB', { granularity: 'sentence' })

/** Sentences, and apart from them the room between them. */
const cut = (text: string): string[] =>
  [...sentences.segment(text)].flatMap(({ segment }) => {
    const words = segment.trimEnd()
    return [words, segment.slice(words.length)].filter(part => part !== '')
  })

/**
 * A text that two people changed, with the changes of both, sentence by sentence.
 *
 * @param base what both began with.
 * @returns undefined where both changed, added or took away at one place: then a person decides.
 */
export function mergeText(mine: string, base: string, theirs: string): string | undefined {
  // The package's own types say nothing of the parts, which are those that it is given.
  const { conflict, result } = merge(cut(mine), cut(base), cut(theirs), { excludeFalseConflicts: true }) as {
    readonly conflict: boolean
    readonly result: readonly string[]
  }
  return conflict ? undefined : result.join('')
}
