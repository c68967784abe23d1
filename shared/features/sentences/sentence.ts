import * as z from 'zod'
import { changingRecord, guarded, narrative } from '../../sync/record.ts'
import { filledLine, prose } from '../../text.ts'
import { calendarDate } from '../../time.ts'

/** One sentence or order: what the court gave, for what, from when to when. */
export const eventRecord = changingRecord({
  /** 1, 2, 3… in the order the courts gave them. */
  number: guarded(z.int().min(1).max(999)),
  sentence: guarded(z.enum(['community-order', 'suspended-sentence-order', 'licence', 'post-sentence-supervision'])),
  offenceCode: guarded(z.string().regex(/^\d{5}$/)),
  offence: guarded(filledLine(200)),
  court: guarded(filledLine(100)),
  sentencedOn: guarded(calendarDate),
  startOn: guarded(calendarDate),
  endOn: guarded(calendarDate),
  /** The day it ended early, by revocation or otherwise; null while it runs or when it ran its time. */
  terminatedOn: guarded(calendarDate.nullable()),
})
export type Event = z.infer<typeof eventRecord.schema>
export type SentenceKind = Event['sentence']

/** Something the order asks for, with how much of it. Progress is added up from the contacts' `credits`, never typed. */
export const requirementRecord = changingRecord({
  eventId: guarded(z.uuid()),
  /** Code of `requirements.json`: F for RAR days, W for unpaid work. */
  code: guarded(filledLine(10)),
  /** How much was ordered, in `unit`; 0 when the requirement has no amount. */
  amount: guarded(z.number().min(0).max(1_000)),
  unit: guarded(z.enum(['days', 'hours', 'months', 'none'])),
  startOn: guarded(calendarDate),
  endedOn: guarded(calendarDate.nullable()),
  note: narrative(prose(2_000)),
})
export type Requirement = z.infer<typeof requirementRecord.schema>

/** Whether the event runs on that day. */
export const isActiveOn = (event: Pick<Event, 'startOn' | 'endOn' | 'terminatedOn'>, day: string): boolean =>
  event.startOn <= day && day <= event.endOn && (event.terminatedOn === null || day <= event.terminatedOn)
