import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { instant } from '../../time.ts'
import { appointmentView, slotView } from '../appointments/appointmentViews.ts'
import { progressView } from '../cases/caseViews.ts'
import { contactFormIds } from '../contacts/contactsContract.ts'
import { contactView } from '../contacts/contactViews.ts'

/** Shape of the record screen's draft. A draft of another version is shown as text, never thrown away. */
export const CONTACT_FORM_VERSION = 1
/** Longest note of a draft: what is too long to be saved is kept too. */
export const DRAFT_NOTE_LENGTH_MAX = 40_000

/** What a draft holds: whatever was on the screen, finished or not. */
export const contactDraft = z.strictObject({
  kind: z.string(),
  startedOn: z.string(),
  startedTime: z.string(),
  durationMinutes: z.string(),
  outcome: z.string().nullable(),
  note: z.string().max(DRAFT_NOTE_LENGTH_MAX),
  sensitive: z.boolean(),
  place: z.string(),
  creditsRequirementId: id.nullable(),
  template: z.string().nullable(),
  nextChoice: z.string().nullable(),
  nextTyped: z.string(),
  toldHow: z.string().nullable(),
  caret: z.int().min(0),
})
export type ContactDraft = z.infer<typeof contactDraft>

export const templateView = z.strictObject({
  id,
  name: z.string(),
  kinds: z.array(z.string()),
  suits: z.enum(['attended', 'absent', 'any']),
  body: z.string(),
})
export type TemplateView = z.infer<typeof templateView>

export const openedContactForm = z.strictObject({
  ids: contactFormIds,
  /** The appointment whose outcome is logged; null for a walk-in, a call or a note. */
  appointment: appointmentView.nullable(),
  appointmentBaseRev: z.int(),
  /** Set when the appointment has its contact already. */
  recordedContactId: id.nullable(),
  mends: id.nullable(),
  /** What the form begins with. */
  initial: contactDraft,
  /** True when `initial` is a draft that was kept. */
  isDraft: z.boolean(),
  draftSavedAt: instant.nullable(),
  templates: z.array(templateView),
  /** Same weekday and time in 1, 2 and 4 weeks. */
  slots: z.array(z.strictObject({ weeks: z.int(), slot: slotView })),
  /** The next appointment that is booked already. */
  booked: appointmentView.nullable(),
  lastNotes: z.array(contactView),
  progress: z.array(progressView),
})

export const formsContract = defineContract({
  'forms.openContact': {
    input: z.strictObject({ caseId, appointmentId: id.nullable(), mends: id.nullable() }),
    output: openedContactForm,
  },
  /** Makes the ids of a small form: an edit, an amendment, an appointment. */
  'forms.ids': { input: z.strictObject({}), output: z.strictObject({ actionId: id, opIds: z.tuple([id, id]), id }) },
  'forms.keepDraft': {
    input: z.strictObject({
      ids: contactFormIds,
      caseId,
      appointmentId: id.nullable(),
      mends: id.nullable(),
      body: contactDraft,
    }),
    output: z.strictObject({ savedAt: instant }),
  },
  'forms.discardDraft': { input: z.strictObject({ formId: id }), output: z.null() },
  /** Takes back one action of the last 10 seconds, as one step. */
  'forms.undo': { input: z.strictObject({ actionId: id }), output: z.null() },
})
