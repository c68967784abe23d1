import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { filledLine, line } from '../../text.ts'
import { calendarDate, instant, timeOfDay } from '../../time.ts'
import { toldHow } from './appointment.ts'
import { slotView } from './appointmentViews.ts'

/** An appointment that is to be made. */
export const newAppointment = z.strictObject({
  kind: filledLine(10),
  startsOn: calendarDate,
  startsTime: timeOfDay,
  durationMinutes: z.int().min(0).max(600),
  place: line(100),
  toldHow,
})
export type NewAppointment = z.infer<typeof newAppointment>

const saved = z.strictObject({ actionId: id, undoUntil: instant })

export const appointmentsContract = defineContract({
  'appointments.book': {
    input: z.strictObject({ actionId: id, opId: id, id, caseId, appointment: newAppointment }),
    output: saved,
  },
  /** Moves a planned appointment: the old one stays, marked rescheduled; a new one takes its place. */
  'appointments.move': {
    input: z.strictObject({
      actionId: id,
      opIds: z.tuple([id, id]),
      caseId,
      appointmentId: id,
      /** `fieldRev` of the status when the form was opened. */
      baseRev: z.int().min(0),
      newId: id,
      startsOn: calendarDate,
      startsTime: timeOfDay,
      toldHow,
      askedBy: z.enum(['person', 'service']),
      reason: line(160),
    }),
    output: saved,
  },
  'appointments.cancel': {
    input: z.strictObject({
      actionId: id,
      opId: id,
      caseId,
      appointmentId: id,
      baseRev: z.int().min(0),
      askedBy: z.enum(['person', 'service']),
      reason: filledLine(160),
    }),
    output: saved,
  },
  /** What speaks against a slot in this officer's diary. */
  'appointments.judge': {
    input: z.strictObject({ startsOn: calendarDate, startsTime: timeOfDay, durationMinutes: z.int().min(0).max(600) }),
    output: slotView,
  },
})
