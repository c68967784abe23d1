import type * as z from 'zod'
import { appointmentsContract } from '../features/appointments/appointmentsContract.ts'
import { caseloadContract } from '../features/caseload/caseloadContract.ts'
import { casesContract } from '../features/cases/casesContract.ts'
import { conflictsContract } from '../features/conflicts/conflictsContract.ts'
import { contactsContract } from '../features/contacts/contactsContract.ts'
import { documentsContract } from '../features/documents/documentsContract.ts'
import { findContract } from '../features/find/findContract.ts'
import { formsContract } from '../features/forms/formsContract.ts'
import { sessionContract } from '../features/session/sessionContract.ts'
import { syncContract } from '../features/sync/syncContract.ts'
import { todayContract } from '../features/today/todayContract.ts'
import type { Result } from '../result.ts'

/** Every call the window may make. Add a feature's contract here and the compiler asks for its handlers. */
export const contract = {
  ...sessionContract,
  ...todayContract,
  ...caseloadContract,
  ...casesContract,
  ...conflictsContract,
  ...contactsContract,
  ...appointmentsContract,
  ...formsContract,
  ...findContract,
  ...documentsContract,
  ...syncContract,
}

export type CallName = keyof typeof contract
export type Input<Name extends CallName> = z.infer<(typeof contract)[Name]['input']>
export type Output<Name extends CallName> = z.infer<(typeof contract)[Name]['output']>

/** What a service answers with: the window gets a copy, so nothing in it has to be changeable. */
export type Answer<Name extends CallName> = DeepReadonly<Output<Name>>
// Over a list or a tuple this maps its items and keeps its length.
type DeepReadonly<Value> = Value extends object ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> } : Value

export const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(contract, name)

/** What may have changed, so that the window asks again. */
export type Topic = 'session' | 'diary' | 'case' | 'caseload' | 'documents' | 'sync'
export interface Changed {
  readonly topic: Topic
  readonly caseId?: string
}

/** What the preload gives the window, and all it gives. */
export interface Api {
  invoke<Name extends CallName>(name: Name, input: Input<Name>): Promise<Result<Answer<Name>>>
  /** Calls `listener` after each commit. Returns how to stop. */
  onChanged(listener: (changed: Changed) => void): () => void
}
