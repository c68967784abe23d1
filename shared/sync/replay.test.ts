import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OperationBody } from './protocol.ts'
import type { AnyFields, FieldValue } from './recordTypes.ts'
import { replay } from './replay.ts'

const set = (fields: AnyFields): OperationBody => ({
  patch: Object.entries(fields).map(([field, value]) => ({ field, baseRev: 0, baseOp: null, value })),
})

const value: fc.Arbitrary<FieldValue> = fc.constantFrom('Leeds', 'York', 0, 1, true, null)
// Two of them are names that every object has.
const field = fc.constantFrom('town', 'postcode', 'checkedOn', 'constructor', 'toString')
const someFields = fc.dictionary(field, value, { noNullPrototype: true })
const patch: fc.Arbitrary<OperationBody> = fc
  .array(fc.record({ field, baseRev: fc.nat(), baseOp: fc.constant(null), value }), { minLength: 1, maxLength: 5 })
  .map(entries => ({ patch: entries }))
const operation = fc.oneof(
  { weight: 1, arbitrary: someFields.map((create): OperationBody => ({ create })) },
  { weight: 4, arbitrary: patch },
)
const operations = fc.array(operation, { maxLength: 8 })
const confirmed = fc.option(someFields)

describe('a row with unsent work on top', () => {
  it.each<[string, AnyFields | null, readonly OperationBody[], AnyFields | null]>([
    ['without any, is what the centre confirmed', { town: 'Leeds' }, [], { town: 'Leeds' }],
    ['that nobody has made, is not there', null, [], null],
    ['that is made here, is as it was made', null, [{ create: { town: 'Leeds' } }], { town: 'Leeds' }],
    [
      'that is patched, keeps its other fields',
      { town: 'Leeds', postcode: 'LS1' },
      [set({ town: 'York' })],
      { town: 'York', postcode: 'LS1' },
    ],
    [
      'that is patched twice, has the later value',
      { town: 'Leeds' },
      [set({ town: 'York' }), set({ town: 'Hull' })],
      { town: 'Hull' },
    ],
    [
      'that is made and patched here, has both',
      null,
      [{ create: { town: 'Leeds', postcode: '' } }, set({ postcode: 'LS1' })],
      { town: 'Leeds', postcode: 'LS1' },
    ],
    ['whose patch comes before it is made, is not there', null, [set({ town: 'York' })], null],
    [
      'whose patch came before it was made, is as it was made',
      null,
      [set({ town: 'York' }), { create: { town: 'Leeds' } }],
      { town: 'Leeds' },
    ],
    [
      'that is made again, holds nothing of what was there',
      { town: 'Leeds', postcode: 'LS1' },
      [{ create: { town: 'York' } }],
      { town: 'York' },
    ],
    ['that is emptied, holds the empty value', { town: 'Leeds' }, [set({ town: null })], { town: null }],
    [
      'that is patched with what it lacks, gains it',
      { town: 'Leeds' },
      [set({ note: '' })],
      { town: 'Leeds', note: '' },
    ],
  ])('%s', (_, before, unsent, after) => {
    expect(replay(before, unsent)).toEqual(after)
  })

  it('is the same in one go and step by step, so that an answer may come after any of them', () => {
    fc.assert(
      fc.property(confirmed, operations, operations, (before, first, then) => {
        expect(replay(before, [...first, ...then])).toEqual(replay(replay(before, first), then))
      }),
    )
  })

  it('is the same when an operation is played again at once, as after a lost answer', () => {
    fc.assert(
      fc.property(confirmed, operations, operation, (before, earlier, last) => {
        expect(replay(before, [...earlier, last, last])).toEqual(replay(before, [...earlier, last]))
      }),
    )
  })

  it('holds for each field the last value that was set, else the confirmed one', () => {
    fc.assert(
      fc.property(someFields, fc.array(patch, { maxLength: 8 }), (before, patches) => {
        const last = new Map<string, unknown>(Object.entries(before))
        for (const one of patches) {
          if ('patch' in one) for (const entry of one.patch) last.set(entry.field, entry.value)
        }
        expect(new Map(Object.entries(replay(before, patches) ?? {}))).toEqual(last)
      }),
    )
  })

  it('does not depend on the order of two patches of different fields', () => {
    fc.assert(
      fc.property(someFields, value, value, (before, town, postcode) => {
        const [one, other] = [set({ town }), set({ postcode })]
        expect(replay(before, [one, other])).toEqual(replay(before, [other, one]))
      }),
    )
  })

  it('leaves what the centre confirmed and what waits as they were', () => {
    fc.assert(
      fc.property(confirmed, operations, (before, unsent) => {
        const copies = structuredClone([before, unsent])
        replay(before, unsent)
        expect([before, unsent]).toEqual(copies)
      }),
    )
  })
})
