import type { AppError, DiskProblem, FieldProblem } from '../../shared/result.ts'

/** What the officer reads for a refusal. A new code in `AppError` does not compile until it has its sentence here. */
export function errorText(error: AppError): string {
  switch (error.code) {
    case 'not-found':
      return 'This record is not on this PC. It may have been moved to another officer.'
    case 'invalid-input':
      return 'Some answers need another look.'
    case 'not-permitted':
      return 'You cannot do this in this case.'
    case 'changed-meanwhile':
      return `${error.by ?? 'Somebody else'} changed this while it was open here. What you entered is still on screen. Open it again to see both.`
    case 'settled-meanwhile':
      return `${error.by} has settled this meanwhile. Nothing was changed. If it is still wrong, edit the field.`
    case 'already-recorded':
      return 'This is recorded already. What you entered here now is not in it: open the entry and amend it.'
    case 'too-late':
      return 'It is too late to undo this. Amend or withdraw the entry instead, with a reason.'
    case 'not-saved':
      return `Not saved. ${diskText[error.cause]}`
    case 'store-closed':
      return 'The record on this PC is closed, so nothing can be read or saved.'
    case 'internal':
      return `Something went wrong. Reference ${error.reference}. The rest works.`
  }
}

/** What is wrong with the disk, as a sentence. */
export const diskText: Readonly<Record<DiskProblem, string>> = {
  'disk-full': 'This PC’s disk is full.',
  'read-only': 'Holdfast may not write to its folder on this PC.',
  locked: 'Another program holds Holdfast’s file.',
  io: 'This PC’s disk did not answer.',
  corrupt: 'Holdfast’s file on this PC is damaged.',
}

/** What is wrong with a field and what would be right, for fields that have no words of their own. */
export const problemText: Readonly<Record<FieldProblem, string>> = {
  required: 'Fill this in',
  'too-long': 'This is too long',
  'not-allowed': 'This is not one of the answers',
  'not-a-date': 'Type a date, such as 17/3 or 17 March 2026',
  'not-a-time': 'Type a time, such as 10.30',
  'in-the-future': 'This is still to come. Record it when it has happened',
  'in-the-past': 'This is in the past',
  'ends-before-start': 'It ends before it begins',
  'time-does-not-exist': 'The clocks go forward in that hour, so this time does not exist',
  'not-understood': 'Type a day and a time, such as 17/3 10.30, tue 2pm or 2w',
}

/** Words of a form's own, by field, where the general ones do not say what would be right. */
export type OwnWords = Readonly<Record<string, Partial<Record<FieldProblem, string>>>>

/** The words of a reason, which is one line of so many characters at most. */
export const reasonWords = (lengthMax: number): OwnWords => ({
  reason: {
    required: 'Say why',
    'too-long': `Say it in ${lengthMax} characters at most`,
    'not-allowed': 'This has a sign that cannot be kept. Type it by hand',
  },
})

/** The refusals of single fields, in sentences; undefined when the refusal is about something else. */
export function fieldProblems(error: AppError, own: OwnWords = {}): Readonly<Record<string, string>> | undefined {
  if (error.code !== 'invalid-input') return undefined
  return Object.fromEntries(
    Object.entries(error.fields).map(([field, problem]) => [field, own[field]?.[problem] ?? problemText[problem]]),
  )
}
