import { useNavigate } from '@tanstack/react-router'

interface RecordOptions {
  readonly appointment?: string
  /** The refused operation that is mended. */
  readonly mends?: string
  /** Opens at "Acceptable?". */
  readonly missed?: boolean
}

/** Goes to the screens of a case. */
export function useOpen() {
  const navigate = useNavigate()
  return {
    openCase: (caseId: string) => void navigate({ to: '/case/$caseId', params: { caseId } }),
    /** Opens the case at one entry of its timeline. */
    openEntry: (caseId: string, entry: string, at: number) =>
      void navigate({ to: '/case/$caseId', params: { caseId }, search: { entry, at } }),
    openDocuments: (caseId: string) => void navigate({ to: '/case/$caseId/documents', params: { caseId } }),
    openDetails: (caseId: string, row?: string, field?: string) =>
      void navigate({
        to: '/case/$caseId/details',
        params: { caseId },
        search: { ...(row && { row }), ...(field && { field }) },
      }),
    record: (caseId: string, options: RecordOptions = {}) =>
      void navigate({ to: '/case/$caseId/record', params: { caseId }, search: { ...options } }),
  }
}
