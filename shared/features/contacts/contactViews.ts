import * as z from 'zod'
import { instant } from '../../time.ts'
import { recordState } from '../../sync/recordState.ts'

/** A contact as the case shows it. */
export const contactView = z.strictObject({
  id: z.uuid(),
  startedAt: instant,
  durationMinutes: z.int(),
  kind: z.string(),
  kindLabel: z.string(),
  countsForStandards: z.boolean(),
  isSystem: z.boolean(),
  outcome: z.string().nullable(),
  outcomeLabel: z.string().nullable(),
  /** Whether the outcome says that the person did not comply. */
  isFailure: z.boolean(),
  note: z.string(),
  sensitive: z.boolean(),
  place: z.string(),
  credits: z.number(),
  recordedByName: z.string(),
  earlier: z.array(z.strictObject({ note: z.string(), reason: z.string().nullable() })),
  struckBecause: z.string().nullable(),
  state: recordState,
})
export type ContactView = z.infer<typeof contactView>
