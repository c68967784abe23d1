import type { Query } from '@tanstack/react-query'
import type { Changed, Topic } from '../../shared/ipc/contract.ts'
import { queryClient } from './api.ts'

/** Which calls may answer differently after a change of each topic, by the beginning of their names. */
const TOUCHES: Readonly<Record<Topic, readonly string[]>> = {
  session: ['session.get'],
  diary: ['today.'],
  case: ['cases.', 'conflicts.', 'documents.', 'today.prepare'],
  caseload: ['caseload.', 'find.people'],
  documents: ['documents.'],
  sync: ['sync.', 'conflicts.'],
}

/** Whether the answer with this key may be another one after the change. */
export function isTouched({ topic, caseId }: Changed, key: readonly unknown[]): boolean {
  const [name, input] = key
  if (typeof name !== 'string' || !TOUCHES[topic].some(prefix => name.startsWith(prefix))) return false
  const askedFor = typeof input === 'object' && input !== null && 'caseId' in input ? input.caseId : undefined
  return topic !== 'case' || caseId === undefined || askedFor === undefined || askedFor === null || askedFor === caseId
}

/** Asks again, after each commit in main, for what is on screen and may have changed. Returns how to stop. */
export function followChanges(): () => void {
  return window.api.onChanged(changed => {
    const predicate = ({ queryKey }: Query) => isTouched(changed, queryKey)
    void queryClient.invalidateQueries({ predicate })
  })
}
