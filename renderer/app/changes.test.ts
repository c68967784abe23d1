import { describe, expect, it } from 'vitest'
import { isTouched } from './changes.ts'

const CASE_A = '01890000-0000-7000-8000-00000000000a'
const CASE_B = '01890000-0000-7000-8000-00000000000b'

describe('a change of a case', () => {
  it.each([
    ['cases.open', { caseId: CASE_A }, true],
    ['cases.timeline', { caseId: CASE_A, limit: 50 }, true],
    ['cases.open', { caseId: CASE_B }, false],
    ['today.prepare', { appointmentId: CASE_B }, true],
    ['today.diary', { day: '2026-03-02' }, false],
    ['forms.openContact', { caseId: CASE_A }, false],
  ])('touches %s %o: %s', (name, input, expected) => {
    expect(isTouched({ topic: 'case', caseId: CASE_A }, [name, input])).toBe(expected)
  })

  it('touches every case when it names none', () => {
    expect(isTouched({ topic: 'case' }, ['cases.open', { caseId: CASE_B }])).toBe(true)
  })
})

describe('a change of the diary', () => {
  it('touches what stands on Today, whatever the day', () => {
    expect(isTouched({ topic: 'diary' }, ['today.diary', { day: '2026-03-02' }])).toBe(true)
    expect(isTouched({ topic: 'diary' }, ['sync.status', {}])).toBe(false)
  })
})
