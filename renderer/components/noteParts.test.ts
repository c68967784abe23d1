import { describe, expect, it } from 'vitest'
import { noteParts } from './noteParts.ts'

const shown = (note: string) => noteParts(note).map(({ text, isHeading }) => (isHeading ? `<${text}>` : text))

describe('the headings of a note', () => {
  it.each([
    ['Check in\nOn time.\n\nReview\nRent paid.', ['<Check in>', 'On time.\n', '<Review>', 'Rent paid.']],
    ['Did not attend. No message.', ['Did not attend. No message.']],
    ['One line without a stop', ['One line without a stop']],
    ['He said:\nnothing.', ['He said:\nnothing.']],
    ['First line\n\nSecond paragraph', ['First line\n\nSecond paragraph']],
    ['', ['']],
  ])('of %j are shown as %o', (note, expected) => {
    expect(shown(note)).toEqual(expected)
  })

  it('lose no character', () => {
    const note = 'Check in\nOn time.\n\n\nReview\nRent paid.\n'

    expect(
      noteParts(note)
        .map(part => part.text)
        .join('\n'),
    ).toBe(note)
  })
})
