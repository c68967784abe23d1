import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { filledLine, line, prose } from '../../text.ts'
import { calendarDate, instant, timeOfDay } from '../../time.ts'
import { newAppointment } from '../appointments/appointmentsContract.ts'
import { NOTE_LENGTH_MAX } from './contact.ts'
import { contactView } from './contactViews.ts'

/** What the officer enters on the record screen. The same schema checks the form and the call. */
export const contactEntry = z.strictObject({
  kind: filledLine(10),
  startedOn: calendarDate,
  startedTime: timeOfDay,
  durationMinutes: z.int().min(0).max(600),
  outcome: filledLine(10).nullable(),
  note: prose(NOTE_LENGTH_MAX),
  sensitive: z.boolean(),
  place: line(100),
  requirementId: id.nullable(),
  credits: z.number().min(0).max(100),
  next: newAppointment.nullable(),
})
export type ContactEntry = z.infer<typeof contactEntry>

/** Ids that `forms.open` made for one record screen. Saving the same ids twice saves once. */
export const contactFormIds = z.strictObject({
  formId: id,
  actionId: id,
  contactId: id,
  nextId: id,
  opIds: z.tuple([id, id, id]),
})
export type ContactFormIds = z.infer<typeof contactFormIds>

const correction = {
  actionId: id,
  opId: id,
  /** Of the new record that corrects. */
  id,
  caseId,
  contactId: id,
  startedAt: instant,
  reason: filledLine(500),
}

export const contactsContract = defineContract({
  'contacts.record': {
    input: z.strictObject({
      ids: contactFormIds,
      caseId,
      appointmentId: id.nullable(),
      /** `fieldRev` of the appointment's status when the form was opened. */
      appointmentBaseRev: z.int().min(0),
      /** The refused operation that this entry mends. */
      mends: id.nullable(),
      entry: contactEntry,
    }),
    output: z.strictObject({ actionId: id, contactId: id, undoUntil: instant }),
  },
  /** `startedAt` names the contact together with its id: contacts lie in the store by their start. */
  'contacts.get': { input: z.strictObject({ caseId, id, startedAt: instant }), output: contactView },
  /** Replaces the text of a contact by a new record that names it; the first text stays readable. */
  'contacts.amend': {
    input: z.strictObject({
      ...correction,
      note: prose(NOTE_LENGTH_MAX),
    }),
    output: z.strictObject({ actionId: id, undoUntil: instant }),
  },
  'contacts.strike': {
    input: z.strictObject(correction),
    output: z.strictObject({ actionId: id, undoUntil: instant }),
  },
})
