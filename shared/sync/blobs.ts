import * as z from 'zod'
import { caseId } from '../ids.ts'

/**
 * Bytes of one chunk on the wire and on the disk. At 35 kbit/s one takes 16 s: well within the time of a request, and as long
 * as anything else may have to wait for it.
 */
export const CHUNK_BYTES = 65_536
/** What sealing adds to each chunk. */
export const TAG_BYTES = 16
/** Bytes of the file itself in one chunk. */
export const PLAIN_CHUNK_BYTES = CHUNK_BYTES - TAG_BYTES

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** 32 bytes in base64. */
export const SEALED_KEY = /^[A-Za-z0-9+/]{43}=$/

/** How many chunks a file of so many bytes has. */
export const chunksOfFile = (bytes: number): number => Math.ceil(bytes / PLAIN_CHUNK_BYTES)
/** How many bytes it has when it is sealed. */
export const sealedBytes = (bytes: number): number => bytes + chunksOfFile(bytes) * TAG_BYTES
/** How many chunks so many sealed bytes are. */
export const chunksOfBlob = (bytes: number): number => Math.ceil(bytes / CHUNK_BYTES)
/** Bytes of the chunk at this place: all but the last are full. */
export const chunkLength = (bytes: number, place: number): number =>
  Math.max(0, Math.min(CHUNK_BYTES, bytes - place * CHUNK_BYTES))

/** The sealed bytes of a document, named by their hash. The document goes first: what none names is not taken. */
export const blobOffer = z.strictObject({
  protocol: z.int(),
  caseId,
  hash: sha256,
  /** Sealed. */
  bytes: z.int().min(1),
})
export type BlobOffer = z.infer<typeof blobOffer>

export const blobAnswer = z.object({
  /** Whether all bytes are there and fit the hash. */
  isComplete: z.boolean(),
  /** Places of the chunks that are not there yet, in order. */
  missing: z.array(z.int().min(0)),
})
export type BlobAnswer = z.infer<typeof blobAnswer>

export const blobCommit = z.strictObject({ protocol: z.int(), caseId })
/** In the address of a chunk: the case, and the hash of the chunk alone, so that what was changed on its way is not taken. */
export const chunkQuery = z.strictObject({ caseId, hash: sha256 })
export const blobQuery = z.strictObject({ caseId })
export const blobParams = z.strictObject({ hash: sha256 })
export const chunkParams = z.strictObject({ hash: sha256, place: z.coerce.number().int().min(0).max(9_999) })
