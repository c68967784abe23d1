import { createHash } from 'node:crypto'
import type { MeteredLine } from '../../shared/features/sync/syncContract.ts'
import type { Random } from '../../shared/ids.ts'
import { CHUNK_BYTES, chunkLength, chunksOfBlob, sealedBytes, type BlobAnswer } from '../../shared/sync/blobs.ts'
import { inTransaction } from '../../db/database.ts'
import {
  askForFile,
  findFile,
  findKey,
  nextMove,
  nextMoveAt,
  nextNotHere,
  storeFile,
  type DocumentFile,
} from '../../db/features/documents/documentsRepository.ts'
import { purgeAgain } from '../../db/sync/purges.ts'
import type { FileFolder } from '../files/fileFolder.ts'
import { openChunk } from '../files/seal.ts'
import { nextWaitMs } from './backoff.ts'
import type { Reply } from './centralClient.ts'
import type { SyncDeps } from './syncDeps.ts'
import type { Trouble } from './trouble.ts'

/** What nobody has asked for is fetched up to so many bytes a day, and never a larger file than this. */
const IDLE_BYTES_A_DAY = 32 * 1024 * 1024
const IDLE_FILE_BYTES_MAX = 5 * 1024 * 1024
const DAY_MS = 24 * 60 * 60 * 1000
/** The centre does not know the file yet, or the case is somebody else's now. */
const WANTED_AGAIN_MS = 30_000
const AGAIN_MS = 10 * 60 * 1000

/** Carries the bytes of documents, one request a step. It has a wait of its own: a file that fails holds up no text. */
export interface FileLane {
  /** In how long the next step is due, 0 or less when it is; infinite when there is none. */
  dueInMs(): number
  /** With nothing else to carry: asks for a file that is not here, within the budget. */
  askForMore(): void
  /** @returns trouble that concerns everything: the service asked to be left alone for a while. */
  step(): Promise<Trouble | undefined>
  /** The officer asked: the wait is over. */
  tryNow(): void
}

interface FileLaneDeps extends SyncDeps {
  readonly random: Random
  readonly files: FileFolder
  readonly metered: () => Pick<MeteredLine, 'isMetered'>
  /** A file has come further on its way. */
  readonly fileMoved: () => void
}

