import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aRandom } from '../tests/support/ports.ts'
import { caseId, id, newId, userId } from './ids.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')
const UUID = 'a1890000-0b00-7c00-8d00-00000000000e'

describe('a new id', () => {
  it('is one, of version 7, for a record and for a case alike', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 45 }), fc.nat(), (now, seed) => {
        const made = newId(now, aRandom(seed))
        expect(made).toMatch(/^.{14}7.{4}[89ab]/)
        expect(id.safeParse(made).success).toBe(true)
        expect(caseId.safeParse(made).success).toBe(true)
      }),
    )
  })

  it('sorts by the millisecond it was made in', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 45 }), fc.integer({ min: 1, max: 2 ** 30 }), fc.nat(), (now, later, seed) => {
        const random = aRandom(seed)
        expect(newId(now, random) < newId(now + later, random)).toBe(true)
      }),
    )
  })

  it('differs from every other of its millisecond', () => {
    const random = aRandom()

    const made = Array.from({ length: 1_000 }, () => newId(NOW, random))

    expect(new Set(made).size).toBe(1_000)
  })

  it('is the same for the same clock and the same chance, so that a run can be repeated', () => {
    expect(newId(NOW, aRandom(7))).toBe(newId(NOW, aRandom(7)))
    expect(newId(NOW, aRandom(7))).not.toBe(newId(NOW, aRandom(8)))
  })
})

describe('what a row belongs to', () => {
  it.each([
    ['a case', UUID, true],
    ['shared reference data', 'ref:templates', true],
    ['the settings of a user', 'me:morgan.ashby', true],
    ['a case in capitals, which would be another text for the same case', UUID.toUpperCase(), false],
    ['a case that begins with a capital', UUID.replace('a1', 'A1'), false],
    ['a case with a capital within', UUID.replace('7c', '7C'), false],
    ['a case that ends with a capital', UUID.replace('0e', '0E'), false],
    ['a case without its dashes', UUID.replaceAll('-', ''), false],
    ['a case with more behind it', `${UUID}0`, false],
    ['a case with a line break behind it', `${UUID}\n`, false],
    ['reference data without a name', 'ref:', false],
    ['the settings of nobody', 'me:', false],
    ['a path', 'ref:../users', false],
    ['two names', 'me:morgan.ashby me:dev.larkhill', false],
    ['another kind', 'office:northfold', false],
    ['nothing', '', false],
  ])('may be %s: %s', (_, text, isOne) => {
    expect(caseId.safeParse(text).success).toBe(isOne)
  })

  it('can be named for every user', () => {
    const start = fc.constantFrom(...'abcxyz')
    const rest = fc.string({ unit: fc.constantFrom(...'abcxyz0189._-'), maxLength: 63 })
    fc.assert(
      fc.property(start, rest, (first, others) => {
        const user = first + others
        expect(userId.safeParse(user).success).toBe(true)
        expect(caseId.safeParse(`me:${user}`).success).toBe(true)
      }),
      { examples: [['m', 'x'.repeat(63)]] },
    )
  })
})

describe('the name of a user', () => {
  it.each([
    ['morgan.ashby', true],
    ['m', true],
    ['o-rourke_2', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['', false],
    ['Morgan.Ashby', false],
    ['2morgan', false],
    ['.morgan', false],
    ['morgan ashby', false],
    ['morgan@example.org', false],
    ['morgan:ashby', false],
    ['siân', false],
    ['morgan\n', false],
  ])('%j is one: %s', (text, isOne) => {
    expect(userId.safeParse(text).success).toBe(isOne)
  })
})
