import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  notExists,
  notInArray,
  or,
  sql,
  type Placeholder,
} from 'drizzle-orm'
import type { Document } from '../../../shared/features/documents/document.ts'
import { prepareOnce, type Database, type Transaction } from '../../database.ts'
import { splitRow, type Stored } from '../../records/splitRow.ts'
import { caseScopeTable } from '../../sync/syncTables.ts'
import { isReadable } from '../../sync/scope.ts'
import { attachedFilesTable, documentFilesTable, documentsTable, removedFilesTable } from './documentsTables.ts'

export type AttachedFileRow = typeof attachedFilesTable.$inferSelect
export type DocumentFile = typeof documentFilesTable.$inferSelect
type FileKey = Pick<DocumentFile, 'caseId' | 'blobHash'>

/** Documents of a case, the newest first. */
export const listDocuments = (db: Database, caseId: string): readonly Stored<Document>[] =>
  db
    .select()
    .from(documentsTable)
    .where(eq(documentsTable.caseId, caseId))
    .orderBy(desc(documentsTable.attachedAt), desc(documentsTable.id))
    .all()
    .map(splitRow)

export function findDocument(db: Database, caseId: string, id: string): Stored<Document> | undefined {
  const row = db
    .select()
    .from(documentsTable)
    .where(and(eq(documentsTable.caseId, caseId), eq(documentsTable.id, id)))
    .get()
  return row && splitRow(row)
}

const isFile = ({ caseId, blobHash }: FileKey) =>
  and(eq(documentFilesTable.caseId, caseId), eq(documentFilesTable.blobHash, blobHash))

export const findFile = (db: Database, key: FileKey): DocumentFile | undefined =>
  db.select().from(documentFilesTable).where(isFile(key)).get()

/** The files of a case, by `blobHash`. */
export const listFiles = (db: Database, caseId: string): ReadonlyMap<string, DocumentFile> =>
  new Map(
    db
      .select()
      .from(documentFilesTable)
      .where(eq(documentFilesTable.caseId, caseId))
      .all()
      .map(one => [one.blobHash, one]),
  )

/** A document of the case with the same content, whose bytes are on this PC. */
export const findSameContent = (
  db: Database,
  caseId: string,
  contentHash: string,
): Pick<Document, 'key' | 'blobHash'> | undefined =>
  db
    .select({ key: documentsTable.key, blobHash: documentsTable.blobHash })
    .from(documentsTable)
    .innerJoin(
      documentFilesTable,
      and(
        eq(documentFilesTable.caseId, documentsTable.caseId),
        eq(documentFilesTable.blobHash, documentsTable.blobHash),
      ),
    )
    .where(
      and(
        eq(documentsTable.caseId, caseId),
        eq(documentsTable.contentHash, contentHash),
        inArray(documentFilesTable.state, ['sending', 'here']),
      ),
    )
    .get()

// ---- Files of a record screen

export function addAttached(tx: Transaction, row: AttachedFileRow): void {
  tx.insert(attachedFilesTable).values(row).run()
}

export const findAttached = (db: Database, id: string): AttachedFileRow | undefined =>
  db.select().from(attachedFilesTable).where(eq(attachedFilesTable.id, id)).get()

/** In the order in which they were attached. */
export const listAttached = (db: Database, formId: string): readonly AttachedFileRow[] =>
  ofForm(db).attached.all({ formId })

export function finishAttached(
  tx: Transaction,
  id: string,
  hashes: { readonly contentHash: string; readonly blobHash: string },
): void {
  tx.update(attachedFilesTable).set(hashes).where(eq(attachedFilesTable.id, id)).run()
}

export const forgetAttached = (tx: Transaction, id: string): void => removeAttached(tx, eq(attachedFilesTable.id, id))

export const forgetAttachedOfForm = (tx: Transaction, formId: string): void =>
  removeAttached(tx, eq(attachedFilesTable.formId, formId))

/** At a start: what was being read when this PC stopped, and what a screen left behind for which no draft is kept. */
export function forgetLeftBehind(tx: Transaction, before: number, formsWithDraft: readonly string[]): void {
  removeAttached(tx, isNull(attachedFilesTable.contentHash))
  const hasNoDraft = notInArray(attachedFilesTable.formId, [...formsWithDraft])
  removeAttached(tx, and(lt(attachedFilesTable.begunAt, before), hasNoDraft))
}

