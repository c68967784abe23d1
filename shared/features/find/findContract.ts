import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { calendarDate, instant } from '../../time.ts'
import { rosh } from '../cases/caseViews.ts'

const text = z.string().max(200)

export const foundPerson = z.strictObject({
  caseId,
  name: z.string(),
  crn: z.string().nullable(),
  dateOfBirth: calendarDate.nullable(),
  /** Why it is here, where the name does not show it: the alias, the PNC or the date of birth that fits. */
  because: z.string().nullable(),
})

export const foundNote = z.strictObject({
  caseId,
  name: z.string(),
  contactId: id,
  startedAt: instant,
  kindLabel: z.string(),
  excerpt: z.string(),
})
export type FoundNote = z.infer<typeof foundNote>

export const findContract = defineContract({
  /** While typing: name, CRN and date of birth only. */
  'find.people': {
    input: z.strictObject({ text, limit: z.int().min(1).max(50), offset: z.int().min(0) }),
    output: z.strictObject({ total: z.int(), cases: z.int(), people: z.array(foundPerson) }),
  },
  /** After a short rest: excerpts of notes. A read of every case that is shown, and audited as such with the words. */
  'find.notes': {
    input: z.strictObject({
      text,
      /** Only this case, or all but this one. */
      within: caseId.nullable(),
      without: caseId.nullable(),
      limit: z.int().min(1).max(50),
      offset: z.int().min(0),
    }),
    output: z.strictObject({ hasMore: z.boolean(), notes: z.array(foundNote) }),
  },
  /** After a short rest: what tells two people of one name apart. Audited with the words that found them. */
  'find.about': {
    input: z.strictObject({ text, caseIds: z.array(caseId).max(10) }),
    output: z.array(z.strictObject({ caseId, rosh: rosh.nullable(), nextAppointmentAt: instant.nullable() })),
  },
})
