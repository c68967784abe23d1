/** The answer to "Attended?". */
export type First = 'attended' | 'did-not-comply' | 'sent-home' | 'missed' | 'rescheduled'
/** The answer to the question that some first answers open. */
export type Second =
  'home-service' | 'home-behaviour' | 'unacceptable' | 'wait' | 'acceptable' | 'moved-service' | 'moved-person'
/** Why an absence is acceptable. */
export type Reason =
  'medical' | 'work' | 'family' | 'court' | 'custody' | 'religious' | 'holiday' | 'stood-down' | 'judgement' | 'other'

/** How far the officer has answered. */
export interface OutcomeAnswers {
  readonly first: First | null
  readonly second: Second | null
  readonly reason: Reason | null
}

/** The question that stands open and takes over the letters; null when all are answered. */
export type OpenQuestion = 'first' | 'sent-home' | 'acceptable' | 'reasons' | 'rescheduled' | null

export const NO_ANSWERS: OutcomeAnswers = { first: null, second: null, reason: null }

/** Codes of `outcomes.json` that an officer can log here. */
export const CODE_OF_FIRST = { attended: 'ATTC', 'did-not-comply': 'AFTC' } as const
export const CODE_OF_SECOND = {
  'home-service': 'ATSS',
  'home-behaviour': 'ATSH',
  unacceptable: 'UAAB',
  wait: 'AFTA',
  'moved-service': 'RSSR',
  'moved-person': 'RSOF',
} as const
export const CODE_OF_REASON: Readonly<Record<Reason, string>> = {
  medical: 'AAME',
  work: 'AAEM',
  family: 'AAFC',
  court: 'AACL',
  custody: 'AARC',
  religious: 'AARE',
  holiday: 'AAHO',
  'stood-down': 'AASD',
  judgement: 'CO05',
  other: 'AAAA',
}

const SECONDS_OF: Readonly<Record<First, readonly Second[]>> = {
  attended: [],
  'did-not-comply': [],
  'sent-home': ['home-service', 'home-behaviour'],
  missed: ['unacceptable', 'wait', 'acceptable'],
  rescheduled: ['moved-service', 'moved-person'],
}

/** Answers the first question. The same answer again changes nothing; another one drops what followed from the old. */
export const answerFirst = (answers: OutcomeAnswers, first: First): OutcomeAnswers =>
  answers.first === first ? answers : { ...NO_ANSWERS, first }

/** Answers the second question; an answer that belongs to another first one brings it along. */
export function answerSecond(answers: OutcomeAnswers, second: Second): OutcomeAnswers {
  if (answers.second === second) return answers
  const first = firstOf(second) ?? answers.first
  return { first, second, reason: null }
}

const firstOf = (second: Second): First | undefined =>
  (Object.keys(SECONDS_OF) as First[]).find(first => SECONDS_OF[first].includes(second)) // the keys of the record

export const answerReason = (reason: Reason): OutcomeAnswers => ({ first: 'missed', second: 'acceptable', reason })

/** Opens the reasons again for another choice. */
export const askReasonAgain = (answers: OutcomeAnswers): OutcomeAnswers =>
  answers.second === 'acceptable' ? { ...answers, reason: null } : answers

/** Closes the question that stands open, without an answer to it. */
export function closeQuestion(answers: OutcomeAnswers): OutcomeAnswers {
  const open = openQuestion(answers)
  if (open === 'reasons') return { ...answers, second: null, reason: null }
  return open === 'first' || open === null ? answers : NO_ANSWERS
}

export function openQuestion({ first, second, reason }: OutcomeAnswers): OpenQuestion {
  if (first === null) return 'first'
  if (first === 'sent-home') return second === null ? 'sent-home' : null
  if (first === 'rescheduled') return second === null ? 'rescheduled' : null
  if (first !== 'missed') return null
  if (second === null) return 'acceptable'
  return second === 'acceptable' && reason === null ? 'reasons' : null
}

/** The code that is stored; null while a question stands open. */
export function codeOf({ first, second, reason }: OutcomeAnswers): string | null {
  if (first === 'attended' || first === 'did-not-comply') return CODE_OF_FIRST[first]
  if (second === 'acceptable') return reason && CODE_OF_REASON[reason]
  return second && CODE_OF_SECOND[second]
}

/** The answers that lead to a code: how a draft comes back on screen. */
export function answersOf(code: string | null): OutcomeAnswers {
  if (code === null) return NO_ANSWERS
  const first = keyOf(CODE_OF_FIRST, code)
  if (first) return { ...NO_ANSWERS, first }
  const second = keyOf(CODE_OF_SECOND, code)
  if (second) return answerSecond(NO_ANSWERS, second)
  const reason = keyOf(CODE_OF_REASON, code)
  return reason ? answerReason(reason) : NO_ANSWERS
}

const keyOf = <Key extends string>(codes: Readonly<Record<Key, string>>, code: string): Key | undefined =>
  (Object.keys(codes) as Key[]).find(key => codes[key] === code) // the keys of the record
