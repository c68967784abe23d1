import { expect, it } from 'vitest'
import { announce, polite } from './announce.ts'

it('keeps what was said at the same moment, and the same words twice as two', () => {
  announce('Saved on this PC')
  announce('1 needs you')
  announce('1 needs you')

  expect(polite.get().map(one => one.text)).toEqual(['Saved on this PC', '1 needs you', '1 needs you'])
  expect(new Set(polite.get().map(one => one.count)).size).toBe(3)
})
