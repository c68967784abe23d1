import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeText } from './mergeText.ts'

const BASE = 'Use large print. Ring before letters. Speak slowly.'

describe('a text that two people changed', () => {
  it.each([
    [
      'at two places',
      'Use larger print. Ring before letters. Speak slowly.',
      'Use large print. Ring before letters. Speak slowly and clearly.',
      'Use larger print. Ring before letters. Speak slowly and clearly.',
    ],
    [
      'one at its end',
      'Use larger print. Ring before letters. Speak slowly.',
      `${BASE} He lip-reads.`,
      'Use larger print. Ring before letters. Speak slowly. He lip-reads.',
    ],
    [
      'in the same way',
      'Use larger print. Ring before letters. Speak slowly.',
      'Use larger print. Ring before letters. Speak slowly.',
      'Use larger print. Ring before letters. Speak slowly.',
    ],
    ['one of them not at all', BASE, 'Speak slowly.', 'Speak slowly.'],
    ['in different lines', 'One.\nTwo.\nThree, mine.', 'One, theirs.\nTwo.\nThree.', undefined],
  ])('%s', (_, mine, theirs, merged) => {
    expect(mergeText(mine, BASE, theirs)).toBe(merged)
  })

  it('in lines without full stops has both', () => {
    expect(mergeText('one\ntwo\nthree, mine', 'one\ntwo\nthree', 'one, theirs\ntwo\nthree')).toBe(
      'one, theirs\ntwo\nthree, mine',
    )
  })

  it.each([
    [
      'the same sentence',
      'Use larger print. Ring before letters. Speak slowly.',
      'Use the largest print. Ring before letters. Speak slowly.',
    ],
    ['the end', `${BASE} He lip-reads.`, `${BASE} She signs.`],
    [
      'what the other took away',
      'Use large print. Speak slowly.',
      'Use large print. Ring at 9 before letters. Speak slowly.',
    ],
  ])('both at %s waits for a person', (_, mine, theirs) => {
    expect(mergeText(mine, BASE, theirs)).toBeUndefined()
  })

  it('has every sentence that either added and none that either took away, whoever comes first', () => {
    const sentence = fc.constantFrom('Aa.', 'Bb.', 'Cc.', 'Dd.', 'Ee.', 'Ff.', 'Gg.')
    const text = fc.uniqueArray(sentence, { maxLength: 6 })
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const [b, m, t] = [base, mine, theirs].map(parts => parts.join(' ')) as [string, string, string]

        const merged = mergeText(m, b, t)

        expect(mergeText(t, b, m)).toBe(merged)
        expect(mergeText(m, b, b)).toBe(m)
        expect(mergeText(b, b, t)).toBe(t)
        if (merged === undefined) return
        const found = (one: string) => merged.includes(one)
        expect(mine.filter(one => !base.includes(one)).every(found)).toBe(true)
        expect(theirs.filter(one => !base.includes(one)).every(found)).toBe(true)
        const taken = base.filter(one => !mine.includes(one) && !theirs.includes(one))
        expect(taken.some(found)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})
