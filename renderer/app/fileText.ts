import { DOCUMENTS_MAX } from '../../shared/features/documents/document.ts'
import type { DocumentView } from '../../shared/features/documents/documentsContract.ts'
import type { AppError } from '../../shared/result.ts'
import type { RecordState } from '../../shared/sync/recordState.ts'
import { errorText, fieldProblems, type OwnWords } from './errorText.ts'
import { stateText } from './words.ts'

const KB = 1024

/** As Windows says it: `340 KB`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < KB) return `${bytes} bytes`
  const kilobytes = Math.ceil(bytes / KB)
  return kilobytes < KB ? `${kilobytes} KB` : `${(bytes / KB / KB).toFixed(1)} MB`
}

export interface FileStateWords {
  readonly dot: RecordState
  readonly text: string
}

/** Where a document is: its record, and its bytes. */
export function fileStateText({ state, file }: Pick<DocumentView, 'state' | 'file'>): FileStateWords {
  if (file.state === 'damaged') return { dot: 'needs-you', text: 'Damaged on this PC' }
  if (file.state === 'away') {
    return { dot: 'sent', text: file.percent === 0 ? 'File on its way' : `File on its way, ${file.percent} %` }
  }
  if (state === 'needs-you' || file.state === 'here') return { dot: state, text: stateText[state] }
  return file.percent === 0
    ? { dot: 'saved', text: stateText.saved }
    : { dot: 'sent', text: `On its way, ${file.percent} %` }
}

const OWN_WORDS: OwnWords = {
  file: {
    'too-long': 'it is larger than 25 MB',
    required: 'it is empty',
    'not-allowed': 'files of this kind are not taken. PDF, Word, Excel, text, pictures and emails are',
    'not-understood': 'it cannot be read',
  },
  files: { 'too-long': `a contact has ${DOCUMENTS_MAX} files at most` },
}

/** `Not attached: large.pdf, it is larger than 25 MB.` */
export function notAttachedText(name: string, error: AppError): string {
  const [problem] = Object.values(fieldProblems(error, OWN_WORDS) ?? {})
  return problem ? `Not attached: ${name}, ${problem}.` : `Not attached: ${name}. ${errorText(error)}`
}
