import type * as z from 'zod'
import { userName } from '../../ids.ts'
import { changingRecord, free, guarded } from '../../sync/record.ts'
import { filledLine, prose } from '../../text.ts'
import { calendarDate } from '../../time.ts'

/** A flag on the case: a risk, a vulnerability, or something every officer must know. Codes are those of `registers.json`. */
export const registerRecord = changingRecord({
  code: guarded(filledLine(10)),
  /** What it means for this person and what to do. */
  note: guarded(prose(2_000)),
  startOn: guarded(calendarDate),
  nextReviewOn: free(calendarDate.nullable()),
  endOn: guarded(calendarDate.nullable()),
  /** Who put it on or last reviewed it. */
  officerName: free(userName),
})
/** The flag for risk to staff. Source: docs/sources.md#registers */
export const STAFF_RISK = 'AV2S'
export type Register = z.infer<typeof registerRecord.schema>
