import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordState, worstState, type RecordState } from './recordState.ts'

describe('the state of something that is made of several records', () => {
  it.each<[readonly RecordState[], RecordState]>([
    [['confirmed', 'confirmed'], 'confirmed'],
    [['confirmed', 'sent'], 'sent'],
    [['sent', 'saved', 'confirmed'], 'saved'],
    [['saved', 'needs-you', 'sent'], 'needs-you'],
    [['needs-you', 'confirmed'], 'needs-you'],
    [[], 'confirmed'],
  ])('of %j is %s', (states, worst) => {
    expect(worstState(states)).toBe(worst)
  })

  it('is confirmed only when all are, and is never better than one of them', () => {
    const state = fc.constantFrom(...recordState.options)
    fc.assert(
      fc.property(fc.array(state), state, (states, one) => {
        expect(worstState(states) === 'confirmed').toBe(states.every(each => each === 'confirmed'))
        expect(worstState([one, worstState(states)])).toBe(worstState([...states, one]))
      }),
    )
  })
})
