import { describe, expect, it } from 'vitest'
import { chosenOf } from './useChosen.ts'

describe('the chosen row', () => {
  const keys = ['a', 'b', 'c']

  it.each([
    ['is the preferred one at first', keys, null, 'b', 'b'],
    ['is the first where the preferred one is not there', keys, null, 'z', 'a'],
    ['stays on its row when rows come before it', ['x', ...keys], { key: 'b', place: 1 }, 'a', 'b'],
    ['stays on its place when its row goes', ['a', 'c'], { key: 'b', place: 1 }, 'a', 'c'],
    ['is the last when the list became shorter than its place', ['a'], { key: 'c', place: 2 }, null, 'a'],
    ['is none in an empty list', [], { key: 'c', place: 2 }, 'c', null],
  ])('%s', (_what, rows, picked, preferred, expected) => {
    expect(chosenOf(rows, picked, preferred)).toBe(expected)
  })
})
