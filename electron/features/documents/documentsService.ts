import { createHash, type Hash } from 'node:crypto'
import type { Actor } from '../../../shared/access/actor.ts'
import { mayAct } from '../../../shared/access/mayAct.ts'
import {
  DOCUMENT_BYTES_MAX,
  DOCUMENTS_MAX,
  extensionOf,
  fileNameOf,
  type Document,
} from '../../../shared/features/documents/document.ts'
import {
  PIECE_BYTES,
  type AttachedFile,
  type DocumentView,
} from '../../../shared/features/documents/documentsContract.ts'
import type { Reference } from '../../../shared/features/reference/reference.ts'
import { newId, type Random } from '../../../shared/ids.ts'
import type { Answer, Changed, Input } from '../../../shared/ipc/contract.ts'
import { ok, refuse, type FieldProblem, type Refusal, type Result } from '../../../shared/result.ts'
import { CHUNK_BYTES, chunksOfBlob, chunksOfFile, PLAIN_CHUNK_BYTES, sealedBytes } from '../../../shared/sync/blobs.ts'
import type { RecordState } from '../../../shared/sync/recordState.ts'
import type { Clock } from '../../../shared/time.ts'
import { inTransaction, type Database } from '../../../db/database.ts'
import {
  addAttached,
  askForFile,
  findAttached,
  findDocument,
  findFile,
  finishAttached,
  forgetAttached,
  listAttached,
  listDocuments,
  listFiles,
  storeFile,
  type AttachedFileRow,
  type DocumentFile,
} from '../../../db/features/documents/documentsRepository.ts'
import { recordStates } from '../../../db/outbox/recordStates.ts'
import type { Stored } from '../../../db/records/splitRow.ts'
import type { FileFolder } from '../../files/fileFolder.ts'
import { openChunk, sealPiece } from '../../files/seal.ts'
import { ONE_READING_MS, type ReadAudit } from '../../readAudit.ts'
import { findCaseFacts } from '../../saveAction.ts'

interface DocumentsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
  readonly reference: Reference
  readonly readAudit: ReadAudit
  readonly files: FileFolder
  readonly changed: (changed: Changed) => void
}

/** A file that is being read. It is gone when the engine is: half a file is none. */
interface Reading {
  at: number
  readonly content: Hash
  readonly sealed: Hash
}

const KEY_BYTES = 32
const PIECE_CHUNKS = PIECE_BYTES / PLAIN_CHUNK_BYTES

