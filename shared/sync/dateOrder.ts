import type { AnyFields } from './recordTypes.ts'

const ENDS = ['endOn', 'endedOn', 'terminatedOn'] as const

/** Whether the field is one of the dates of which one may not lie before another. */
export const isOrderedDate = (field: string): boolean => field === 'startOn' || ENDS.some(end => end === field)

/** The end that lies before the start of the record; undefined where there is none, or the start is not known. */
export function endBeforeStart(fields: AnyFields): string | undefined {
  const { startOn } = fields
  if (typeof startOn !== 'string') return undefined
  return ENDS.find(end => typeof fields[end] === 'string' && fields[end] < startOn)
}
