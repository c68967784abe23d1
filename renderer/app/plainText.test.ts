import fc from 'fast-check'
import { expect, it } from 'vitest'
import { prose } from '../../shared/text.ts'
import { plainText } from './plainText.ts'

it('takes out what nobody sees and turns other breaks into lines', () => {
  expect(plainText('One\u000btwo\u202c\r\n\tthree\u0007 \ud83d\ude00 caf\u00e9')).toBe(
    'One\ntwo\n\tthree \ud83d\ude00 caf\u00e9',
  )
})

it('leaves nothing that a record refuses', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 0xffff })),
      codes => prose(2_000).safeParse(plainText(String.fromCharCode(...codes))).success,
    ),
  )
})
