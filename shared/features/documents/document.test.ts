import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDocument } from '../../../tests/support/builders.ts'
import { documentRecord, extensionOf, fileNameOf } from './document.ts'

describe('the name of a file', () => {
  it.each([
    ['Letter.PDF', 'Letter.pdf'],
    ['C:\\Users\\m\\notice.pdf', 'C__Users_m_notice.pdf'],
    ['../../etc/passwd.txt', '.._.._etc_passwd.txt'],
    ['gnp\u202Eexe.pdf', 'gnpexe.pdf'],
    ['line\nbreak.txt', 'linebreak.txt'],
    ['  spaces .txt', 'spaces.txt'],
    [`${'x'.repeat(300)}.docx`, `${'x'.repeat(145)}.docx`],
    ['.pdf', 'file.pdf'],
  ])('%j is kept as %j', (given, kept) => {
    expect(fileNameOf(given)).toBe(kept)
  })

  it('can be stored whatever it was, where it has an end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), start => {
        const name = fileNameOf(`${start}.pdf`)
        expect(documentRecord.schema.safeParse(aDocument({ name })).success).toBe(true)
        expect(extensionOf(name)).toBe('pdf')
      }),
    )
  })
})
