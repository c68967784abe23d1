import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aContact, anId } from '../../../tests/support/builders.ts'
import type { Contact } from './contact.ts'
import { excerpt, isCorrection, withCorrections } from './contactText.ts'

// Made in this order, so that they sort in it.
const [FIRST, OTHER, SECOND, THIRD, FOURTH] = [anId(), anId(), anId(), anId(), anId()]

const stored = (id: string, some: Partial<Contact>, version = 0) => ({ id, version, fields: aContact(some) })
const first = stored(FIRST, { note: 'Came at ten', outcome: 'ATTC' })
const amended = (id: string, note: string, reason: string | null = 'Typing error', some: Partial<Contact> = {}) =>
  stored(id, { amends: FIRST, note, reason, ...some })
const struck = (id: string, reason = 'Wrong person') => stored(id, { strikes: FIRST, note: '', reason })

describe('a contact with its corrections', () => {
  it('stands as it was written while there are none', () => {
    expect(withCorrections([first])).toEqual([{ ...first, earlier: [], struckBecause: null, correctionIds: [] }])
  })

  it('shows the latest text, and each earlier one with why it was replaced', () => {
    const [contact] = withCorrections([
      amended(THIRD, 'Came at twenty past ten', 'The bus was later'),
      first,
      amended(SECOND, 'Came at ten past ten', 'He was late'),
    ])

    expect(contact).toMatchObject({
      id: FIRST,
      fields: { note: 'Came at twenty past ten' },
      earlier: [
        { note: 'Came at ten', reason: 'He was late' },
        { note: 'Came at ten past ten', reason: 'The bus was later' },
      ],
      struckBecause: null,
      correctionIds: [SECOND, THIRD],
    })
  })

  it('goes by the order of the centre, not by the clocks of those who corrected it', () => {
    const byDev = { ...amended(FOURTH, 'As Dev has it', 'His PC is fast'), version: 7 }
    const byMorgan = { ...amended(SECOND, 'As Morgan has it', 'Later'), version: 9 }
    const unsent = amended(THIRD, 'Not sent yet', 'Now')
    const notes = (...corrections: readonly (typeof byDev)[]) => {
      const [contact] = withCorrections([{ ...first, version: 5 }, ...corrections])
      return [...(contact?.earlier.map(one => one.note) ?? []), contact?.fields.note]
    }

    expect(notes(byDev, byMorgan)).toEqual(['Came at ten', 'As Dev has it', 'As Morgan has it'])
    expect(notes(unsent, byMorgan, byDev)).toEqual(['Came at ten', 'As Dev has it', 'As Morgan has it', 'Not sent yet'])
  })

  it('keeps all but its text and its mark from the first record', () => {
    const later = { outcome: 'UAAB', place: 'Elsewhere', durationMinutes: 5, recordedByName: 'Dev Larkhill' }

    const [contact] = withCorrections([first, amended(SECOND, 'Came at eleven', 'Late', later)])

    expect(contact?.fields).toEqual({ ...first.fields, note: 'Came at eleven' })
  })

  it.each([
    ['the first record', true, false, false],
    ['an amendment', false, true, false],
    ['the last amendment', false, false, true],
  ])('is sensitive once %s was: the mark cannot be taken off', (_, ...sensitive) => {
    const contacts = [
      stored(FIRST, { sensitive: sensitive[0] ?? false }),
      amended(SECOND, 'B', 'Because', { sensitive: sensitive[1] ?? false }),
      amended(THIRD, 'C', 'Because', { sensitive: sensitive[2] ?? false }),
    ]

    expect(withCorrections(contacts)[0]?.fields.sensitive).toBe(true)
  })

  it('is not sensitive by itself', () => {
    expect(withCorrections([first, amended(SECOND, 'B')])[0]?.fields.sensitive).toBe(false)
  })

  it('is struck with its reason, and its text stays readable', () => {
    const [contact] = withCorrections([struck(THIRD), first, amended(SECOND, 'Came at eleven')])

    expect(contact).toMatchObject({
      fields: { note: 'Came at eleven' },
      earlier: [{ note: 'Came at ten' }],
      struckBecause: 'Wrong person',
      correctionIds: [SECOND, THIRD],
    })
  })

  it('was struck for the first reason that was given, when two people did so apart', () => {
    const [contact] = withCorrections([first, struck(THIRD, 'Entered twice'), struck(SECOND, 'Wrong person')])

    expect(contact?.struckBecause).toBe('Wrong person')
  })

  it('stands in the order of the first records, each with its own corrections', () => {
    const other = stored(OTHER, { note: 'Rang' })

    const contacts = withCorrections([other, amended(SECOND, 'B'), first])

    expect(contacts.map(one => [one.id, one.fields.note])).toEqual([
      [OTHER, 'Rang'],
      [FIRST, 'B'],
    ])
  })

  it('is left out while its first record has not come', () => {
    expect(withCorrections([amended(SECOND, 'B'), struck(THIRD)])).toEqual([])
  })

  it('is the same in whatever order its records come', () => {
    const contacts = [first, amended(SECOND, 'B', 'One'), amended(THIRD, 'C', 'Two'), struck(FOURTH)]
    fc.assert(
      fc.property(fc.shuffledSubarray(contacts, { minLength: 4 }), shuffled => {
        expect(withCorrections(shuffled)).toEqual(withCorrections(contacts))
      }),
    )
  })

  it('is counted once, however often it was corrected', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([first, amended(SECOND, 'B'), struck(THIRD), stored(OTHER, {})]), some => {
        expect(withCorrections(some)).toHaveLength(some.filter(one => !isCorrection(one)).length)
      }),
    )
  })
})

