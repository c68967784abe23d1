import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDigest, type DigestedRow } from './digest.ts'

const row = fc.record({ entity: fc.constantFrom('contact', 'address'), id: fc.uuid(), version: fc.integer({ min: 1 }) })
const rows = fc.uniqueArray(row, { selector: one => `${one.entity} ${one.id}`, minLength: 1, maxLength: 30 })

function digestOf(given: readonly DigestedRow[]) {
  const digest = createDigest(text => hash('sha256', text, 'buffer'))
  given.forEach(digest.add)
  return digest.result()
}

describe('the digest of a case', () => {
  it('does not depend on the order of its rows', () => {
    fc.assert(
      fc.property(rows, given => {
        expect(digestOf(given.toReversed())).toEqual(digestOf(given))
        expect(digestOf(given).count).toBe(given.length)
        expect(digestOf(given).digest).toMatch(/^[0-9a-f]{16}$/)
      }),
    )
  })

  it('is another one when a row is missing, newer, or of another type', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (given, at) => {
        const place = at % given.length
        const others = given.filter((_, other) => other !== place)
        const one = given[place]
        if (!one) return

        expect(digestOf(others)).not.toEqual(digestOf(given))
        expect(digestOf([...others, { ...one, version: one.version + 1 }]).digest).not.toBe(digestOf(given).digest)
        expect(digestOf([...others, { ...one, entity: 'alias' }]).digest).not.toBe(digestOf(given).digest)
      }),
    )
  })
})
