import * as z from 'zod'
import { defineContract } from '../../ipc/defineContract.ts'
import { calendarDate, instant } from '../../time.ts'
import { personLine } from '../cases/caseViews.ts'

/** Columns that the caseload can be sorted by, in the order in which the key S goes through them. */
export const caseloadSort = z.enum(['owed', 'name', 'next-appointment', 'last-contact', 'order-ends', 'rosh'])
export type CaseloadSort = z.infer<typeof caseloadSort>

export const caseloadRow = z.strictObject({
  person: personLine,
  aliases: z.string(),
  flags: z.string(),
  orderLabel: z.string().nullable(),
  orderEndsOn: calendarDate.nullable(),
  lastContactAt: instant.nullable(),
  nextAppointmentAt: instant.nullable(),
  owedOn: calendarDate.nullable(),
  owedCount: z.int(),
})
export type CaseloadRow = z.infer<typeof caseloadRow>

export const caseloadContract = defineContract({
  'caseload.list': {
    input: z.strictObject({
      /** Words that must all be in the name, an alias, the CRN or a flag. */
      words: z.string().max(200),
      sort: caseloadSort,
      limit: z.int().min(1).max(200),
      offset: z.int().min(0),
    }),
    output: z.strictObject({ total: z.int(), all: z.int(), today: calendarDate, rows: z.array(caseloadRow) }),
  },
})
