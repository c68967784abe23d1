import { createHash } from 'node:crypto'
import { type BlobAnswer, chunkLength, chunksOfBlob, sealedBytes } from '../../../shared/sync/blobs.ts'
import { DOCUMENT_BYTES_MAX } from '../../../shared/features/documents/document.ts'
import type { Actor } from '../../../shared/access/actor.ts'
import type { Clock } from '../../../shared/time.ts'
import type { Blob, BlobKey, BlobStore } from './blobStore.ts'

export interface DocumentDeps {
  readonly blobs: BlobStore
  readonly clock: Clock
}

/**
 * Why something is not taken or given. `not-found`: no such case, not this user's to see, no document that names the blob, or
 * no such bytes. Nobody can tell which.
 */
export type BlobProblem =
  | 'not-found'
  | 'file-too-large'
  | 'wrong-bytes'
  | 'no-such-chunk'
  | 'chunk-too-large'
  | 'chunk-too-short'
  | 'wrong-chunk-hash'
  | 'wrong-hash'

const BLOB_BYTES_MAX = sealedBytes(DOCUMENT_BYTES_MAX)

/** What is missing of a blob that a document of the case names. */
export async function offerBlob(
  deps: DocumentDeps,
  actor: Actor,
  { bytes, ...key }: BlobKey & { readonly bytes: number },
): Promise<BlobAnswer | BlobProblem> {
  if (bytes > BLOB_BYTES_MAX) return 'file-too-large'
  if (!(await maySend(deps, actor, key.caseId))) return 'not-found'
  const named = await deps.blobs.bytesNamed(key)
  if (named === undefined) return 'not-found'
  if (named !== bytes) return 'wrong-bytes'
  await deps.blobs.begin(key, bytes)
  return answerFor(deps, key, { bytes, isComplete: (await deps.blobs.find(key))?.isComplete ?? false })
}

interface Chunk {
  readonly place: number
  /** As the workstation worked it out. */
  readonly hash: string
  readonly bytes: Buffer
}

/** Keeps one chunk. The same chunk may come twice. */
export async function putChunk(
  deps: DocumentDeps,
  actor: Actor,
  key: BlobKey,
  { place, hash, bytes }: Chunk,
): Promise<null | BlobProblem> {
  const blob = await findToSend(deps, actor, key)
  if (!blob) return 'not-found'
  const length = chunkLength(blob.bytes, place)
  if (length === 0) return 'no-such-chunk'
  if (bytes.length > length) return 'chunk-too-large'
  if (bytes.length < length) return 'chunk-too-short'
  if (sha256Of(bytes) !== hash) return 'wrong-chunk-hash'
  if (!blob.isComplete) await deps.blobs.putChunk(key, place, bytes)
  return null
}

/** Once all chunks are there: checks them together. Where they do not fit the hash all are forgotten. */
export async function commitBlob(deps: DocumentDeps, actor: Actor, key: BlobKey): Promise<BlobAnswer | BlobProblem> {
  const blob = await findToSend(deps, actor, key)
  if (!blob) return 'not-found'
  const answer = await answerFor(deps, key, blob)
  if (answer.isComplete || answer.missing.length > 0) return answer
  if ((await hashOf(deps, key, blob)) !== key.hash) {
    await deps.blobs.dropChunks(key)
    return 'wrong-hash'
  }
  await deps.blobs.complete(key, deps.clock.now())
  return { isComplete: true, missing: [] }
}

/** A blob that is complete, for whoever may read its case. */
export async function findBlob(deps: DocumentDeps, actor: Actor, key: BlobKey): Promise<Blob | undefined> {
  const blob = await findInScope(deps, actor, key)
  return blob?.isComplete ? blob : undefined
}

/** The bytes from `from` to `to`, both counted in, chunk by chunk. */
export async function* readBlob(
  { blobs }: DocumentDeps,
  key: BlobKey,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<Buffer> {
  const size = chunkLength(Number.MAX_SAFE_INTEGER, 0)
  for (let place = Math.floor(from / size); place * size <= to; place++) {
    const chunk = await blobs.readChunk(key, place)
    if (!chunk) throw new Error('a chunk of a complete blob is missing')
    yield chunk.subarray(Math.max(0, from - place * size), Math.min(chunk.length, to + 1 - place * size))
  }
}

const isInScope = ({ blobs, clock }: DocumentDeps, { userId }: Actor, caseId: string): Promise<boolean> =>
  blobs.isInScope({ userId, now: clock.now() }, caseId)

async function findInScope(deps: DocumentDeps, actor: Actor, key: BlobKey): Promise<Blob | undefined> {
  return (await isInScope(deps, actor, key.caseId)) ? deps.blobs.find(key) : undefined
}

/** What was attached before the case was taken away is still taken, as the contact was that it belongs to. */
const maySend = async (deps: DocumentDeps, actor: Actor, caseId: string): Promise<boolean> =>
  (await isInScope(deps, actor, caseId)) || deps.blobs.wasInScope(actor.userId, caseId)

async function findToSend(deps: DocumentDeps, actor: Actor, key: BlobKey): Promise<Blob | undefined> {
  return (await maySend(deps, actor, key.caseId)) ? deps.blobs.find(key) : undefined
}

async function answerFor({ blobs }: DocumentDeps, key: BlobKey, { bytes, isComplete }: Blob): Promise<BlobAnswer> {
  if (isComplete) return { isComplete, missing: [] }
  const here = new Set(await blobs.listPlaces(key))
  const all = Array.from({ length: chunksOfBlob(bytes) }, (_, place) => place)
  return { isComplete, missing: all.filter(place => !here.has(place)) }
}

async function hashOf(deps: DocumentDeps, key: BlobKey, { bytes }: Blob): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of readBlob(deps, key, { from: 0, to: bytes - 1 })) hash.update(chunk)
  return hash.digest('hex')
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
