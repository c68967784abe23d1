import * as z from 'zod'

/**
 * Where a record is. `saved`: committed on this PC, not sent. `sent`: a request that holds it has gone out, no answer stored.
 * `confirmed`: the centre's answer is stored. `needs-you`: refused, or two versions.
 */
export const recordState = z.enum(['saved', 'sent', 'confirmed', 'needs-you'])
export type RecordState = z.infer<typeof recordState>

const WORST_FIRST: readonly RecordState[] = ['needs-you', 'saved', 'sent', 'confirmed']

/** The state of something that is made of several records: that of the one that has got least far. */
export const worstState = (states: readonly RecordState[]): RecordState =>
  WORST_FIRST.find(state => states.includes(state)) ?? 'confirmed'
