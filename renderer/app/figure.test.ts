import { expect, it } from 'vitest'
import { figure } from './figure.ts'

it.each([
  [0, '0'],
  [999, '999'],
  [5_000, '5,000'],
  [300_000, '300,000'],
  [1_234_567, '1,234,567'],
])('%i is read as %s', (number, text) => {
  expect(figure(number)).toBe(text)
})
