import { describe, expect, it } from 'vitest'
import {
  answerFirst,
  answerReason,
  answerSecond,
  answersOf,
  askReasonAgain,
  closeQuestion,
  codeOf,
  CODE_OF_FIRST,
  CODE_OF_REASON,
  CODE_OF_SECOND,
  NO_ANSWERS,
  openQuestion,
} from './outcomeRules.ts'

const missed = answerFirst(NO_ANSWERS, 'missed')

describe('the questions about the outcome', () => {
  it('ask nothing more after attended', () => {
    const answers = answerFirst(NO_ANSWERS, 'attended')

    expect(openQuestion(answers)).toBe(null)
    expect(codeOf(answers)).toBe('ATTC')
  })

  it.each([
    ['sent-home', 'sent-home'],
    ['missed', 'acceptable'],
    ['rescheduled', 'rescheduled'],
  ] as const)('open a second one after %s, with no code meanwhile', (first, question) => {
    const answers = answerFirst(NO_ANSWERS, first)

    expect(openQuestion(answers)).toBe(question)
    expect(codeOf(answers)).toBe(null)
  })

  it('open the reasons after acceptable, and close with one of them', () => {
    const acceptable = answerSecond(missed, 'acceptable')

    expect(openQuestion(acceptable)).toBe('reasons')
    expect(codeOf(acceptable)).toBe(null)
    expect(openQuestion(answerReason('medical'))).toBe(null)
    expect(codeOf(answerReason('medical'))).toBe('AAME')
  })

  it('change nothing when the chosen answer is given again', () => {
    const waiting = answerSecond(missed, 'wait')

    expect(answerFirst(waiting, 'missed')).toBe(waiting)
    expect(answerSecond(waiting, 'wait')).toBe(waiting)
  })

  it('drop what followed from an answer that is corrected', () => {
    expect(answerFirst(answerReason('work'), 'attended')).toEqual({ first: 'attended', second: null, reason: null })
  })

  it('bring the first answer along when the second is given straight away', () => {
    expect(codeOf(answerSecond(answerFirst(NO_ANSWERS, 'attended'), 'unacceptable'))).toBe('UAAB')
  })

  it('close without choosing', () => {
    expect(openQuestion(closeQuestion(answerSecond(missed, 'acceptable')))).toBe('acceptable')
    expect(closeQuestion(answerFirst(NO_ANSWERS, 'sent-home'))).toEqual(NO_ANSWERS)
    expect(closeQuestion(answerReason('work'))).toEqual(answerReason('work'))
  })

  it('ask for the reason again only where there was one', () => {
    expect(openQuestion(askReasonAgain(answerReason('work')))).toBe('reasons')
    expect(askReasonAgain(missed)).toBe(missed)
  })

  it('come back from every code that can be logged', () => {
    const codes = [CODE_OF_FIRST, CODE_OF_SECOND, CODE_OF_REASON].flatMap(table => Object.values<string>(table))

    expect(codes.map(code => codeOf(answersOf(code)))).toEqual(codes)
    expect(answersOf('????')).toEqual(NO_ANSWERS)
    expect(answersOf(null)).toEqual(NO_ANSWERS)
  })
})