function removeAttached(tx: Transaction, which: ReturnType<typeof and>): void {
  const files = tx.delete(attachedFilesTable).where(which).returning({ file: attachedFilesTable.file }).all()
  leave(
    tx,
    files.map(one => one.file),
  )
}

/** The bytes of a new document: all are here, none is at the centre. Those that are here already stay as they are. */
export function keepFile(tx: Transaction, { caseId, blobHash }: FileKey, file: string, bytes: number): void {
  tx.insert(documentFilesTable)
    .values({ caseId, blobHash, file, bytes, state: 'sending', chunks: 0, notBefore: 0, isWanted: false })
    .onConflictDoNothing()
    .run()
}

/** Lets go of the bytes where no document of the case names them any more. */
export function forgetFile(tx: Transaction, key: FileKey): void {
  const isNamed = tx
    .select({ id: documentsTable.id })
    .from(documentsTable)
    .where(and(eq(documentsTable.caseId, key.caseId), eq(documentsTable.blobHash, key.blobHash)))
    .get()
  if (isNamed) return
  const [gone] = tx.delete(documentFilesTable).where(isFile(key)).returning({ file: documentFilesTable.file }).all()
  if (gone) leave(tx, [gone.file])
}

/** How many files of a case have bytes that the centre does not have. */
export const countUnsentFiles = (db: Database, caseId: string): number =>
  db
    .select({ total: count() })
    .from(documentFilesTable)
    .where(and(eq(documentFilesTable.caseId, caseId), eq(documentFilesTable.state, 'sending')))
    .get()?.total ?? 0

/**
 * Lets go of the files of a case, attached and saved, but for those whose bytes the centre does not have. Their keys go with
 * the rows of `documents`, so nothing here opens what is left; the files themselves are removed from the disk by idle work, also
 * after a restart.
 */
export function forgetFilesOfCase(tx: Transaction, caseId: string): void {
  removeAttached(tx, eq(attachedFilesTable.caseId, caseId))
  const gone = tx
    .delete(documentFilesTable)
    .where(and(eq(documentFilesTable.caseId, caseId), ne(documentFilesTable.state, 'sending')))
    .returning({ file: documentFilesTable.file })
    .all()
  leave(
    tx,
    gone.map(one => one.file),
  )
}

// ---- Their way

const isMoving = sql`${documentFilesTable.state} IN ('sending', 'fetching')`
/** The centre has a document that names it, and its case is this officer's. */
const isCarried = (now: number | Placeholder) => or(isInHand(now), isLeftOver)
const isInHand = (now: number | Placeholder) => sql`EXISTS (SELECT 1 FROM ${caseScopeTable}
  WHERE ${caseScopeTable.caseId} = ${documentFilesTable.caseId} AND ${isReadable(now)})
  AND EXISTS (SELECT 1 FROM ${documentsTable} WHERE ${documentsTable.caseId} = ${documentFilesTable.caseId}
  AND ${documentsTable.blobHash} = ${documentFilesTable.blobHash} AND ${documentsTable.version} > 0)`

/** The case was taken away before all bytes of it were sent. */
const isLeftOver = sql`${documentFilesTable.state} = 'sending' AND EXISTS (SELECT 1 FROM ${caseScopeTable}
  WHERE ${caseScopeTable.caseId} = ${documentFilesTable.caseId} AND ${caseScopeTable.state} = 'revoked')`

const isDue = (now: number, waitMaxMs: number) =>
  or(lte(documentFilesTable.notBefore, now), gt(documentFilesTable.notBefore, now + waitMaxMs))

/**
 * The file that moves next: one that somebody waits for, then those to send, then the others.
 *
 * @param waitMaxMs one that waits for longer was told to by another clock.
 */
export const nextMove = (db: Database, now: number, waitMaxMs: number): DocumentFile | undefined =>
  db
    .select()
    .from(documentFilesTable)
    .where(and(isMoving, isDue(now, waitMaxMs), isCarried(now)))
    .orderBy(desc(documentFilesTable.isWanted), desc(documentFilesTable.state), asc(documentFilesTable.notBefore))
    .limit(1)
    .get()

