import { describe, expect, it } from 'vitest'
import { markWords } from './markWords.ts'

const shown = (text: string, words: readonly string[]) =>
  markWords(text, words)
    .map(piece => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('')

describe('marking words', () => {
  it.each([
    ['Worried about a landlord', ['land'], 'Worried about a [land]lord'],
    ['Landlord, landlord', ['LAND'], '[Land]lord, [land]lord'],
    ['Siân O’Rourke-Bell', ["sian o'r"], '[Siân O’R]ourke-Bell'],
    ['Adelande', ['adel', 'lande'], '[Adelande]'],
    ['two  spaces', ['o s'], 'two  spaces'],
    ['nothing here', ['xyz'], 'nothing here'],
    ['nothing typed', [''], 'nothing typed'],
    ['', ['a'], ''],
  ])('%s with %o', (text, words, expected) => {
    expect(shown(text, words)).toBe(expected)
  })
})
