import { describe, expect, it } from 'vitest'
import { firstAfter, isToCome, rememberRow, rowToBegin, rowToChoose } from './diaryRules.ts'

const DAY = '2026-03-02'
const at = (time: string) => Date.parse(`${DAY}T${time}:00Z`)
const anItem = (time: string, status: 'planned' | 'done' = 'planned') => ({
  outcomeLabel: null,
  appointment: { id: time, startsAt: at(time), durationMinutes: 30, status },
})

describe('the row that is chosen when Today opens', () => {
  it.each([
    ['the one in progress', [anItem('09:00'), anItem('10:00'), anItem('11:00')], '10:15', '10:00'],
    ['the later of two in progress', [anItem('10:00'), anItem('10:10')], '10:15', '10:10'],
    ['the oldest without an outcome', [anItem('09:00'), anItem('09:30'), anItem('11:00')], '10:15', '09:00'],
    ['the next one', [anItem('09:00', 'done'), anItem('10:00', 'done'), anItem('11:00')], '10:15', '11:00'],
    ['the last when all are done', [anItem('09:00', 'done'), anItem('10:00', 'done')], '10:15', '10:00'],
    ['in progress to its last minute', [anItem('09:00'), anItem('10:00')], '10:29', '10:00'],
    ['no longer in progress at its end', [anItem('09:00'), anItem('10:00')], '10:30', '09:00'],
    ['none on an empty day', [], '10:15', null],
  ])('is %s', (_which, items, now, expected) => {
    expect(rowToChoose(items, at(now))).toBe(expected)
  })

  it('is the one that was left, until its outcome is logged', () => {
    rememberRow(DAY, '11:00')

    expect(rowToBegin([anItem('09:00'), anItem('11:00')], DAY, at('10:15'))).toBe('11:00')
    expect(rowToBegin([anItem('09:00'), anItem('11:00', 'done')], DAY, at('10:15'))).toBe('09:00')
    expect(rowToBegin([anItem('09:00'), anItem('11:00')], '2026-03-03', at('10:15'))).toBe('09:00')
  })
})

describe('now', () => {
  it('stands before the first row that is still to come', () => {
    expect(firstAfter([anItem('09:00'), anItem('10:00'), anItem('11:00')], at('10:15'))).toBe('11:00')
    expect(firstAfter([anItem('09:00')], at('10:15'))).toBe(null)
  })

  it.each([
    ['10:29', true],
    ['10:31', true],
    ['10:45', false],
    ['11:05', false],
  ])('at %s an appointment at 11:00 is still to come: %s', (now, expected) => {
    expect(isToCome(anItem('11:00'), at(now))).toBe(expected)
  })
})
