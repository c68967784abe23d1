import { describe, expect, it } from 'vitest'
import { readAsked } from './findRules.ts'

describe('what was typed into Find', () => {
  it.each([
    ['land', { mode: 'all', text: 'land' }],
    ['  land ', { mode: 'all', text: 'land' }],
    ['> dark', { mode: 'commands', text: 'dark' }],
    ['>', { mode: 'commands', text: '' }],
    ['#landlord', { mode: 'notes', text: 'landlord' }],
    ['a > b', { mode: 'all', text: 'a > b' }],
    ['', { mode: 'all', text: '' }],
  ])('%j asks for %o', (typed, asked) => {
    expect(readAsked(typed)).toEqual(asked)
  })
})
