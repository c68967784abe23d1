import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KNOWN_MAX, type Stretch } from '../../shared/sync/protocol.ts'
import { withVersions } from './knownVersions.ts'

const versions = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 })
const within = (stretches: readonly Stretch[]): readonly number[] =>
  stretches.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, place) => first + place))

describe('the versions that are here', () => {
  it('are those that were noted and no others, in stretches that do not touch', () => {
    fc.assert(
      fc.property(fc.array(versions, { maxLength: 5 }), batches => {
        const known = batches.reduce<readonly Stretch[]>(withVersions, [])

        expect(within(known)).toEqual([...new Set(batches.flat())].toSorted((a, b) => a - b))
        for (const [place, [first]] of known.entries()) expect(first).toBeGreaterThan((known[place - 1]?.[1] ?? -1) + 1)
      }),
    )
  })

  it('of more stretches than a request takes are the last', () => {
    const odd = Array.from({ length: KNOWN_MAX + 3 }, (_, place) => place * 2 + 1)

    expect(withVersions([], odd)).toEqual(odd.slice(3).map(version => [version, version]))
  })
})
