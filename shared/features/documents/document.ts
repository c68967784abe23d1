import * as z from 'zod'
import { id, userId, userName } from '../../ids.ts'
import { SEALED_KEY, sha256 } from '../../sync/blobs.ts'
import { appendOnlyRecord } from '../../sync/record.ts'
import { filledLine } from '../../text.ts'
import { instant } from '../../time.ts'

/** Largest file that is attached, in bytes: 25 MB as Windows counts them. */
export const DOCUMENT_BYTES_MAX = 25 * 1024 * 1024
/** Most files of one contact. */
export const DOCUMENTS_MAX = 20

const NAME_LENGTH_MAX = 150
/** What a name of a file must not have on Windows. */
const NOT_IN_A_NAME = /[\\/:*?"<>|]/

const fileName = filledLine(NAME_LENGTH_MAX).refine(name => !NOT_IN_A_NAME.test(name) && !/^\.+$/.test(name))

/**
 * A file that belongs to a contact: what it is called, what is in it, and how its bytes are opened. The bytes themselves
 * travel apart, after everything else.
 */
export const documentRecord = appendOnlyRecord({
  contactId: id,
  /** When the contact began: the two together name it. */
  contactAt: instant,
  name: fileName,
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/),
  /** Of the file as it was attached. */
  bytes: z.int().min(1).max(DOCUMENT_BYTES_MAX),
  attachedAt: instant,
  /** Of the file as it was attached: the same file of the same case is kept and sent once. */
  contentHash: sha256,
  /** Of the sealed bytes, as they lie on a PC and at the centre. Their name there. */
  blobHash: sha256,
  /** Opens these bytes and no others. */
  key: z.string().regex(SEALED_KEY),
  recordedById: userId,
  recordedByName: userName,
})
export type Document = z.infer<typeof documentRecord.schema>

/** What is kept of the name that a file has where it comes from: its end, which says what it is, is never cut off. */
export function fileNameOf(given: string): string {
  const clean = [...given.normalize('NFC')]
    .filter(sign => filledLine(1).safeParse(sign).success || sign === ' ')
    .join('')
  const name = clean.replaceAll(new RegExp(NOT_IN_A_NAME, 'g'), '_').trim()
  const end = extensionOf(name)
  const start = end === '' ? name : name.slice(0, -end.length - 1)
  const kept = [...start]
    .slice(0, NAME_LENGTH_MAX - end.length - 1)
    .join('')
    .trim()
  return end === '' ? kept : `${kept || 'file'}.${end}`
}

/** `pdf` of `Letter.PDF`; empty for a name without an end. */
export const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
