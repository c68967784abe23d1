import { describe, expect, it } from 'vitest'
import { aCase, aContact, anId } from '../../../tests/support/builders.ts'
import { anEngine } from '../../../tests/support/engine.ts'

function twoPeople() {
  const note =
    'Rang Northfold Housing about the boiler. The landlord agreed to come on Tuesday, and she will let him in herself.'
  const jacob = aCase(() => [{ entity: 'contact', id: anId(), fields: aContact({ note }) }])
  const leanne = aCase(
    () => [{ entity: 'contact', id: anId(), fields: aContact({ note: 'New landlord wants two months.' }) }],
    {
      givenName: 'Leanne',
      familyName: 'Oddfellow',
    },
  )
  return { ...anEngine({ rows: [...jacob.rows, ...leanne.rows] }), jacob, leanne }
}
const page = { limit: 3, offset: 0 }

describe('finding', () => {
  it('shows people while typing with nothing but what tells them apart, and writes nothing down', () => {
    const { value, db, jacob } = twoPeople()

    const { people, cases } = value('find.people', { text: 'thistle', ...page })

    expect(people).toEqual([
      { caseId: jacob.caseId, name: 'Jacob Thistlewood', crn: 'Z004512', dateOfBirth: '1991-05-14', because: null },
    ])
    expect(cases).toBe(2)
    expect(db.$client.prepare(`SELECT count(*) FROM audit WHERE action <> 'session.opened'`).pluck().get()).toBe(0)
  })

  it('shows notes with the words around the hit, and writes down words and cases as a reading', () => {
    const { value, db, jacob, leanne } = twoPeople()

    const { notes } = value('find.notes', { text: 'landlord', within: null, without: null, ...page })

    expect(notes.map(one => one.name).toSorted()).toEqual(['Jacob Thistlewood', 'Leanne Oddfellow'])
    expect(notes.find(one => one.caseId === jacob.caseId)?.excerpt).toContain('landlord agreed')
    const detail = JSON.parse(
      String(db.$client.prepare(`SELECT detail FROM audit WHERE action = 'notes.found'`).pluck().get()),
    ) as { words: string; cases: string[] }
    expect(detail.words).toBe('landlord')
    expect(detail.cases.toSorted()).toEqual([jacob.caseId, leanne.caseId].toSorted())
  })

  it('looks in one case, also in the middle of a word', () => {
    const { value, jacob } = twoPeople()

    const found = value('find.notes', { text: 'andlor', within: jacob.caseId, without: null, ...page })

    expect(found.notes.map(one => one.caseId)).toEqual([jacob.caseId])
    expect(value('find.notes', { text: 'landlord', within: null, without: jacob.caseId, ...page }).notes).toHaveLength(
      1,
    )
  })

  it('tells two people apart after a rest, and writes down the words and whom they found', () => {
    const { value, db, jacob } = twoPeople()

    expect(value('find.about', { text: 'thistle', caseIds: [jacob.caseId, anId()] })).toEqual([
      { caseId: jacob.caseId, rosh: null, nextAppointmentAt: null },
    ])
    expect(db.$client.prepare(`SELECT detail FROM audit WHERE action = 'search'`).pluck().all()).toEqual([
      JSON.stringify({ words: 'thistle', cases: [jacob.caseId] }),
    ])
  })
})
