import type { CallName, Input, Output } from '../../shared/ipc/contract.ts'
import { PIECE_BYTES } from '../../shared/features/documents/documentsContract.ts'

/** Calls that must not be refused. */
interface Calls {
  value<Name extends CallName>(name: Name, input: Input<Name>): Output<Name>
}

/** Attaches a file to a record screen as the window does: piece by piece. @returns its id. */
export function attach(
  { value }: Calls,
  form: { readonly caseId: string; readonly formId: string },
  content: Buffer,
  name = 'Letter.pdf',
): string {
  const { id } = value('documents.begin', { ...form, name, bytes: content.length })
  for (let at = 0; at < content.length; at += PIECE_BYTES) {
    value('documents.add', { id, at, piece: content.subarray(at, at + PIECE_BYTES).toString('base64') })
  }
  return value('documents.finish', { id }).id
}

/** The whole file as the window gets it, or where it is. */
export function readWhole({ value }: Calls, caseId: string, id: string): Buffer | 'away' | 'damaged' {
  const pieces: Buffer[] = []
  for (let piece = 0; ; piece++) {
    const read = value('documents.read', { caseId, id, piece })
    if (read.is !== 'piece') return read.is
    pieces.push(Buffer.from(read.piece, 'base64'))
    if (piece === read.pieces - 1) return Buffer.concat(pieces)
  }
}