export function createFileLane(deps: FileLaneDeps): FileLane {
  const { db, client, clock, random, files, log, metered, fileMoved } = deps
  let waitMs = 0
  /** Monotonic. */
  let notBeforeMs = 0
  let budget = { left: IDLE_BYTES_A_DAY, endsMs: DAY_MS }
  /** What the centre lacks of the file that is being sent. It is asked again after each start. */
  let offered: { readonly blobHash: string; readonly missing: readonly number[] } | undefined

  const isWaiting = (): boolean => clock.monotonicMs() < notBeforeMs

  /** What came of the step, for all but an answer. */
  function failed(file: DocumentFile, reply: Reply<unknown>): Trouble | undefined {
    offered = undefined
    if (reply.is === 'refused' && reply.status === 404) {
      change(file, { notBefore: clock.now() + (file.isWanted ? WANTED_AGAIN_MS : AGAIN_MS) })
      return undefined
    }
    log.write('sync.file', { state: file.state, why: reply.is === 'down' ? reply.reason : codeOf(reply) })
    const retryAfterMs = reply.is === 'down' ? reply.retryAfterMs : null
    waitMs = nextWaitMs(waitMs, random, { retryAfterMs, isMetered: metered().isMetered })
    notBeforeMs = clock.monotonicMs() + waitMs
    return reply.is === 'down' && reply.retryAfterMs !== null ? reply : undefined
  }

  function change(file: DocumentFile, to: Partial<DocumentFile>): void {
    waitMs = 0
    inTransaction(db, tx => {
      storeFile(tx, file, to)
      if (to.state) purgeAgain(tx, file.caseId)
    })
    fileMoved()
  }

  async function send(file: DocumentFile): Promise<Trouble | undefined> {
    const blob = { caseId: file.caseId, hash: file.blobHash }
    if (offered?.blobHash !== file.blobHash) {
      return takeAnswer(file, await client.offerBlob({ ...blob, bytes: file.bytes }))
    }
    const [place, ...rest] = offered.missing
    if (place === undefined) {
      const reply = await client.commitBlob(blob)
      if (reply.is === 'refused' && reply.error.field === 'hash') checkOwn(file)
      return takeAnswer(file, reply)
    }
    const chunk = files.read(file.file, place * CHUNK_BYTES, CHUNK_BYTES)
    if (chunk.length !== chunkLength(file.bytes, place)) {
      change(file, { state: 'damaged' })
      return undefined
    }
    const reply = await client.putChunk(blob, place, chunk)
    if (reply.is !== 'nothing') return failed(file, reply)
    offered = { blobHash: file.blobHash, missing: rest }
    change(file, { chunks: chunksOfBlob(file.bytes) - rest.length })
    return undefined
  }

  function takeAnswer(file: DocumentFile, reply: Reply<BlobAnswer>): Trouble | undefined {
    if (reply.is !== 'answer') return failed(file, reply)
    const { isComplete, missing } = reply.data
    offered = { blobHash: file.blobHash, missing }
    change(file, { chunks: chunksOfBlob(file.bytes) - missing.length, ...(isComplete && { state: 'here' }) })
    return undefined
  }

  /** The centre found that the bytes do not fit their hash: are they wrong here already? */
  function checkOwn(file: DocumentFile): void {
    const hash = createHash('sha256')
    for (let place = 0; place < chunksOfBlob(file.bytes); place++)
      hash.update(files.read(file.file, place * CHUNK_BYTES, CHUNK_BYTES))
    if (hash.digest('hex') !== file.blobHash) change(file, { state: 'damaged' })
  }

  async function fetch(file: DocumentFile): Promise<Trouble | undefined> {
    const { caseId, blobHash, bytes, chunks: place } = file
    const [from, length] = [place * CHUNK_BYTES, chunkLength(bytes, place)]
    const reply = await client.readBlob({ caseId, hash: blobHash }, from, from + length - 1)
    if (reply.is !== 'answer') return failed(file, reply)
    const isLast = place + 1 === chunksOfBlob(bytes)
    const key = findKey(db, file)
    const opened = key && openChunk(Buffer.from(key, 'base64'), { place, isLast }, reply.data)
    if (!opened) return failed(file, { is: 'down', reason: 'service-fault', retryAfterMs: null })
    if (!isStillAsked(file)) return undefined
    files.write(file.file, from, reply.data)
    change(file, { chunks: place + 1, ...(isLast && { state: 'here', isWanted: false }) })
    return undefined
  }

  /** Meanwhile the case may have been taken away, and its files with it. */
  function isStillAsked({ chunks, file, ...key }: DocumentFile): boolean {
    const now = findFile(db, key)
    return now?.state === 'fetching' && now.file === file && now.chunks === chunks
  }

  /** A wait that is longer than any that is set here was set by a clock that has since been put back. */
  function nextInMs(): number {
    const ms = (nextMoveAt(db, clock.now()) ?? Infinity) - clock.now()
    return ms > AGAIN_MS && ms !== Infinity ? 0 : ms
  }

  return {
    dueInMs: () => Math.max(nextInMs(), notBeforeMs - clock.monotonicMs()),

    askForMore() {
      const now = clock.monotonicMs()
      if (now >= budget.endsMs) budget = { left: IDLE_BYTES_A_DAY, endsMs: now + DAY_MS }
      if (metered().isMetered || isWaiting() || nextInMs() <= 0) return
      const next = nextNotHere(db, Math.min(IDLE_FILE_BYTES_MAX, budget.left), clock.now())
      if (!next) return
      const { caseId, fields } = next
      budget = { ...budget, left: budget.left - fields.bytes }
      inTransaction(db, tx => {
        const fresh = { file: files.newName(), bytes: sealedBytes(fields.bytes), isWanted: false }
        askForFile(tx, { caseId, blobHash: fields.blobHash }, fresh)
      })
    },

    async step() {
      const file = nextMove(db, clock.now(), AGAIN_MS)
      if (!file) return undefined
      return file.state === 'sending' ? send(file) : fetch(file)
    },

    tryNow() {
      waitMs = 0
      notBeforeMs = 0
    },
  }
}

const codeOf = (reply: Reply<unknown>): string => (reply.is === 'refused' ? reply.error.code : reply.is)
