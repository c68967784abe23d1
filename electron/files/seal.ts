import { createCipheriv, createDecipheriv } from 'node:crypto'
import { PLAIN_CHUNK_BYTES, TAG_BYTES } from '../../shared/sync/blobs.ts'

const NONCE_BYTES = 12

/**
 * The nonce is the place of the chunk and whether it is the last one: a key seals one file, so none comes twice, and chunks
 * that were moved, left out or added do not open.
 */
function nonceOf(place: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES)
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 5)
  nonce.writeUInt32BE(place, NONCE_BYTES - 4)
  return nonce
}

/** What a chunk is in its file. */
export interface ChunkPlace {
  readonly place: number
  readonly isLast: boolean
}

/** Seals one chunk with AES-256-GCM: as many bytes as it has, and 16 more. */
export function sealChunk(key: Uint8Array, { place, isLast }: ChunkPlace, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place, isLast))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The bytes of the file; undefined for a chunk that is damaged, of another file or at another place. */
export function openChunk(key: Uint8Array, { place, isLast }: ChunkPlace, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place, isLast))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  const plain = decipher.update(sealed.subarray(0, -TAG_BYTES))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch {
    return undefined
  }
}

/** Seals a piece of a file: whole chunks, but for the end of the file. */
export function sealPiece(
  key: Uint8Array,
  piece: Uint8Array,
  { at, of }: { readonly at: number; readonly of: number },
): Buffer {
  const chunks: Buffer[] = []
  for (let start = 0; start < piece.length; start += PLAIN_CHUNK_BYTES) {
    const plain = piece.subarray(start, start + PLAIN_CHUNK_BYTES)
    const place = (at + start) / PLAIN_CHUNK_BYTES
    chunks.push(sealChunk(key, { place, isLast: at + start + plain.length === of }, plain))
  }
  return Buffer.concat(chunks)
}
