/** What somebody types: the last word may be half of one. */
export interface TypedText {
  readonly typed: string
  readonly words: readonly string[]
}

const SHORTEST_WORD = 4
const FIRST_TYPED = 3
/** A prime, so that notes from all over the store are taken. */
const STEP = 7_919

/**
 * Texts from the notes themselves, the same for the same notes: a word as it is being typed, two words, and a word with the
 * beginning of another, in turn.
 */
export function chooseTexts(notes: readonly string[], count: number): readonly TypedText[] {
  const texts: TypedText[] = []
  for (let turn = 0; texts.length < count; turn++) {
    const words = wordsOf(notes[(turn * STEP) % notes.length] ?? '')
    const first = words[turn % words.length]
    const second = words[(turn * 3 + 1) % words.length]
    if (first === undefined || second === undefined) continue
    const half = second.slice(0, FIRST_TYPED + (turn % 3))
    switch (turn % 3) {
      case 0:
        texts.push({ typed: half, words: [second] })
        break
      case 1:
        texts.push({ typed: `${first} ${second}`, words: [first, second] })
        break
      default:
        texts.push({ typed: `${first} ${half}`, words: [first, second] })
    }
  }
  return texts
}

const wordsOf = (note: string): readonly string[] =>
  note
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(word => word.length >= SHORTEST_WORD)

export const wholeWords = ({ words }: TypedText): string => words.join(' ')
