import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm'
import { sealedBytes } from '../../../shared/sync/blobs.ts'
import type { Database } from '../../db/database.ts'
import { REGION } from '../../db/region.ts'
import { blobChunkTable, blobTable, rowTable, scopeEventTable } from '../../db/tables.ts'
import { isScopeKept } from '../../db/isScopeKept.ts'
import type { BlobKey, BlobStore } from './blobStore.ts'

const isBlob = ({ caseId, hash }: BlobKey) =>
  and(eq(blobTable.region, REGION), eq(blobTable.caseId, caseId), eq(blobTable.hash, hash))
const isChunkOf = ({ caseId, hash }: BlobKey) =>
  and(eq(blobChunkTable.region, REGION), eq(blobChunkTable.caseId, caseId), eq(blobChunkTable.hash, hash))
const isChunk = (key: BlobKey, place: number) => and(isChunkOf(key), eq(blobChunkTable.place, place))

/** The bytes of documents in PostgreSQL, a row for each chunk. */
export const postgresBlobStore = (db: Database): BlobStore => ({
  isInScope: (by, caseId) => isScopeKept(db, by, caseId),

  async wasInScope(userId, caseId) {
    const [granted] = await db
      .select({ epoch: scopeEventTable.epoch })
      .from(scopeEventTable)
      .where(
        and(eq(scopeEventTable.region, REGION), eq(scopeEventTable.userId, userId), eq(scopeEventTable.caseId, caseId)),
      )
      .limit(1)
    return granted !== undefined
  },

  async bytesNamed({ caseId, hash }) {
    const [found] = await db
      .select({ bytes: sql<number>`(${rowTable.fields}->>'bytes')::integer` })
      .from(rowTable)
      .where(
        and(
          eq(rowTable.region, REGION),
          eq(rowTable.caseId, caseId),
          eq(rowTable.entity, 'document'),
          sql`${rowTable.fields}->>'blobHash' = ${hash}`,
        ),
      )
      .limit(1)
    return found && sealedBytes(found.bytes)
  },

  async begin(key, bytes) {
    await db
      .insert(blobTable)
      .values({ region: REGION, ...key, bytes })
      .onConflictDoNothing()
  },

  async find(key) {
    const [found] = await db
      .select({ bytes: blobTable.bytes, completeAt: blobTable.completeAt })
      .from(blobTable)
      .where(isBlob(key))
    return found && { bytes: found.bytes, isComplete: found.completeAt !== null }
  },

  async listPlaces(key) {
    const rows = await db
      .select({ place: blobChunkTable.place })
      .from(blobChunkTable)
      .where(isChunkOf(key))
      .orderBy(asc(blobChunkTable.place))
    return rows.map(row => row.place)
  },

  async putChunk(key, place, chunk) {
    await db
      .insert(blobChunkTable)
      .values({ region: REGION, ...key, place, chunk })
      .onConflictDoNothing()
  },

  async readChunk(key, place) {
    const [found] = await db.select({ chunk: blobChunkTable.chunk }).from(blobChunkTable).where(isChunk(key, place))
    return found?.chunk
  },

  async complete(key, now) {
    await db
      .update(blobTable)
      .set({ completeAt: now })
      .where(and(isBlob(key), isNull(blobTable.completeAt)))
  },

  async dropChunks(key) {
    const complete = db
      .select({ bytes: blobTable.bytes })
      .from(blobTable)
      .where(and(isBlob(key), sql`${blobTable.completeAt} IS NOT NULL`))
    await db.delete(blobChunkTable).where(and(isChunkOf(key), notExists(complete)))
  },
})
