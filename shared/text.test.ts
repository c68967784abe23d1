import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filledLine, foldText, line, prose } from './text.ts'

const read = (schema: ReturnType<typeof line>, text: unknown) => schema.safeParse(text).data

/** Letters of every kind, lone surrogates and controls among them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 20 }).map(units => String.fromCharCode(...units)),
)

describe('a line', () => {
  it.each([
    ['spaces at its ends', '  Flat 2, 1 Example Street ', 'Flat 2, 1 Example Street'],
    ['line breaks at its ends, as pasting leaves them', '\r\nFlat 2\n', 'Flat 2'],
    ['accents that were typed apart', 'Sia\u0302n', 'Siân'],
  ])('is stored without %s', (_, typed, stored) => {
    expect(read(line(60), typed)).toBe(stored)
  })

  it.each([
    ['accents, hyphens and quotes', 'Siân O’Rourke-Bell'],
    ['money and signs', '£15 & 50 % @ #1'],
    ['another script', '王小明'],
    ['letters beyond the first plane', '𠮷野 👍🏽'],
    ['nothing', ''],
  ])('may hold %s', (_, text) => {
    expect(read(line(60), text)).toBe(text)
  })

  it.each([
    ['a line break', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['a tab', 'a\tb'],
    ['a zero character', 'a\u0000b'],
    ['the last control character', 'a\u001fb'],
    ['delete', 'a\u007fb'],
    ['a control character of the second set', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a mark from right to left', 'a\u200fb'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['an override of direction', 'a\u202eb'],
    ['an isolate of direction', 'a\u2066b'],
    ['the first half of a character', 'a\ud83d'],
    ['the second half of a character', '\udc4da'],
  ])('may not hold %s', (_, text) => {
    expect(line(60).safeParse(text).success).toBe(false)
  })

  it.each([
    ['as long as it may be', 'x'.repeat(10), true],
    ['one longer', 'x'.repeat(11), false],
    ['longer only by the spaces at its ends', ` ${'x'.repeat(10)} `, true],
    ['longer only by accents typed apart', 'e\u0301'.repeat(10), true],
    ['as long as it may be, of characters that take two units', '👍'.repeat(10), true],
    ['one longer, of characters that take two units', '👍'.repeat(11), false],
  ])('%s is taken: $2', (_, text, isTaken) => {
    expect(line(10).safeParse(text).success).toBe(isTaken)
  })

  it.each([
    ['x', true],
    ['', false],
    ['   ', false],
    ['\n', false],
  ])('that must be filled: %j is enough: %s', (text, isEnough) => {
    expect(filledLine(10).safeParse(text).success).toBe(isEnough)
  })

  it('stays as it is once stored', () => {
    fc.assert(
      fc.property(anyText, text => {
        const stored = read(line(1_000), text)
        fc.pre(stored !== undefined)
        expect(read(line(1_000), stored)).toBe(stored)
      }),
    )
  })
})

describe('prose', () => {
  it.each([
    ['line breaks and tabs', 'One\n\n\tTwo\n', 'One\n\n\tTwo\n'],
    ['line breaks of Windows, as plain ones', 'One\r\nTwo\r\n', 'One\nTwo\n'],
    ['spaces at its ends, as they are', '  One ', '  One '],
    ['accents typed apart, as one', 'Sia\u0302n', 'Siân'],
    ['marks of direction that scripts need', 'א\u200f!', 'א\u200f!'],
  ])('keeps %s', (_, typed, stored) => {
    expect(read(prose(60), typed)).toBe(stored)
  })

  it.each([
    ['a carriage return alone', 'a\rb'],
    ['a zero character', 'a\u0000b'],
    ['a vertical tab', 'a\u000bb'],
    ['escape', 'a\u001bb'],
    ['delete', 'a\u007fb'],
    ['an override of direction', 'a\u202eb'],
    ['an isolate of direction', 'a\u2067b'],
    ['half a character', 'a\ud83d'],
  ])('may not hold %s', (_, text) => {
    expect(prose(60).safeParse(text).success).toBe(false)
  })

  it.each([
    ['as long as it may be', 'x'.repeat(10), true],
    ['one longer', 'x'.repeat(11), false],
    ['longer only by the line breaks of Windows', 'xxxx\r\nxxxxx', true],
    ['longer by a space at its end', `${'x'.repeat(10)} `, false],
  ])('%s is taken: $2', (_, text, isTaken) => {
    expect(prose(10).safeParse(text).success).toBe(isTaken)
  })

  it('stays as it is once stored', () => {
    fc.assert(
      fc.property(anyText, text => {
        const stored = read(prose(1_000), text)
        fc.pre(stored !== undefined)
        expect(read(prose(1_000), stored)).toBe(stored)
      }),
    )
  })
})

describe('comparing texts', () => {
  it.each([
    ['Siân', 'sian'],
    ['SIÂN', 'Sia\u0302n'],
    ['O’Rourke', "o'rourke"],
    ['O‘Rourke', "O'Rourke"],
    ['Marsh\u00a0Kettle', 'marsh kettle'],
    ['  Marsh \n Kettle ', 'marsh kettle'],
    ['İstanbul', 'istanbul'],
    ['Łukasz Đurić', 'lukasz duric'],
    ['Sørensen', 'sorensen'],
  ])('%j is the same as %j', (one, other) => {
    expect(foldText(one)).toBe(foldText(other))
  })

  it.each([
    ['Marsh', 'Marsch'],
    ['Marsh Kettle', 'MarshKettle'],
    ['Marsh-Kettle', 'Marsh Kettle'],
    ['', 'a'],
  ])('%j is not the same as %j', (one, other) => {
    expect(foldText(one)).not.toBe(foldText(other))
  })

  it('gives the same again, and does not mind how accents were typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const folded = foldText(text)
        expect(foldText(folded)).toBe(folded)
        expect(foldText(text.normalize('NFC'))).toBe(folded)
        expect(foldText(text.normalize('NFD'))).toBe(folded)
        expect(folded).not.toMatch(/^\s|\s$|\s\s/)
      }),
      { numRuns: 1_000 },
    )
  })
})
