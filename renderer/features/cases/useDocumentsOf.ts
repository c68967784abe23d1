import type { DocumentView } from '../../../shared/features/documents/documentsContract.ts'
import { useCall } from '../../app/api.ts'

/** The files of a contact, in the order in which they were attached. */
export type DocumentsOf = (contactId: string | undefined) => readonly DocumentView[]

export function useDocumentsOf(caseId: string): DocumentsOf {
  const { value } = useCall('documents.list', { caseId })
  const byContact = Map.groupBy(value?.documents.toReversed() ?? [], one => one.contactId)
  return contactId => byContact.get(contactId ?? '') ?? []
}
