import * as z from 'zod'
import { userName } from '../../ids.ts'
import { appendOnlyRecord } from '../../sync/record.ts'
import { filledLine, line, prose } from '../../text.ts'
import { instant } from '../../time.ts'

/** Longest note, in code points. Source: docs/sources.md#note-length */
export const NOTE_LENGTH_MAX = 12_000
/** From here on the screen counts. */
export const NOTE_LENGTH_WARNING = 11_000

/** Something that has happened: a meeting, an absence, a call, a letter, or an entry that the system made. */
export const contactRecord = appendOnlyRecord({
  /** Code of `contact-types.json`, for example COAP. */
  kind: filledLine(10),
  /** When it began. For an absence, when it should have begun. */
  startedAt: instant,
  durationMinutes: z.int().min(0).max(600),
  /** Code of `outcomes.json`; null where the kind has no outcome, as a call. */
  outcome: filledLine(10).nullable(),
  note: prose(NOTE_LENGTH_MAX),
  /** Whether the note is kept from the person when they ask for their record. Can be put on, never taken off. */
  sensitive: z.boolean(),
  place: line(100),
  appointmentId: z.uuid().nullable(),
  eventId: z.uuid().nullable(),
  requirementId: z.uuid().nullable(),
  /** How much of the requirement this contact served, in the requirement's unit. */
  credits: z.number().min(0).max(100),
  recordedById: filledLine(64),
  recordedByName: userName,
  /** Whether it came to the centre when the case was no longer its author's. The centre says so. */
  cameLate: z.boolean(),
})
export type Contact = z.infer<typeof contactRecord.schema>
