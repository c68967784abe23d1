import { describe, expect, it } from 'vitest'
import { aCase, aContact, anId } from '../../tests/support/builders.ts'
import { aStore, confirmRows } from '../../tests/support/store.ts'
import type { Case } from '../../shared/features/cases/case.ts'
import { inTransaction, type Database } from '../database.ts'
import { removeRecord } from '../records/recordStore.ts'
import { settleDue } from '../summary/settleDue.ts'
import { findNotes, findPeople, findReason, matchExpression } from './findRepository.ts'
import { reference } from '../../tests/support/reference.ts'

const NOW = Date.parse('2026-03-02T10:15:00Z')
const page = { now: NOW, limit: 10, offset: 0 }

const PEOPLE: readonly (Partial<Case> & { readonly crn: string; readonly alias?: string; readonly pnc?: string })[] = [
  { givenName: 'Pete', familyName: 'Rosland', crn: 'Z004619', dateOfBirth: '1988-01-03' },
  { givenName: 'Adelande', familyName: 'Carter', crn: 'Z004127', alias: 'Bright', pnc: '2019/0123456Z' },
  { givenName: 'Joy', familyName: 'Fenwick', crn: 'Z004288', alias: 'Markland' },
  { givenName: 'Siân', familyName: "O'Rourke-Bell", crn: 'Z004300', preferredName: 'Shan' },
  { givenName: 'Jo', familyName: 'Ng', crn: 'Z004301' },
  { givenName: 'Łukasz', familyName: 'Đurić', crn: 'Z004302' },
]

function anOffice(): Database {
  const db = aStore()
  for (const { crn, alias, pnc, ...person } of PEOPLE) {
    const { rows } = aCase(
      () => [
        ...(alias
          ? [{ entity: 'alias' as const, id: anId(), fields: { givenName: '', familyName: alias, note: '' } }]
          : []),
        ...(pnc ? [{ entity: 'identifier' as const, id: anId(), fields: { kind: 'pnc', value: pnc } }] : []),
      ],
      person,
    )
    confirmRows(
      db,
      rows.map(row => (row.fields['kind'] === 'crn' ? { ...row, fields: { kind: 'crn', value: crn } } : row)),
    )
  }
  while (settleDue(db, reference, NOW, 100));
  return db
}

describe('finding people', () => {
  it.each([
    ['any part of a name', 'land', ['Pete Rosland', 'Adelande Carter', 'Joy Fenwick']],
    ['an alias', 'markl', ['Joy Fenwick']],
    ['one letter', 'j', ['Joy Fenwick', 'Jo Ng']],
    ['two letters', 'ng', ['Jo Ng']],
    ['without accents', 'sian', ["Siân O'Rourke-Bell"]],
    ['letters that are no accents', 'lukasz dur', ['Łukasz Đurić']],
    ['the second half of a double name', 'be', ["Siân O'Rourke-Bell"]],
    ['the name that is used', 'shan', ["Siân O'Rourke-Bell"]],
    ['two words in any order', 'carter ade', ['Adelande Carter']],
    ['a CRN', 'z004127', ['Adelande Carter']],
    ['part of a PNC', '0123456', ['Adelande Carter']],
    ['a date of birth as it is typed', '3/1/88', ['Pete Rosland']],
    ['a year of birth', '1988', ['Pete Rosland']],
    ['nobody', 'xyzzy', []],
    ['nothing', '  ', []],
    ['what would be an operator elsewhere', '"land* OR', []],
  ])('by %s', (_what, text, names) => {
    const { people, total } = findPeople(anOffice(), text, page)

    expect(people.map(one => one.name).toSorted()).toEqual([...names].toSorted())
    expect(total).toBe(names.length)
  })

  it('puts those whose family name begins so first, and pages the rest', () => {
    const db = anOffice()

    const { people } = findPeople(db, 'ros', page)
    const second = findPeople(db, 'land', { ...page, limit: 2, offset: 2 })

    expect(people[0]?.name).toBe('Pete Rosland')
    expect(second).toMatchObject({ total: 3, people: [{ name: 'Pete Rosland' }] })
  })

  it('says why somebody is there when the name does not', () => {
    const db = anOffice()
    const [joy] = findPeople(db, 'markland', page).people
    const [adelande] = findPeople(db, '2019/012', page).people

    expect(findReason(db, joy?.caseId ?? '', 'markland')).toBe('Markland')
    expect(findReason(db, adelande?.caseId ?? '', '2019/012')).toBe('2019/0123456Z')
    expect(findReason(db, joy?.caseId ?? '', 'fenw')).toBeNull()
  })
})

describe('finding notes', () => {
  const start = Date.parse('2026-02-01T10:00:00Z')
  const TEXTS = [
    'Rang the landlord with her',
    'Worried about a letter from his landlord',
    'New landlady; no letter',
    'LANDLORD agreed',
    'Met Łukasz, his brother',
  ]

  function withNotes() {
    const db = aStore()
    const { caseId, rows } = aCase(() =>
      TEXTS.map((note, day) => ({
        entity: 'contact',
        id: anId(),
        fields: aContact({ note, startedAt: start + day * 86_400_000 }),
      })),
    )
    // They arrive oldest first, newest first or mixed: the order of the index is that of their starts.
    confirmRows(db, rows.toReversed())
    while (settleDue(db, reference, NOW, 100));
    return { db, caseId }
  }
  const notes = (db: Database, text: string, more = {}) =>
    findNotes(db, { text, without: null, now: NOW, limit: 10, offset: 0, ...more }).map(one => one.note)

  it.each([
    ['every word, newest first', 'landlord', ['LANDLORD agreed', TEXTS[1], TEXTS[0]]],
    ['the beginning of the last word', 'letter landlo', [TEXTS[1]]],
    ['letters and no operators', 'letter NOT landlord', []],
    ['quotes as text', '"landlord agreed"', ['LANDLORD agreed']],
    ['letters that are no accents', 'lukasz', [TEXTS[4]]],
    ['nothing but signs', ' -- ', []],
  ])('by %s', (_what, text, expected) => {
    expect(notes(withNotes().db, text)).toEqual(expected)
  })

  it('leaves out one case, and pages', () => {
    const { db, caseId } = withNotes()

    expect(notes(db, 'landlord', { without: caseId })).toEqual([])
    expect(notes(db, 'landlord', { limit: 1, offset: 1 })).toEqual([TEXTS[1]])
  })

  it('forgets a note whose record is gone', () => {
    const { db, caseId } = withNotes()
    const [hit] = findNotes(db, { text: 'agreed', without: null, now: NOW, limit: 1, offset: 0 })

    inTransaction(db, tx => {
      removeRecord(tx, { entity: 'contact', caseId, id: hit?.id ?? '', startedAt: hit?.startedAt ?? 0 })
    })

    expect(notes(db, 'agreed')).toEqual([])
  })

  it('keeps notes of one second apart', () => {
    const db = aStore()
    const { rows } = aCase(() =>
      [1, 2, 3].map(n => ({
        entity: 'contact',
        id: `018f0000-0000-7000-800${n}-000000abcdef`,
        fields: aContact({ note: `word ${n}`, startedAt: start }),
      })),
    )
    confirmRows(db, rows)
    while (settleDue(db, reference, NOW, 100));

    expect(notes(db, 'word').toSorted()).toEqual(['word 1', 'word 2', 'word 3'])
  })
})

describe('the words of a search', () => {
  it('are quoted one by one, the last as a beginning', () => {
    expect(matchExpression('rent  arr')).toBe('"rent" AND "arr"*')
    expect(matchExpression('…')).toBeUndefined()
  })
})
