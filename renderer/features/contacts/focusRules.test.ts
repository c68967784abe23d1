import { describe, expect, it } from 'vitest'
import type { ContactType } from '../../../shared/features/reference/reference.ts'
import { focusAfterChoice, focusOnOpening } from './focusRules.ts'
import { answerFirst, answerReason, answerSecond, NO_ANSWERS } from './outcomeRules.ts'
import type { RecordState } from './recordState.ts'

const visit = { code: 'COAP', use: 'appointment' } as ContactType // all that is looked at
const call = { code: 'CTOA', use: 'logged' } as ContactType
const aState = (some: Partial<RecordState>) =>
  ({ kind: 'COAP', outcome: NO_ANSWERS, nextChoice: null, ...some }) as RecordState // likewise
const missed = answerFirst(NO_ANSWERS, 'missed')

describe('focus when the record screen opens', () => {
  const fresh = { isDraft: false, initial: { kind: 'COAP', outcome: null } }

  it.each([
    ['on the outcome', { opened: fresh, type: visit, opensAtMissed: false }, 'outcome'],
    ['on "Acceptable?"', { opened: fresh, type: visit, opensAtMissed: true }, 'second'],
    [
      'on the kind of a walk-in',
      { opened: { isDraft: false, initial: { kind: '', outcome: null } }, type: undefined, opensAtMissed: false },
      'kind',
    ],
    ['in the note of a call', { opened: fresh, type: call, opensAtMissed: false }, 'note'],
    [
      'in the note of a draft',
      { opened: { isDraft: true, initial: { kind: 'COAP', outcome: 'ATTC' } }, type: visit, opensAtMissed: false },
      'note',
    ],
    [
      'on the outcome of a draft without one',
      { opened: { isDraft: true, initial: { kind: 'COAP', outcome: null } }, type: visit, opensAtMissed: false },
      'outcome',
    ],
  ] as const)('is %s', (_where, opening, expected) => {
    expect(focusOnOpening(opening)).toBe(expected)
  })
})

describe('focus after an answer', () => {
  it.each([
    ['attended leads to the note', { outcome: answerFirst(NO_ANSWERS, 'attended') }, 'outcome', 'note'],
    ['missed leads to "Acceptable?"', { outcome: missed }, 'outcome', 'second'],
    ['acceptable leads to the reasons', { outcome: answerSecond(missed, 'acceptable') }, 'outcome', 'second'],
    ['an absence leads to the next appointment', { outcome: answerSecond(missed, 'unacceptable') }, 'outcome', 'next'],
    ['or to the note when that is answered', { outcome: answerReason('work'), nextChoice: '2' }, 'outcome', 'note'],
    ['a slot leads to the empty note', { nextChoice: '2' }, 'next', 'note'],
    ['T leads to its field', { nextChoice: 'typed' }, 'next', 'typed'],
    ['another one leads to the slots', { nextChoice: 'other' }, 'next', 'next'],
  ] as const)('%s', (_what, state, field, expected) => {
    expect(focusAfterChoice(aState(state), { field, type: visit, noteIsEmpty: true })).toBe(expected)
  })

  it('stays on the slot when the note is written', () => {
    expect(focusAfterChoice(aState({ nextChoice: '2' }), { field: 'next', type: visit, noteIsEmpty: false })).toBe(
      'next',
    )
  })

  it('leads from the kind of a call to the note', () => {
    expect(focusAfterChoice(aState({ kind: 'CTOA' }), { field: 'kind', type: call, noteIsEmpty: true })).toBe('note')
  })
})
