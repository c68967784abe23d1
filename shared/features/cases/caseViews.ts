import * as z from 'zod'
import { caseId } from '../../ids.ts'
import { calendarDate, instant } from '../../time.ts'

export const rosh = z.enum(['very-high', 'high', 'medium', 'low'])

/** Who a row of a list is about. */
export const personLine = z.strictObject({
  caseId,
  name: z.string(),
  /** Null while the centre has not given one: shown as "new". */
  crn: z.string().nullable(),
  rosh: rosh.nullable(),
  hasStaffRisk: z.boolean(),
})
export type PersonLine = z.infer<typeof personLine>

export const flagView = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  label: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  note: z.string(),
  startOn: calendarDate,
  nextReviewOn: calendarDate.nullable(),
  endOn: calendarDate.nullable(),
  officerName: z.string(),
})
export type FlagView = z.infer<typeof flagView>

/** What stands at the top of every screen of a case. */
export const caseHeader = z.strictObject({
  person: personLine,
  calledName: z.string(),
  dateOfBirth: calendarDate.nullable(),
  age: z.int().nullable(),
  telephone: z.string().nullable(),
  /** By severity, then by review date; ended ones last. */
  flags: z.array(flagView),
  adjustments: z.array(z.string()),
  /** What to do where there is a risk to staff. */
  staffRisk: z.strictObject({ note: z.string(), reviewedOn: calendarDate, by: z.string() }).nullable(),
  order: z.strictObject({ label: z.string(), endsOn: calendarDate, daysLeft: z.int() }).nullable(),
  /** Set when this case was found to be a copy of another. */
  mergedInto: z.uuid().nullable(),
})
export type CaseHeader = z.infer<typeof caseHeader>

/** One thing owed, for a list. */
export const owedView = z.strictObject({
  caseId,
  name: z.string(),
  kind: z.enum(['evidence', 'warning-letter', 'flag-review', 'tell-appointment']),
  subjectId: z.uuid(),
  dueOn: calendarDate,
  from: calendarDate,
  about: z.string(),
})
export type OwedView = z.infer<typeof owedView>

/** How far one requirement is. */
export const progressView = z.strictObject({
  requirementId: z.uuid(),
  label: z.string(),
  done: z.number(),
  amount: z.number(),
  unit: z.enum(['days', 'hours', 'months', 'none']),
})

export const failuresView = z.strictObject({
  count: z.int(),
  limit: z.int().nullable(),
  withinMonths: z.int().nullable(),
  afterwards: z.enum(['breach', 'recall']),
  since: calendarDate,
  contacts: z.array(z.strictObject({ id: z.uuid(), on: calendarDate, outcome: z.string() })),
  ruleVersion: z.string(),
})

export const orderView = z.strictObject({
  eventId: z.uuid(),
  number: z.int(),
  label: z.string(),
  offence: z.string(),
  court: z.string(),
  startOn: calendarDate,
  endOn: calendarDate,
  isActive: z.boolean(),
  daysLeft: z.int(),
  /** Share of its time that has passed, 0 to 1. */
  passed: z.number().min(0).max(1),
  requirements: z.array(progressView),
  failures: failuresView.nullable(),
})
export type OrderView = z.infer<typeof orderView>

export const backfillView = z.strictObject({
  /** Whether every row of the case is here. */
  isComplete: z.boolean(),
  /** Start of the oldest contact that is here. */
  oldestAt: instant.nullable(),
})
