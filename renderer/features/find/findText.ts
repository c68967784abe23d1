import { briefDay, dayMonthYear, londonDate, londonTime, shortDay } from '../../../shared/time.ts'
import { crnText } from '../../app/words.ts'
import type { FoundNote, FoundPerson } from './findRules.ts'

/** `Z004619, born 3 January 1988`. */
export const personFacts = ({ crn, dateOfBirth }: Pick<FoundPerson, 'crn' | 'dateOfBirth'>): string =>
  dateOfBirth === null ? crnText(crn) : `${crnText(crn)}, born ${dayMonthYear(dateOfBirth)}`

export const nextText = (at: number | null, today: string): string =>
  at === null ? 'No appointment booked' : `${shortDay(londonDate(at), today)}, ${londonTime(at)}`

/** `10 Feb, phone call`, with the name where the note is of another case. */
export const noteFacts = (note: FoundNote, today: string, withName: boolean): string =>
  `${withName ? `${note.name}, ` : ''}${briefDay(londonDate(note.startedAt), today)}, ${note.kindLabel.toLowerCase()}`
