import { caseloadSort, type CaseloadSort } from '../../../shared/features/caseload/caseloadContract.ts'
import type { Answer } from '../../../shared/ipc/contract.ts'
import { daysBetween, londonDate, londonTime } from '../../../shared/time.ts'
import { columnDay, count, crnText, dueText, riskWords, roshText } from '../../app/words.ts'
import { figure } from '../../app/figure.ts'

export type Row = Answer<'caseload.list'>['rows'][number]

/** The columns, in their order on screen. */
export const columns = [
  { sort: 'name', text: 'Name' },
  { sort: 'rosh', text: 'RoSH' },
  { sort: 'order-ends', text: 'Order' },
  { sort: 'last-contact', text: 'Last contact' },
  { sort: 'next-appointment', text: 'Next appointment' },
  { sort: 'owed', text: 'Owed' },
] as const satisfies readonly { readonly sort: CaseloadSort; readonly text: string }[]

export const sortText: Readonly<Record<CaseloadSort, string>> = {
  owed: 'owed soonest first',
  name: 'by name',
  'next-appointment': 'next appointment first',
  'last-contact': 'longest without contact first',
  'order-ends': 'order that ends soonest first',
  rosh: 'highest risk first',
}

/** The next order in which to sort, round the list. */
export function nextSort(sort: CaseloadSort): CaseloadSort {
  const all = caseloadSort.options
  return all[(all.indexOf(sort) + 1) % all.length] ?? sort
}

/** `4 days ago`, `today`, or the day where it is long ago. */
export function lastContactText(at: number | null, today: string): string {
  if (at === null) return 'None'
  const days = daysBetween(londonDate(at), today)
  if (days <= 0) return 'Today'
  return days === 1 ? 'Yesterday' : days < 60 ? `${count(days, 'day')} ago` : columnDay(londonDate(at), today)
}

export const nextAppointmentText = (at: number | null, today: string): string =>
  at === null ? 'None booked' : `${columnDay(londonDate(at), today)}, ${londonTime(at)}`

export function orderText({ orderLabel, orderEndsOn }: Row, today: string): string {
  if (orderLabel === null) return 'None'
  if (orderEndsOn === null) return orderLabel
  const days = daysBetween(today, orderEndsOn)
  return days < 0 ? `${orderLabel}, ended` : `${orderLabel}, ${count(days, 'day')}`
}

export function owedText({ owedOn, owedCount }: Row, today: string): string {
  if (owedOn === null) return ''
  return owedCount > 1 ? `${dueText(owedOn, today)}, ${owedCount} things` : dueText(owedOn, today)
}

/** The row as a sentence, for readers. */
export const rowName = (row: Row, today: string): string =>
  [
    row.person.name,
    crnText(row.person.crn),
    ...riskWords(row.person),
    ...(row.person.rosh === 'low' ? [roshText.low] : []),
    orderText(row, today),
    `last contact ${lastContactText(row.lastContactAt, today)}`,
    `next appointment ${nextAppointmentText(row.nextAppointmentAt, today)}`,
    ...(row.owedOn === null ? [] : [`owed ${owedText(row, today)}`]),
  ].join(', ')

export function countText(total: number, all: number, words: string): string {
  if (words === '') return count(all, 'person', 'people')
  return `${figure(total)} of ${count(all, 'person', 'people')}`
}
