import { foldText } from '../../shared/text.ts'

export interface Piece {
  readonly text: string
  readonly isHit: boolean
}

/** Splits a text into what matches one of the words, without regard to accents and case, and what does not. */
export function markWords(text: string, words: readonly string[]): readonly Piece[] {
  const wanted = words.map(foldText).filter(word => word !== '')
  const { folded, places } = foldWithPlaces(text)
  const isHit = new Array<boolean>(text.length).fill(false)
  for (const word of wanted) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      isHit.fill(true, places[at] ?? 0, places[at + word.length] ?? text.length)
    }
  }
  return inPieces(text, isHit)
}

/** The folded text, and for each of its characters the place in the text that it came from. */
function foldWithPlaces(text: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = ''
  const places: number[] = []
  let place = 0
  for (const character of text) {
    const plain = /\s/.test(character) ? ' ' : foldText(character)
    for (let part = 0; part < plain.length; part++) places.push(place)
    folded += plain
    place += character.length
  }
  return { folded, places }
}

function inPieces(text: string, isHit: readonly boolean[]): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && isHit[at] === isHit[from]) continue
    pieces.push({ text: text.slice(from, at), isHit: isHit[from] ?? false })
    from = at
  }
  return pieces
}

/** The words that somebody typed, apart. */
export const wordsOf = (typed: string): readonly string[] => typed.split(/\s+/).filter(word => word !== '')
