import type { DiaryItem } from '../../../shared/features/today/todayContract.ts'
import { longDay } from '../../../shared/time.ts'
import { count, stateText } from '../../app/words.ts'
import { isToLog } from './diaryRules.ts'
import { figure } from '../../app/figure.ts'

/** `Monday 2 March`, with the year when it is not this year. */
export const dayTitle = (day: string, today: string): string =>
  day.slice(0, 4) === today.slice(0, 4) ? longDay(day).replace(/ \d{4}$/, '') : longDay(day)

/** What the day holds, beside its name. */
export function daySummary(items: readonly DiaryItem[], isToday: boolean): string {
  const standing = items.filter(item => item.appointment.status === 'planned' || item.appointment.status === 'done')
  const people = new Set(standing.map(item => item.person.caseId)).size
  return people === 0 ? '' : `${count(people, 'person', 'people')}${isToday ? ' today' : ''}`
}

/** The one word that matters about a row. */
export interface RowState {
  readonly text: string
  readonly tone: 'amber' | 'plain'
  /** The dot of a record that exists; null where there is none yet. */
  readonly sign: DiaryItem['appointment']['state'] | 'draft' | null
}

export function rowState(item: DiaryItem, now: number): RowState {
  const { status, state, toldHow } = item.appointment
  if (item.outcomeLabel !== null) {
    return { text: `${item.outcomeLabel}. ${stateText[state]}`, tone: 'plain', sign: state }
  }
  if (status === 'rescheduled') return { text: `Rescheduled. ${stateText[state]}`, tone: 'plain', sign: state }
  if (status === 'cancelled') return { text: `Cancelled. ${stateText[state]}`, tone: 'plain', sign: state }
  if (status === 'done') return { text: `Done. ${stateText[state]}`, tone: 'plain', sign: state }
  if (item.hasDraft) return { text: 'Draft', tone: 'amber', sign: 'draft' }
  if (isToLog(item, now)) return { text: 'No outcome', tone: 'amber', sign: null }
  if (toldHow === 'not-told') return { text: 'Not told yet', tone: 'amber', sign: null }
  return state === 'confirmed'
    ? { text: '', tone: 'plain', sign: null }
    : { text: stateText[state], tone: 'plain', sign: state }
}

export const backfillText = (complete: number, all: number): string =>
  `${figure(complete)} of ${count(all, 'case')} are here. The rest are on their way.`
