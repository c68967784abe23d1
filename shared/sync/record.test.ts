import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { appendOnlyRecord, changingRecord, free, guarded } from './record.ts'

const SOME_ID = '01890000-0000-7000-8000-00000000000a'

describe('a type of record that changes', () => {
  const address = changingRecord({ town: guarded(z.string().max(5)), checkedOn: free(z.string().nullable()) })

  it('knows the class of every field', () => {
    expect(address.classes).toEqual({ town: 'guarded', checkedOn: 'free' })
  })

  it.each<[string, object, boolean]>([
    ['all of its fields', { town: 'Leeds', checkedOn: null }, true],
    ['a field too few', { town: 'Leeds' }, false],
    ['a field too many', { town: 'Leeds', checkedOn: null, planet: 'Earth' }, false],
    ['a value that its field may not hold', { town: 'Harrogate', checkedOn: null }, false],
    ['a value of another field', { town: null, checkedOn: 'Leeds' }, false],
  ])('with %s is one: $2', (_, fields, isOne) => {
    expect(address.schema.safeParse(fields).success).toBe(isOne)
  })
})

describe('a type of record that is written once', () => {
  const decision = appendOnlyRecord({ text: z.string() })
  const first = { text: 'Warn', amends: null, strikes: null, reason: null }

  it.each<[string, object, boolean]>([
    ['is a first record', {}, true],
    ['names the record that it amends, and why', { amends: SOME_ID, reason: 'Typing error' }, true],
    ['names the record that it strikes, and why', { strikes: SOME_ID, reason: 'Wrong person' }, true],
    ['has a reason of 500 characters', { amends: SOME_ID, reason: 'x'.repeat(500) }, true],
    ['has a reason of 501', { amends: SOME_ID, reason: 'x'.repeat(501) }, false],
    ['has a reason of spaces', { amends: SOME_ID, reason: '   ' }, false],
    ['has a reason with a line break', { amends: SOME_ID, reason: 'One\nTwo' }, false],
    ['has a reason with a zero character', { amends: SOME_ID, reason: 'One\u0000' }, false],
    ['has a reason with half a character', { amends: SOME_ID, reason: 'One\ud83d' }, false],
    ['amends what is no record', { amends: 'the one before' }, false],
    ['has a field too many', { planet: 'Earth' }, false],
    ['leaves out what it amends', { amends: undefined }, false],
  ])('%s and is one: $2', (_, changes, isOne) => {
    expect(decision.schema.safeParse({ ...first, ...changes }).success).toBe(isOne)
  })

  it('has no classes: nothing in it can be overwritten', () => {
    expect(decision).not.toHaveProperty('classes')
    expect(decision.kind).toBe('append-only')
  })
})
