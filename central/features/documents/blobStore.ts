import type { Reading } from '../../db/isScopeKept.ts'

/** Which bytes: of which case, and the hash of all of them. */
export interface BlobKey {
  readonly caseId: string
  readonly hash: string
}

export interface Blob {
  /** Sealed. */
  readonly bytes: number
  readonly isComplete: boolean
}

/** What is kept of the bytes of documents. */
export interface BlobStore {
  /** Whether this user may read the case now: the scope that pull gives rows by. */
  isInScope(by: Reading, caseId: string): Promise<boolean>
  /** Whether the case was ever granted to this user. */
  wasInScope(userId: string, caseId: string): Promise<boolean>
  /** How many bytes the documents of this case say that the file has, sealed; undefined where none names it. */
  bytesNamed(key: BlobKey): Promise<number | undefined>
  /** Begins to keep a blob. One that is there stays as it is. */
  begin(key: BlobKey, bytes: number): Promise<void>
  find(key: BlobKey): Promise<Blob | undefined>
  /** Places of the chunks that are there, in order. */
  listPlaces(key: BlobKey): Promise<readonly number[]>
  /** Keeps a chunk. One that is there stays as it is. */
  putChunk(key: BlobKey, place: number, chunk: Buffer): Promise<void>
  readChunk(key: BlobKey, place: number): Promise<Buffer | undefined>
  complete(key: BlobKey, now: number): Promise<void>
  /** Forgets all chunks of a blob that is not complete. */
  dropChunks(key: BlobKey): Promise<void>
}
