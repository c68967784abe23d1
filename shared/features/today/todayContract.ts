import * as z from 'zod'
import { id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { calendarDate, instant } from '../../time.ts'
import { appointmentView } from '../appointments/appointmentViews.ts'
import { owedView, personLine } from '../cases/caseViews.ts'
import { contactView } from '../contacts/contactViews.ts'

export const diaryItem = z.strictObject({
  person: personLine,
  appointment: appointmentView,
  /** The outcome that was logged. */
  outcomeLabel: z.string().nullable(),
  /** Whether a draft of its record is kept. */
  hasDraft: z.boolean(),
})
export type DiaryItem = z.infer<typeof diaryItem>

const page = { limit: z.int().min(1).max(100), offset: z.int().min(0) }

export const todayContract = defineContract({
  'today.diary': {
    input: z.strictObject({ day: calendarDate }),
    output: z.strictObject({ today: calendarDate, now: instant, items: z.array(diaryItem) }),
  },
  /** Past appointments of this officer without an outcome, oldest first. */
  'today.toLog': {
    input: z.strictObject(page),
    output: z.strictObject({
      total: z.int(),
      oldestAt: instant.nullable(),
      items: z.array(z.strictObject({ person: personLine, appointment: appointmentView })),
    }),
  },
  'today.owed': {
    input: z.strictObject(page),
    output: z.strictObject({ total: z.int(), items: z.array(owedView) }),
  },
  'today.recent': { input: z.strictObject({}), output: z.array(personLine) },
  /** What to read before a meeting. A read of the case: audited, once a row and day. */
  'today.prepare': {
    input: z.strictObject({ appointmentId: id }),
    output: z.strictObject({
      lastNote: contactView.nullable(),
      askAbout: z.array(z.string()),
      standing: z.array(z.string()),
    }),
  },
})