describe('an excerpt', () => {
  const note = `${'before '.repeat(30)}he talked about the landlord and the rent ${'after '.repeat(30)}`.trim()

  it('of a short note is the note on one line', () => {
    expect(excerpt('  He came.\n\nAll\tis well. ', ['well'], 40)).toBe('He came. All is well.')
  })

  it.each([
    [10, '0123456789'],
    [9, '012345678…'],
  ])('of ten characters in %i is %s', (lengthMax, text) => {
    expect(excerpt('0123456789', [], lengthMax)).toBe(text)
  })

  it('of a note that just fits is the note, wherever the hit is', () => {
    expect(excerpt('0123 56 89', ['89'], 10)).toBe('0123 56 89')
  })

  it('without a hit begins where the note does', () => {
    expect(excerpt(note, [], 20)).toBe('before before before…')
    expect(excerpt(note, ['tenancy'], 20)).toBe('before before before…')
  })

  it('begins with a whole word before the hit', () => {
    expect(excerpt(note, ['landlord'], 40)).toBe('…about the landlord and the rent after af…')
  })

  it('is taken around the hit that comes first in the note', () => {
    expect(excerpt(note, ['rent', 'talked'], 40)).toContain('talked')
    expect(excerpt(note, ['tenancy', 'rent'], 40)).toContain('rent')
  })

  it('finds a word whatever its case and accents', () => {
    const long = `${'before '.repeat(30)}Siân ROSE ${'after '.repeat(30)}`

    expect(excerpt(long, ['sian'], 40)).toContain('Siân')
    expect(excerpt(long, ['rose'], 40)).toContain('ROSE')
    expect(excerpt(long, ['Siân'], 40)).toContain('Siân')
  })

  it('shows the end of a note without dots behind it', () => {
    expect(excerpt(`${'before '.repeat(30)}the rent`, ['rent'], 40)).toMatch(/^….* the rent$/)
  })

  it('shows a hit inside a word without end, as an address of a page', () => {
    const address = `https://example.org/${'x'.repeat(200)}landlord${'y'.repeat(200)}`

    expect(excerpt(address, ['landlord'], 60)).toContain('landlord')
    expect(excerpt(`See ${address} there`, ['landlord'], 60)).toContain('landlord')
  })

  it('holds a word of the note that was searched for, and is no longer than was asked for', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcéŵ'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), fc.nat(), (words, pick) => {
        const wanted = words[pick % words.length] ?? ''
        const cut = excerpt(words.join(' '), [wanted], 40)
        const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '')
        expect(plain(cut)).toContain(plain(wanted))
        expect(cut.length).toBeLessThanOrEqual(42)
        expect(words.join(' ')).toContain(cut.replaceAll('…', ''))
      }),
      { numRuns: 1_000 },
    )
  })
})
