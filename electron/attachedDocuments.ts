import type { Actor } from '../shared/access/actor.ts'
import type { Document } from '../shared/features/documents/document.ts'
import { newId, type Random } from '../shared/ids.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { sealedBytes } from '../shared/sync/blobs.ts'
import { operationType } from '../shared/sync/protocol.ts'
import type { Clock } from '../shared/time.ts'
import type { Database, Transaction } from '../db/database.ts'
import {
  addAttached,
  findFile,
  findSameContent,
  forgetAttachedOfForm,
  forgetFile,
  keepFile,
  listAttached,
  type AttachedFileRow,
} from '../db/features/documents/documentsRepository.ts'
import { listUnsentOfAction, type NewOperation } from '../db/outbox/outboxRepository.ts'

interface Contact {
  readonly caseId: string
  readonly id: string
  readonly startedAt: number
}

/** What becomes of the files of a record screen when it is saved, and when that is undone. */
export interface AttachedDocuments {
  /**
   * The operations that save them with their contact, and what is kept in the same step. Refuses while one is still being
   * read. A form that is sent again gives the same again.
   */
  take(
    actor: Actor,
    form: { readonly formId: string; readonly actionId: string },
    contact: Contact,
  ): Result<{ readonly operations: readonly NewOperation[]; readonly keep: (tx: Transaction) => void }>
  /** After the operations of an action were taken back: its files belong to a form again. */
  giveBack(tx: Transaction, operations: readonly NewOperation[], formId: string): void
}

const CREATE = operationType('document', 'create')

type WholeFile = AttachedFileRow & { readonly contentHash: string; readonly blobHash: string }
const isWhole = (file: AttachedFileRow): file is WholeFile => file.contentHash !== null && file.blobHash !== null

export function createAttachedDocuments({
  db,
  clock,
  random,
}: {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
}): AttachedDocuments {
  return {
    take(actor, { formId, actionId }, contact) {
      const attached = listAttached(db, formId)
      const files = attached.filter(isWhole)
      if (files.length < attached.length) return refuse({ code: 'invalid-input', fields: { files: 'required' } })
      const again = listUnsentOfAction(db, actionId).filter(one => one.type === CREATE)
      const fresh = files.map(file => ({ file, fields: fieldsOf(actor, file, contact) }))
      const operations = fresh.map(({ file, fields }): NewOperation => {
        return { opId: file.opId, type: CREATE, caseId: contact.caseId, id: file.id, body: { create: fields } }
      })
      return ok({
        operations: [...again, ...operations],
        keep(tx) {
          for (const { file, fields } of fresh) {
            keepFile(tx, { caseId: contact.caseId, blobHash: fields.blobHash }, file.file, sealedBytes(file.bytes))
          }
          if (attached.length > 0) forgetAttachedOfForm(tx, formId)
        },
      })
    },

    giveBack(tx, operations, formId) {
      for (const { type, caseId, body } of operations) {
        if (type !== CREATE || !('create' in body)) continue
        const fields = body.create as unknown as Document // queued by `take`
        const { name, mediaType, bytes, key, contentHash, blobHash, attachedAt } = fields
        const kept = findFile(tx, { caseId, blobHash })
        if (!kept) continue
        const ids = { id: newId(clock.now(), random), opId: newId(clock.now(), random), formId, caseId }
        const whole = { contentHash, blobHash, begunAt: attachedAt, file: kept.file }
        addAttached(tx, { ...ids, name, mediaType, bytes, key, ...whole })
        forgetFile(tx, { caseId, blobHash })
      }
    },
  }

  /** The same content in the same case is kept and sent once: it is named as it was sealed the first time. */
  function fieldsOf(actor: Actor, file: WholeFile, { caseId, id, startedAt }: Contact): Document {
    const { name, mediaType, bytes, contentHash, key, blobHash, begunAt } = file
    return {
      contactId: id,
      contactAt: startedAt,
      name,
      mediaType,
      bytes,
      attachedAt: begunAt,
      contentHash,
      ...(findSameContent(db, caseId, contentHash) ?? { key, blobHash }),
      recordedById: actor.userId,
      recordedByName: actor.userName,
      amends: null,
      strikes: null,
      reason: null,
    }
  }
}
