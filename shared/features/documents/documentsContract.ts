import * as z from 'zod'
import { caseId, id } from '../../ids.ts'
import { defineContract } from '../../ipc/defineContract.ts'
import { PLAIN_CHUNK_BYTES } from '../../sync/blobs.ts'
import { recordState } from '../../sync/recordState.ts'
import { instant } from '../../time.ts'

/** A file crosses between window and engine in pieces of so many bytes: four chunks. */
export const PIECE_BYTES = 4 * PLAIN_CHUNK_BYTES
const piece = z.base64().max(Math.ceil(PIECE_BYTES / 3) * 4)

/** A file that is attached on a record screen and not saved yet. */
export const attachedFile = z.strictObject({
  id,
  name: z.string(),
  bytes: z.int(),
  /** False while it is still being read. */
  isWhole: z.boolean(),
})
export type AttachedFile = z.infer<typeof attachedFile>

/**
 * Where the bytes are. `here`: on this PC and at the centre. `sending`: on this PC, on their way to the centre. `away`: not on
 * this PC yet. `damaged`: what lies on this PC cannot be opened.
 */
export const fileState = z.enum(['here', 'sending', 'away', 'damaged'])

export const documentView = z.strictObject({
  id,
  contactId: id,
  contactAt: instant,
  name: z.string(),
  bytes: z.int(),
  attachedAt: instant,
  recordedByName: z.string(),
  /** Of the record. */
  state: recordState,
  file: z.strictObject({
    state: fileState,
    /** How much of it is there where it goes, 0 to 100. */
    percent: z.int().min(0).max(100),
  }),
})
export type DocumentView = z.infer<typeof documentView>

export const documentsContract = defineContract({
  /** Begins a file of a record screen. Refuses by `file`: too large, empty, or of a kind that is not taken. */
  'documents.begin': {
    input: z.strictObject({ caseId, formId: id, name: z.string().max(1_000), bytes: z.int().min(0) }),
    output: z.strictObject({ id }),
  },
  /** The next piece of it: all but the last have `PIECE_BYTES`. One that comes again changes nothing. */
  'documents.add': { input: z.strictObject({ id, at: z.int().min(0), piece }), output: z.null() },
  'documents.finish': { input: z.strictObject({ id }), output: attachedFile },
  /** Takes a file off the record screen again. */
  'documents.detach': { input: z.strictObject({ id }), output: z.null() },
  'documents.ofForm': {
    input: z.strictObject({ caseId, formId: id }),
    output: z.strictObject({ files: z.array(attachedFile) }),
  },
  /** Newest first. */
  'documents.list': { input: z.strictObject({ caseId }), output: z.strictObject({ documents: z.array(documentView) }) },
  /** A piece of a file, counted from 0. One that is not here yet is fetched next. */
  'documents.read': {
    input: z.strictObject({ caseId, id, piece: z.int().min(0) }),
    output: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('piece'), piece, name: z.string(), pieces: z.int() }),
      z.strictObject({ is: z.literal('away') }),
      z.strictObject({ is: z.literal('damaged') }),
    ]),
  },
})
