import * as z from 'zod'
import { instant } from '../../time.ts'
import { recordState, worstState, type RecordState } from '../../sync/recordState.ts'
import type { Reference } from '../reference/reference.ts'
import type { EffectiveContact } from './contactText.ts'
import { isFailure } from './failures.ts'

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
  /** It came to the centre when the case was no longer its author's. */
  cameLate: z.boolean(),
  earlier: z.array(z.strictObject({ note: z.string(), reason: z.string().nullable() })),
  struckBecause: z.string().nullable(),
  state: recordState,
})
export type ContactView = z.infer<typeof contactView>

/**
 * A contact for the window.
 *
 * @param stateOf the state of a record by its id.
 */
export function contactViewOf(
  contact: EffectiveContact,
  reference: Reference,
  stateOf: (id: string) => RecordState,
): ContactView {
  const { id, fields, earlier, struckBecause, correctionIds } = contact
  const type = reference.contactTypes.get(fields.kind)
  return {
    id,
    startedAt: fields.startedAt,
    durationMinutes: fields.durationMinutes,
    kind: fields.kind,
    kindLabel: type?.label ?? fields.kind,
    countsForStandards: type?.nationalStandards ?? false,
    isSystem: type?.category === 'system',
    outcome: fields.outcome,
    outcomeLabel: fields.outcome === null ? null : (reference.outcomes.get(fields.outcome)?.label ?? fields.outcome),
    isFailure: isFailure(contact, reference),
    note: fields.note,
    sensitive: fields.sensitive,
    place: fields.place,
    credits: fields.credits,
    recordedByName: fields.recordedByName,
    cameLate: fields.cameLate,
    earlier: [...earlier],
    struckBecause,
    state: worstState([id, ...correctionIds].map(stateOf)),
  }
}
