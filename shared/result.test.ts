import { describe, expect, it } from 'vitest'
import { invariant, ok, refuse, type Result } from './result.ts'

const half = (count: number): Result<number> =>
  count % 2 === 0 ? ok(count / 2) : refuse({ code: 'invalid-input', fields: { count: 'not-allowed' } })

describe('an answer', () => {
  it.each([
    [4, 2],
    [0, 0],
  ])('that is %i taken in half holds %i, nothing too', (count, value) => {
    expect(half(count)).toEqual({ ok: true, value })
  })

  it('that is a refusal says why', () => {
    expect(half(3)).toEqual({ ok: false, error: { code: 'invalid-input', fields: { count: 'not-allowed' } } })
  })

  it('is the same after it went to the window as a copy', () => {
    for (const answer of [half(4), half(3)]) expect(structuredClone(answer)).toEqual(answer)
  })
})

describe('what we were sure of', () => {
  it.each([true, 1, 'a', [], {}])('goes on where it holds: %j', held => {
    expect(() => {
      invariant(held, 'it was there')
    }).not.toThrow()
  })

  it.each([false, 0, '', null, undefined, NaN])('stops with the reason where it does not: %j', held => {
    expect(() => {
      invariant(held, 'an empty folder can be opened')
    }).toThrow('invariant: an empty folder can be opened')
  })
})
