import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, byShare, diceOf, evenShare } from './random.ts'

describe('dice', () => {
  it('throw the same for the same seeds and differently for others', () => {
    const throws = (...seeds: (string | number)[]) => {
      const dice = diceOf(...seeds)
      return Array.from({ length: 8 }, () => dice.between(1, 1_000_000))
    }

    expect(throws(1, 'notes')).toEqual(throws(1, 'notes'))
    expect(throws(1, 'notes')).not.toEqual(throws(1, 'names'))
    expect(throws(1, 'notes')).not.toEqual(throws(2, 'notes'))
  })

  it('stay within what is asked, both ends included', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        (seed, from, width) => {
          const thrown = diceOf(seed).between(from, from + width)
          expect(thrown).toBeGreaterThanOrEqual(from)
          expect(thrown).toBeLessThanOrEqual(from + width)
        },
      ),
    )
    expect(new Set(Array.from({ length: 200 }, (_, seed) => diceOf(seed).between(1, 6)))).toEqual(
      new Set([1, 2, 3, 4, 5, 6]),
    )
  })

  it('show every face about as often', () => {
    const dice = diceOf('fair')
    const counts = [0, 0, 0, 0]
    for (let count = 0; count < 40_000; count++) {
      const face = dice.between(0, 3)
      counts[face] = (counts[face] ?? 0) + 1
    }

    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})

describe('choosing by share', () => {
  it.each([
    [0, 'a'],
    [0.24, 'a'],
    [0.26, 'b'],
    [0.999, 'b'],
  ])('at %f takes %s', (share, expected) => {
    expect(byShare([['a', 1] as const, ['b', 3] as const], share)).toBe(expected)
  })

  it('goes round a list in both directions', () => {
    expect([at(['a', 'b', 'c'], 4), at(['a', 'b', 'c'], -1)]).toEqual(['b', 'c'])
  })
})

describe('a trait spread evenly', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'number %i gives forty people every tenth of its range, two to seven times',
    trait => {
      const tenths = Array.from({ length: 40 }, (_, index) => Math.floor(evenShare(11, trait, index) * 10))

      const counts = Array.from({ length: 10 }, (_, tenth) => tenths.filter(one => one === tenth).length)

      expect(Math.min(...counts)).toBeGreaterThanOrEqual(2)
      expect(Math.max(...counts)).toBeLessThanOrEqual(7)
    },
  )
})
