import { describe, expect, it } from 'vitest'
import { firstStop, suitableTemplates, withTemplate } from './templateRules.ts'

describe('putting a template into the note', () => {
  it('begins an empty note with it', () => {
    expect(withTemplate('  \n', 'Check in\n', null)).toBe('Check in\n')
  })

  it('keeps every typed word, at the end', () => {
    expect(withTemplate('He was late.', 'Check in\n', null)).toBe('Check in\n\nEarlier text\nHe was late.')
  })

  it('replaces a template that nobody has touched', () => {
    expect(withTemplate('Check in\n', 'Absence\n', 'Check in\n')).toBe('Absence\n')
    expect(withTemplate('Check in: fine\n', 'Absence\n', 'Check in\n')).toContain('Check in: fine')
  })
})

describe('where to write first', () => {
  it.each([
    ['Check in\nArrived [on time]. [How].', { from: 17, to: 26 }],
    ['Home [ ], work [ ]', { from: 5, to: 8 }],
    ['Nothing to replace', { from: 18, to: 18 }],
    ['', { from: 0, to: 0 }],
  ])('in %j is %o', (body, place) => {
    expect(firstStop(body)).toEqual(place)
  })
})

describe('the templates that are offered', () => {
  const visit = { name: 'visit', kinds: ['COAP'], suits: 'attended' as const }
  const absence = { name: 'absence', kinds: [], suits: 'absent' as const }
  const any = { name: 'any', kinds: [], suits: 'any' as const }
  const all = [visit, absence, any]

  it.each([
    ['COAP', 'attended', ['visit', 'any']],
    ['COAP', 'absent', ['absence', 'any']],
    ['CHVS', 'attended', ['any']],
  ] as const)('for %s, %s are %o', (code, attendance, names) => {
    expect(suitableTemplates(all, { code }, { attendance }).map(one => one.name)).toEqual(names)
  })

  it('are all, where none suits', () => {
    expect(suitableTemplates([visit], { code: 'CHVS' }, { attendance: 'absent' })).toEqual([visit])
  })
})
