import * as z from 'zod'
import { userName } from '../../ids.ts'
import { changingRecord, free, guarded } from '../../sync/record.ts'
import { filledLine, line } from '../../text.ts'
import { calendarDate, instantOf, timeOfDay } from '../../time.ts'

/** How the person was told of an appointment. `not-told` is owed: nobody may be breached for what they were not told. */
export const toldHow = z.enum(['in-person', 'telephone', 'text', 'email', 'letter', 'not-told'])
export type ToldHow = z.infer<typeof toldHow>

/** A promise to meet: it will happen. What happened is a contact. */
export const appointmentRecord = changingRecord({
  /** Code of `contact-types.json`, for example COAP. */
  kind: free(filledLine(10)),
  /** Day and time in London; `startsAt` is worked out from both. */
  startsOn: guarded(calendarDate),
  startsTime: guarded(timeOfDay),
  durationMinutes: free(z.int().min(0).max(600)),
  place: free(line(100)),
  withUserId: free(filledLine(64)),
  withUserName: free(userName),
  status: guarded(z.enum(['planned', 'done', 'rescheduled', 'cancelled'])),
  /** Why it was moved or cancelled, and who asked; empty while it stands. */
  statusReason: free(line(200)),
  eventId: free(z.uuid().nullable()),
  requirementId: free(z.uuid().nullable()),
  toldHow: free(toldHow),
})
export type Appointment = z.infer<typeof appointmentRecord.schema>

/** The instant it begins. A time that the change of clocks leaves out counts as the first moment after the gap. */
export function startsAt(appointment: Pick<Appointment, 'startsOn' | 'startsTime'>): number {
  const { startsOn, startsTime } = appointment
  return instantOf(startsOn, startsTime) ?? instantOf(startsOn, '02:00') ?? 0
}
