import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { recordState, type RecordState } from '../../sync/recordState.ts'
import { calendarDate, instant, timeOfDay } from '../../time.ts'
import type { Reference } from '../reference/reference.ts'
import { startsAt, toldHow, type Appointment } from './appointment.ts'

/** An appointment as lists show it. */
export const appointmentView = z.strictObject({
  id,
  caseId,
  kind: z.string(),
  kindLabel: z.string(),
  countsForStandards: z.boolean(),
  startsOn: calendarDate,
  startsTime: timeOfDay,
  startsAt: instant,
  durationMinutes: z.int(),
  place: z.string(),
  withUserName: z.string(),
  status: z.enum(['planned', 'done', 'rescheduled', 'cancelled']),
  statusReason: z.string(),
  toldHow,
  state: recordState,
})
export type AppointmentView = z.infer<typeof appointmentView>

/** A slot that is offered for the next appointment. */
export const slotView = z.strictObject({
  on: calendarDate,
  time: timeOfDay,
  problem: z.enum(['clash', 'holiday', 'weekend', 'outside-hours']).nullable(),
  clashWith: z.string().nullable(),
  instead: z.strictObject({ on: calendarDate, time: timeOfDay }).nullable(),
  holidaysKnownUntil: calendarDate.nullable(),
})
export type SlotView = z.infer<typeof slotView>

/** An appointment for the window. */
export function appointmentViewOf(
  appointment: { readonly id: string; readonly caseId: string; readonly fields: Appointment },
  reference: Reference,
  stateOf: (id: string) => RecordState,
): AppointmentView {
  const { id, caseId, fields } = appointment
  const type = reference.contactTypes.get(fields.kind)
  return {
    id,
    caseId,
    kind: fields.kind,
    kindLabel: type?.label ?? fields.kind,
    countsForStandards: type?.nationalStandards ?? false,
    startsOn: fields.startsOn,
    startsTime: fields.startsTime,
    startsAt: startsAt(fields),
    durationMinutes: fields.durationMinutes,
    place: fields.place,
    withUserName: fields.withUserName,
    status: fields.status,
    statusReason: fields.statusReason,
    toldHow: fields.toldHow,
    state: stateOf(id),
  }
}
