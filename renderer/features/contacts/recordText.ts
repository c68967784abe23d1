import type { ContactType } from '../../../shared/features/reference/reference.ts'
import type { FieldProblem } from '../../../shared/result.ts'
import { minuteOfDay, readDate, readTime, shortDay, timeOfMinute } from '../../../shared/time.ts'
import { problemText, type OwnWords } from '../../app/errorText.ts'
import type { Choice } from '../../components/ChoiceGroup.tsx'
import { minutesOf } from './entryRules.ts'
import type { First, Reason, Second } from './outcomeRules.ts'
import type { RecordState } from './recordState.ts'

export const firstChoices: readonly Choice<First>[] = [
  { value: 'attended', text: 'Attended and complied', keys: 'record.attended' },
  { value: 'did-not-comply', text: 'Attended, did not comply', keys: 'record.didNotComply' },
  { value: 'sent-home', text: 'Sent home', keys: 'record.sentHome' },
  { value: 'missed', text: 'Missed', keys: 'record.missed' },
  { value: 'rescheduled', text: 'Rescheduled', keys: 'record.rescheduled' },
]

export const homeChoices: readonly Choice<Second>[] = [
  { value: 'home-service', text: 'For a reason of the service', keys: 'record.byService' },
  { value: 'home-behaviour', text: 'For behaviour', keys: 'record.byBehaviour' },
]

export const acceptableChoices: readonly Choice<Second>[] = [
  { value: 'unacceptable', text: 'No, not acceptable', keys: 'record.unacceptable' },
  { value: 'wait', text: 'Wait for evidence', keys: 'record.wait' },
  { value: 'acceptable', text: 'Yes, choose a reason', keys: 'record.acceptable' },
]

export const movedChoices: readonly Choice<Second>[] = [
  { value: 'moved-service', text: 'By the service', keys: 'record.movedByService' },
  { value: 'moved-person', text: 'By the person', keys: 'record.movedByPerson' },
]

export const reasonChoices: readonly Choice<Reason>[] = [
  { value: 'medical', text: 'Medical', keys: 'record.reasonMedical' },
  { value: 'work', text: 'Work', keys: 'record.reasonWork' },
  { value: 'family', text: 'Family or childcare', keys: 'record.reasonFamily' },
  { value: 'court', text: 'Court or legal', keys: 'record.reasonCourt' },
  { value: 'custody', text: 'In custody', keys: 'record.reasonCustody' },
  { value: 'religious', text: 'Religious', keys: 'record.reasonReligious' },
  { value: 'holiday', text: 'Holiday', keys: 'record.reasonHoliday' },
  { value: 'stood-down', text: 'Stood down', keys: 'record.reasonStoodDown' },
  { value: 'judgement', text: 'Officer’s judgement', keys: 'record.reasonJudgement' },
  { value: 'other', text: 'Other', keys: 'record.reasonOther' },
]

/** What a walk-in or a call mostly is; everything else is in the list of kinds. */
export const walkInChoices: readonly Choice<string>[] = [
  { value: 'COAP', text: 'Office visit', hint: 'not planned', keys: 'record.kind1' },
  { value: 'CTOA', text: 'Phone call from the person', keys: 'record.kind2' },
  { value: 'CTOB', text: 'Phone call to the person', keys: 'record.kind3' },
  { value: 'CMOA', text: 'Email or text from the person', keys: 'record.kind4' },
  { value: 'CMOB', text: 'Email or text to the person', keys: 'record.kind5' },
  { value: 'CHVS', text: 'Home visit', keys: 'record.kind6' },
]

/** `Planned office visit, today 10:00`. */
export function contactTitle(type: ContactType | undefined, state: RecordState, today: string): string {
  const day = readDate(state.startedOn, today)
  const when = day === undefined ? state.startedOn : day === today ? 'today' : shortDay(day, today)
  return `${type?.label ?? 'Contact'}, ${when} ${readTime(state.startedTime) ?? state.startedTime}`
}

/** `10:00 to 10:15`, or only the beginning where the length is not a number. */
export function timesText({ startedTime, durationMinutes }: RecordState): string {
  const start = readTime(startedTime)
  const minutes = minutesOf(durationMinutes)
  if (start === undefined || minutes === undefined) return startedTime || 'No time'
  const end = minuteOfDay(start) + minutes
  return minutes === 0 || end >= 24 * 60 ? start : `${start} to ${timeOfMinute(end)}`
}

/** Refusals of the record screen, where the general words do not say what would be right. */
const OWN_WORDS: OwnWords = {
  outcome: { required: 'Choose an outcome: A, D, H, M or R' },
  kind: { required: 'Choose what kind of contact it was' },
  durationMinutes: { 'not-allowed': 'Type a number of minutes from 0 to 600' },
  note: { 'too-long': 'The note may have 12,000 characters. Nothing was cut; shorten it before you save' },
  files: { required: 'A file is still being read. Save again when it is there' },
  next: {
    required: 'This time can no longer be booked. Choose another',
    'not-allowed': 'This time is taken now. Choose another, or save again',
  },
  startedTime: { 'in-the-future': 'This time is still to come. Record it when it has happened' },
}

/** Which field of the screen a refusal belongs to. Everything about the next appointment stands with its choice. */
export const fieldOf = (path: string): string => {
  const field = path.replace(/^(entry|body)\./, '')
  return field.startsWith('next') ? 'next' : field
}

export const recordProblem = (field: string, problem: FieldProblem): string =>
  OWN_WORDS[field]?.[problem] ?? problemText[problem]

export const draftKeptText = (time: string): string => `Draft kept on this PC, ${time}`
