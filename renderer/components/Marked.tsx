import { markWords } from './markWords.ts'

interface MarkedProps {
  readonly text: string
  readonly words: readonly string[]
}

/** A text in which the words that were searched for are marked. */
export function Marked({ text, words }: MarkedProps) {
  return markWords(text, words).map((piece, place) =>
    piece.isHit ? <mark key={place}>{piece.text}</mark> : piece.text,
  )
}