// Asked with each save of a contact.
const ofForm = prepareOnce(db => ({
  attached: db
    .select()
    .from(attachedFilesTable)
    .where(eq(attachedFilesTable.formId, sql.placeholder('formId')))
    .orderBy(asc(attachedFilesTable.begunAt), asc(attachedFilesTable.id))
    .prepare(),
}))

const statements = prepareOnce(db => ({
  removed: db.select().from(removedFilesTable).limit(1).prepare(),
  // Asked at every look of the loop.
  moves: db
    .select({ notBefore: documentFilesTable.notBefore })
    .from(documentFilesTable)
    .where(and(isMoving, isCarried(sql.placeholder('now'))))
    .orderBy(asc(documentFilesTable.notBefore))
    .prepare(),
  notHere: db
    .select({ document: documentsTable })
    .from(documentsTable)
    .innerJoin(caseScopeTable, eq(caseScopeTable.caseId, documentsTable.caseId))
    .where(
      and(
        gt(documentsTable.version, 0),
        lte(documentsTable.bytes, sql.placeholder('bytesMax')),
        isReadable(sql.placeholder('now')),
        notExists(
          db
            .select({ file: documentFilesTable.file })
            .from(documentFilesTable)
            .where(
              and(
                eq(documentFilesTable.caseId, documentsTable.caseId),
                eq(documentFilesTable.blobHash, documentsTable.blobHash),
              ),
            ),
        ),
      ),
    )
    .orderBy(desc(documentsTable.attachedAt))
    .limit(1)
    .prepare(),
}))

/** When the next move is due, or was; undefined when there is none. */
export const nextMoveAt = (db: Database, now: number): number | undefined =>
  statements(db).moves.get({ now })?.notBefore

export function storeFile(tx: Transaction, key: FileKey, change: Partial<DocumentFile>): void {
  tx.update(documentFilesTable).set(change).where(isFile(key)).run()
}

/** Asks for the bytes of a document. @param isWanted whether an officer waits for them. */
export function askForFile(
  tx: Transaction,
  key: FileKey,
  fresh: { readonly file: string; readonly bytes: number; readonly isWanted: boolean },
): void {
  const { file, bytes, isWanted } = fresh
  tx.insert(documentFilesTable)
    .values({ ...key, file, bytes, state: 'fetching', chunks: 0, notBefore: 0, isWanted })
    .onConflictDoUpdate({
      target: [documentFilesTable.caseId, documentFilesTable.blobHash],
      set: { isWanted, notBefore: 0 },
      setWhere: eq(documentFilesTable.state, 'fetching'),
    })
    .run()
}

/** What opens the bytes. */
export const findKey = (db: Database, { caseId, blobHash }: FileKey): string | undefined =>
  db
    .select({ key: documentsTable.key })
    .from(documentsTable)
    .where(and(eq(documentsTable.caseId, caseId), eq(documentsTable.blobHash, blobHash)))
    .get()?.key

/** The newest document that the centre has and whose bytes are not here and not asked for, of at most so many bytes. */
export function nextNotHere(db: Database, bytesMax: number, now: number): Stored<Document> | undefined {
  const row = statements(db).notHere.get({ bytesMax, now })
  return row && splitRow(row.document)
}

// ---- What nobody needs

function leave(tx: Transaction, files: readonly string[]): void {
  for (const file of files) tx.insert(removedFilesTable).values({ file }).onConflictDoNothing().run()
}

/** A file that was let go of; undefined when there is none. `isNeeded`: another row names it. */
export function nextRemoved(db: Database): { readonly file: string; readonly isNeeded: boolean } | undefined {
  const found = statements(db).removed.get()
  return found && { file: found.file, isNeeded: isNeeded(db, found.file) }
}

export function forgetRemoved(tx: Transaction, file: string): void {
  tx.delete(removedFilesTable).where(eq(removedFilesTable.file, file)).run()
}

/** Whether a row says that this file is its own. */
export const isNeeded = (db: Database, file: string): boolean =>
  db.select().from(documentFilesTable).where(eq(documentFilesTable.file, file)).get() !== undefined ||
  db.select().from(attachedFilesTable).where(eq(attachedFilesTable.file, file)).get() !== undefined