/** Files of contacts: takes them from the window piece by piece, and gives them out again. On the disk they are sealed. */
export function createDocumentsService(deps: DocumentsDeps) {
  const { db, clock, random, reference, readAudit, files, changed } = deps
  const readings = new Map<string, Reading>()

  return {
    begin(actor: Actor, { caseId, formId, name: given, bytes }: Input<'documents.begin'>): Result<{ id: string }> {
      const facts = findCaseFacts(db, clock, caseId)
      if (!facts || !mayAct(actor, 'read', facts)) return refuse({ code: 'not-found' })
      if (!mayAct(actor, 'document.create', facts)) return refuse({ code: 'not-permitted', action: 'document.create' })
      const name = fileNameOf(given)
      const type = reference.documentTypes.get(extensionOf(name))
      if (!type) return wrong('file', 'not-allowed')
      if (bytes === 0) return wrong('file', 'required')
      if (bytes > DOCUMENT_BYTES_MAX) return wrong('file', 'too-long')
      if (listAttached(db, formId).length >= DOCUMENTS_MAX) return wrong('files', 'too-long')
      const id = newId(clock.now(), random)
      const key = Buffer.from(random.bytes(KEY_BYTES)).toString('base64')
      const ids = { id, formId, caseId, opId: newId(clock.now(), random), file: files.newName() }
      const unread = { contentHash: null, blobHash: null, begunAt: clock.now() }
      inTransaction(db, tx => {
        addAttached(tx, { ...ids, name, mediaType: type.mediaType, bytes, key, ...unread })
      })
      readings.set(id, { at: 0, content: createHash('sha256'), sealed: createHash('sha256') })
      return ok({ id })
    },

    /** The piece is on the disk when this answers. */
    add({ id, at, piece: encoded }: Input<'documents.add'>): Result<null> {
      const row = findAttached(db, id)
      const reading = readings.get(id)
      if (!row || !reading || at > reading.at) return refuse({ code: 'not-found' })
      if (at < reading.at) return ok(null)
      const piece = Buffer.from(encoded, 'base64')
      if (piece.length !== Math.min(PIECE_BYTES, row.bytes - at)) return wrong('piece', 'not-allowed')
      const sealed = sealPiece(keyOf(row), piece, { at, of: row.bytes })
      files.write(row.file, (at / PLAIN_CHUNK_BYTES) * CHUNK_BYTES, sealed)
      reading.content.update(piece)
      reading.sealed.update(sealed)
      reading.at = at + piece.length
      return ok(null)
    },

    finish({ id }: Input<'documents.finish'>): Result<AttachedFile> {
      const row = findAttached(db, id)
      if (!row) return refuse({ code: 'not-found' })
      if (row.contentHash !== null) return ok(attachedOf(row))
      const reading = readings.get(id)
      if (reading?.at !== row.bytes) return refuse({ code: 'not-found' })
      const hashes = { contentHash: reading.content.digest('hex'), blobHash: reading.sealed.digest('hex') }
      readings.delete(id)
      inTransaction(db, tx => {
        finishAttached(tx, id, hashes)
      })
      return ok(attachedOf({ ...row, ...hashes }))
    },

    detach({ id }: Input<'documents.detach'>): Result<null> {
      readings.delete(id)
      inTransaction(db, tx => {
        forgetAttached(tx, id)
      })
      return ok(null)
    },

    ofForm(actor: Actor, { caseId, formId }: Input<'documents.ofForm'>): Result<Answer<'documents.ofForm'>> {
      if (!readAudit.mayRead(actor, caseId)) return refuse({ code: 'not-found' })
      return ok({
        files: listAttached(db, formId)
          .filter(one => one.caseId === caseId)
          .map(attachedOf),
      })
    },

    list(actor: Actor, { caseId }: Input<'documents.list'>): Result<Answer<'documents.list'>> {
      const refused = readAudit.openCase(actor, caseId)
      if (refused) return refused
      const kept = listFiles(db, caseId)
      const stateOf = recordStates(db, caseId)
      const documents = listDocuments(db, caseId)
      return ok({ documents: documents.map(one => viewOf(one, kept.get(one.fields.blobHash), stateOf(one.id))) })
    },

    read(actor: Actor, { caseId, id, piece }: Input<'documents.read'>): Result<Answer<'documents.read'>> {
      if (!readAudit.mayRead(actor, caseId)) return refuse({ code: 'not-found' })
      const document = findDocument(db, caseId, id)
      const pieces = document && Math.ceil(document.fields.bytes / PIECE_BYTES)
      if (!pieces || piece >= pieces) return refuse({ code: 'not-found' })
      const file = findFile(db, { caseId, blobHash: document.fields.blobHash })
      if (file?.state === 'damaged') return ok({ is: 'damaged' })
      if (!file || file.state === 'fetching') return fetchNext(document)
      readAudit.read(actor, {
        action: 'document.read',
        key: id,
        withinMs: ONE_READING_MS,
        caseId,
        detail: { documentId: id },
      })
      const opened = openPiece(document.fields, file, piece)
      if (!opened) return lose(document, file)
      return ok({ is: 'piece', piece: opened.toString('base64'), name: document.fields.name, pieces })
    },
  }

  /** Undefined where what is on the disk is not what was written. */
  function openPiece({ key, bytes }: Document, { file }: DocumentFile, piece: number): Buffer | undefined {
    const last = chunksOfFile(bytes) - 1
    const first = piece * PIECE_CHUNKS
    const sealed = files.read(file, first * CHUNK_BYTES, PIECE_CHUNKS * CHUNK_BYTES)
    const expected = Math.min(PIECE_CHUNKS * CHUNK_BYTES, sealedBytes(bytes) - first * CHUNK_BYTES)
    if (sealed.length !== expected) return undefined
    const chunks = Array.from({ length: chunksOfBlob(expected) }, (_, place) => {
      const chunk = sealed.subarray(place * CHUNK_BYTES, (place + 1) * CHUNK_BYTES)
      return openChunk(Buffer.from(key, 'base64'), { place: first + place, isLast: first + place === last }, chunk)
    })
    return chunks.every(chunk => chunk !== undefined) ? Buffer.concat(chunks) : undefined
  }

  /** Somebody waits for it: it is the next to be fetched. */
  function fetchNext({ caseId, fields }: Stored<Document>): Result<Answer<'documents.read'>> {
    inTransaction(db, tx => {
      const fresh = { file: files.newName(), bytes: sealedBytes(fields.bytes), isWanted: true }
      askForFile(tx, { caseId, blobHash: fields.blobHash }, fresh)
    })
    changed({ topic: 'sync', caseId })
    return ok({ is: 'away' })
  }

  /** Its bytes on this PC are damaged: the centre has others, unless they never left this PC. */
  function lose(document: Stored<Document>, file: DocumentFile): Result<Answer<'documents.read'>> {
    const { caseId } = document
    const isElsewhere = file.state === 'here'
    inTransaction(db, tx => {
      storeFile(tx, file, isElsewhere ? { state: 'fetching', chunks: 0, notBefore: 0 } : { state: 'damaged' })
    })
    changed({ topic: 'documents', caseId })
    return isElsewhere ? fetchNext(document) : ok({ is: 'damaged' })
  }
}

const wrong = (field: string, problem: FieldProblem): Refusal =>
  refuse({ code: 'invalid-input', fields: { [field]: problem } })

const keyOf = ({ key }: Pick<AttachedFileRow, 'key'>): Buffer => Buffer.from(key, 'base64')

const attachedOf = ({ id, name, bytes, contentHash }: AttachedFileRow): AttachedFile => ({
  id,
  name,
  bytes,
  isWhole: contentHash !== null,
})

function viewOf({ id, fields }: Stored<Document>, file: DocumentFile | undefined, state: RecordState): DocumentView {
  const { contactId, contactAt, name, bytes, attachedAt, recordedByName } = fields
  return { id, contactId, contactAt, name, bytes, attachedAt, recordedByName, state, file: fileOf(file) }
}

function fileOf(file: DocumentFile | undefined): DocumentView['file'] {
  if (!file) return { state: 'away', percent: 0 }
  const percent = Math.floor((file.chunks * 100) / chunksOfBlob(file.bytes))
  return { state: file.state === 'fetching' ? 'away' : file.state, percent }
}
