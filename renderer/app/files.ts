import { PIECE_BYTES, type AttachedFile } from '../../shared/features/documents/documentsContract.ts'
import { ok, type Result } from '../../shared/result.ts'
import { call } from './api.ts'

/** The form that a file is attached to. */
export interface FormPlace {
  readonly caseId: string
  readonly formId: string
}

/**
 * Hands a file over, piece by piece: no more than one piece of it is in memory.
 *
 * @param onProgress is told how much is handed over, 0 to 100.
 */
export async function attachFile(
  file: File,
  place: FormPlace,
  onProgress: (percent: number) => void,
): Promise<Result<AttachedFile>> {
  const begun = await call('documents.begin', { ...place, name: file.name, bytes: file.size })
  if (!begun.ok) return begun
  const { id } = begun.value
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = await base64Of(file.slice(at, at + PIECE_BYTES))
    const added = piece === null ? NOT_READ : await call('documents.add', { id, at, piece })
    if (!added.ok) {
      await call('documents.detach', { id })
      return added
    }
    onProgress(Math.floor(((at + PIECE_BYTES) * 100) / file.size))
  }
  return call('documents.finish', { id })
}

/** The file was taken away, or is a folder, or another program holds it. */
const NOT_READ: Result<never> = { ok: false, error: { code: 'invalid-input', fields: { file: 'not-understood' } } }

function base64Of(bytes: Blob): Promise<string | null> {
  return new Promise(resolve => {
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : null)
    reader.onerror = () => resolve(null)
    reader.readAsDataURL(bytes)
  })
}

/** What became of opening a document. */
type Opened = 'opened' | 'away' | 'damaged'

/** Gets a document piece by piece and gives it to the officer as a file of its name: where it is kept then is theirs to say. */
export async function openDocument(caseId: string, id: string): Promise<Result<Opened>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let piece = 0; ; piece++) {
    const read = await call('documents.read', { caseId, id, piece })
    if (!read.ok) return read
    if (read.value.is !== 'piece') return ok(read.value.is)
    parts.push(Uint8Array.from(atob(read.value.piece), sign => sign.charCodeAt(0)))
    if (piece < read.value.pieces - 1) continue
    giveOut(new Blob(parts, { type: 'application/octet-stream' }), read.value.name)
    return ok('opened')
  }
}

function giveOut(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download has begun: it holds the bytes by itself.
  URL.revokeObjectURL(link.href)
}
