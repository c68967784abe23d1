/** Why something was refused. One list: a new code does not compile until `errorText.ts` has its sentence. */
export type AppError =
  /** The record is not on this PC, or this officer may not see it: both look the same on purpose. */
  | { readonly code: 'not-found' }
  /** Which fields need another look, and why. Keys are paths such as `note` or `next.startsOn`. */
  | { readonly code: 'invalid-input'; readonly fields: Readonly<Record<string, FieldProblem>> }
  | { readonly code: 'not-permitted'; readonly action: string }
  /** Somebody else changed the record since this form was opened. */
  | { readonly code: 'changed-meanwhile'; readonly by: string | null }
  /** The two versions of this field are settled already. */
  | { readonly code: 'settled-meanwhile'; readonly by: string }
  /** The outcome of this appointment, or this very form with other words, is recorded already. */
  | { readonly code: 'already-recorded'; readonly contactId: string }
  /** The 10 seconds are over, or the work has gone out. */
  | { readonly code: 'too-late' }
  /** The disk said no. Nothing was saved; the same call may be tried again. */
  | { readonly code: 'not-saved'; readonly cause: DiskProblem }
  /** The store did not open. `session.get` says why. */
  | { readonly code: 'store-closed' }
  /** A fault of ours. The log has the reference and no personal data. */
  | { readonly code: 'internal'; readonly reference: string }

/** What is wrong with one field. The window has the sentence for each. */
export type FieldProblem =
  | 'required'
  | 'too-long'
  | 'not-allowed'
  | 'not-a-date'
  | 'not-a-time'
  | 'in-the-future'
  | 'in-the-past'
  | 'ends-before-start'
  | 'time-does-not-exist'
  | 'not-understood'

export type DiskProblem = 'disk-full' | 'read-only' | 'locked' | 'io' | 'corrupt'

export type Result<Value> = { readonly ok: true; readonly value: Value } | Refusal
export interface Refusal {
  readonly ok: false
  readonly error: AppError
}

export const ok = <Value>(value: Value): Result<Value> => ({ ok: true, value })
export const refuse = (error: AppError): Refusal => ({ ok: false, error })

/** Stops with `why` when our own reasoning was wrong. Never for anything a user, a file or the network can cause. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${why}`)
}
