import * as z from 'zod'

// Control characters, marks that turn the direction of writing, and halves of surrogate pairs: none belongs in a record.
// In a line, no character that breaks it either.
const NOT_IN_A_LINE = /^[^\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]*$/u
const NOT_IN_PROSE = /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]*$/u

/** One line of text, up to `lengthMax` code points, in normal form C, without spaces at its ends. */
export const line = (lengthMax: number) => z.string().trim().normalize('NFC').max(lengthMax).regex(NOT_IN_A_LINE)

/** A line that must not be empty. */
export const filledLine = (lengthMax: number) => line(lengthMax).min(1)

/** Text with line breaks (`\n`) and tabs, up to `lengthMax` code points, in normal form C. */
export const prose = (lengthMax: number) =>
  z
    .string()
    .overwrite(text => text.replaceAll('\r\n', '\n'))
    .normalize('NFC')
    .max(lengthMax)
    .regex(NOT_IN_PROSE)

/** Letters whose stroke or missing dot is no accent to Unicode, and the keys that are pressed for them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  '‘': "'",
  '’': "'",
}
const STRANGE_LETTERS = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g')

/** How text is compared in Find and in filters: without accents, in lower case, with single spaces. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(STRANGE_LETTERS, letter => PLAIN_LETTERS[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
}
