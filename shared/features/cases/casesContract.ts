import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { recordState } from '../../sync/recordState.ts'
import { instant } from '../../time.ts'
import { appointmentView } from '../appointments/appointmentViews.ts'
import { contactView } from '../contacts/contactViews.ts'
import { contactCategory } from '../reference/reference.ts'
import { backfillView, caseHeader, orderView, owedView } from './caseViews.ts'

/** How many entries one page of the timeline has at most. */
export const TIMELINE_PAGE_MAX = 100

export const timelineEntry = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('contact'), contact: contactView }),
  z.strictObject({ is: z.literal('appointment'), appointment: appointmentView }),
])
export type TimelineEntry = z.infer<typeof timelineEntry>

export const timelineFilter = z.strictObject({
  words: z.string().max(200),
  category: contactCategory.nullable(),
  compliance: z.enum(['complied', 'not-complied', 'no-outcome']).nullable(),
  showSystem: z.boolean(),
})
export type TimelineFilter = z.infer<typeof timelineFilter>

/** One field of the details, as it is shown and edited in place. */
export const detailField = z.strictObject({
  entity: z.enum(['case', 'identifier', 'alias', 'address', 'contact_detail', 'adjustment']),
  id,
  field: z.string(),
  value: z.union([z.string(), z.null()]),
  /** What the edit will be based on. */
  baseRev: z.int(),
  isGuarded: z.boolean(),
  state: recordState,
  /** The conflict to settle, where this field has two versions. */
  conflictId: id.nullable(),
})
export type DetailField = z.infer<typeof detailField>

export const detailGroup = z.strictObject({
  entity: detailField.shape.entity,
  id,
  fields: z.array(detailField),
})
export type DetailGroup = z.infer<typeof detailGroup>

export const casesContract = defineContract({
  /** Opens a case: writes the read to the audit first. */
  'cases.open': {
    input: z.strictObject({ caseId }),
    output: z.strictObject({
      header: caseHeader,
      orders: z.array(orderView),
      lastNotes: z.array(contactView),
      owed: z.array(owedView),
      upcoming: z.array(appointmentView),
      backfill: backfillView,
      /** Whether this officer may record here. */
      mayRecord: z.boolean(),
    }),
  },
  'cases.header': { input: z.strictObject({ caseId }), output: caseHeader },
  /** A page of the timeline, newest first. `before` is the `next` of the page before it. */
  'cases.timeline': {
    input: z.strictObject({
      caseId,
      filter: timelineFilter,
      before: z.strictObject({ at: instant, id }).nullable(),
      limit: z.int().min(1).max(TIMELINE_PAGE_MAX),
    }),
    output: z.strictObject({
      entries: z.array(timelineEntry),
      next: z.strictObject({ at: instant, id }).nullable(),
      /** Entries that the filter lets through, of all. */
      shown: z.int(),
      all: z.int(),
      systemHidden: z.int(),
    }),
  },
  'cases.details': {
    input: z.strictObject({ caseId }),
    output: z.strictObject({ groups: z.array(detailGroup), assigned: z.array(z.string()), mayEdit: z.boolean() }),
  },
  /** Changes one field. `opId` is made by `forms.open`. */
  'cases.editField': {
    input: z.strictObject({
      actionId: id,
      opId: id,
      caseId,
      entity: detailField.shape.entity,
      id,
      field: z.string().max(40),
      value: z.string().max(2_000).nullable(),
      baseRev: z.int().min(0),
    }),
    output: z.strictObject({ actionId: id, undoUntil: instant }),
  },
})
