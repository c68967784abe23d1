import { and, asc, count, eq, gt, inArray, not, notInArray, notLike, sql, type SQL } from 'drizzle-orm'
import type { PurgeReport } from '../../shared/sync/protocol.ts'
import { prepareOnce, type Database, type Transaction } from '../database.ts'
import { countUnsentFiles } from '../features/documents/documentsRepository.ts'
import { rowOf } from '../outbox/outboxRepository.ts'
import { outboxTable, shadowTable, type OutboxState } from '../outbox/outboxTable.ts'
import { isBehindRefused } from '../outbox/sendQueue.ts'
import { refreshRow } from '../outbox/shadow.ts'
import { keyOf } from '../records/recordStore.ts'
import { readSyncNumber } from './syncState.ts'
import { caseScopeTable, purgeTable, type PurgeStage } from './syncTables.ts'

export type Purge = typeof purgeTable.$inferSelect

/** So many cases may go in one sync without the centre's confirmation, or so large a part of the caseload if that is more. */
const BRAKE_CASES = 10
const BRAKE_SHARE = 0.2
/** Cases that go one by one within this time count as one sync. */
const BRAKE_MS = 60 * 60 * 1000
/** Unsent work holds up the purge of its case for so long in which the centre was reached. */
export const DRAIN_MS = 72 * 60 * 60 * 1000

/** Operations that may still change what the centre has. */
const UNSENT = ['pending', 'sending', 'retry'] as const

const isPurge = (caseId: string) => eq(purgeTable.caseId, caseId)

/** Writes down, with the revoke, that the case is to go. */
export function noteRevoke(tx: Transaction, caseId: string, epoch: number): void {
  const purge = { epoch, stage: 'new', countedAt: null, contactMs: null, isHandedOver: false, rows: 0 } as const
  tx.insert(purgeTable)
    .values({ caseId, ...purge })
    .onConflictDoUpdate({ target: purgeTable.caseId, set: purge })
    .run()
}

/** The case is this officer's again. Of one whose rows are gone the centre still hears so. */
export function forgetPurge(tx: Transaction, caseId: string): void {
  tx.delete(purgeTable)
    .where(and(isPurge(caseId), notInArray(purgeTable.stage, ['index', 'receipt'])))
    .run()
}

/** What became of the officer's work while the case was hidden is shown from now on. */
export function refreshTouchedRows(tx: Transaction, caseId: string): void {
  const shadows = tx.select().from(shadowTable).where(eq(shadowTable.caseId, caseId)).all()
  const operations = tx.select().from(outboxTable).where(eq(outboxTable.caseId, caseId)).all()
  for (const { entity, id, fields } of shadows) {
    if (entity !== 'contact' || fields) refreshRow(tx, keyOf(entity, caseId, id, fields))
  }
  for (const operation of operations) refreshRow(tx, rowOf(operation))
}

/** Whether revokes have come that were not counted yet. */
export const hasUncounted = (db: Database): boolean => findPurge(db, 'new') !== undefined

/**
 * Counts, at the end of a sync, what it took away. Of more than usual the purge waits until the centre confirms it: a mistake
 * there must not empty a workstation. Hidden is everything already.
 */
export function countRevokes(tx: Transaction, now: number): void {
  const fresh = countPurges(tx, eq(purgeTable.stage, 'new'))
  if (fresh === 0) return
  const lately = fresh + countPurges(tx, gt(purgeTable.countedAt, now - BRAKE_MS))
  const kept = tx
    .select({ total: count() })
    .from(caseScopeTable)
    .where(and(notInArray(caseScopeTable.state, ['revoked']), notLike(caseScopeTable.caseId, '%:%')))
    .get()
  const caseload = lately + (kept?.total ?? 0)
  const stage = lately > Math.max(BRAKE_CASES, BRAKE_SHARE * caseload) ? 'held' : 'drain'
  const contactMs = contactMsOf(tx)
  tx.update(purgeTable).set({ stage, countedAt: now, contactMs }).where(eq(purgeTable.stage, 'new')).run()
}

const countPurges = (db: Database, where: ReturnType<typeof eq>): number =>
  db.select({ total: count() }).from(purgeTable).where(where).get()?.total ?? 0

// Asked at every look of the loop.
const statements = prepareOnce(db => ({
  inStage: db
    .select()
    .from(purgeTable)
    .where(eq(purgeTable.stage, sql.placeholder('stage')))
    .orderBy(asc(purgeTable.caseId))
    .prepare(),
  toReport: db
    .select()
    .from(purgeTable)
    .where(inArray(purgeTable.stage, ['receipt', 'held']))
    .orderBy(sql`${purgeTable.stage} = 'held'`, asc(purgeTable.caseId))
    .limit(sql.placeholder('limit'))
    .prepare(),
}))

/** The first case in this stage, or undefined. */
export const findPurge = (db: Database, stage: PurgeStage): Purge | undefined => statements(db).inStage.get({ stage })

/** Whether the rows of the case are being removed. */
export const isBeingPurged = (db: Database, caseId: string): boolean =>
  db.select().from(purgeTable).where(isPurge(caseId)).get()?.stage === 'rows'

const contactMsOf = (db: Database): number => readSyncNumber(db, 'contactMs') ?? 0

/** Cases whose work is all sent, or which have waited long enough for it. As long as the centre is out of reach nothing has failed. */
export const listDrained = (db: Database): readonly Purge[] =>
  statements(db)
    .inStage.all({ stage: 'drain' })
    .filter(({ caseId, contactMs }) => {
      const hasWaited = contactMs !== null && contactMsOf(db) - contactMs >= DRAIN_MS
      return hasWaited || countSendable(db, caseId) + countUnsentFiles(db, caseId) === 0
    })

/** Unsent work that does not wait behind something refused: nobody can mend that any more, and it is handed over first. */
const countSendable = (db: Database, caseId: string): number =>
  countOperations(db, caseId, UNSENT, not(isBehindRefused))

const countOperations = (db: Database, caseId: string, states: readonly OutboxState[], where?: SQL): number =>
  db
    .select({ total: count() })
    .from(outboxTable)
    .where(and(eq(outboxTable.caseId, caseId), inArray(outboxTable.state, [...states]), where))
    .get()?.total ?? 0

/**
 * The next step of a case whose work is all sent: what the centre had refused goes out once more as a new operation, for the officer
 * can no longer mend it. The centre keeps it for whoever has the case now. After that the
 * rows go.
 */
export function drainCase(tx: Transaction, purge: Purge, newId: () => string, now: number): void {
  const { caseId } = purge
  const refused = purge.isHandedOver ? [] : listRefused(tx, caseId)
  for (const { place, opId: _, incarnation: __, n: ___, ...operation } of refused) {
    const actionId = newId()
    tx.update(outboxTable).set({ state: 'discarded', mendedBy: actionId }).where(eq(outboxTable.place, place)).run()
    tx.insert(outboxTable)
      .values({
        ...operation,
        ...{ opId: newId(), actionId, state: 'pending', attempts: 0, notBefore: now },
        ...{ failures: 0, failedFromMs: null, asideUntil: 0, answeredAt: null },
        ...{ mendedBy: null, refusedCode: null, refusedField: null },
      })
      .run()
  }
  setStage(tx, caseId, refused.length > 0 ? 'drain' : 'rows')
  tx.update(purgeTable).set({ isHandedOver: true }).where(isPurge(caseId)).run()
}

const listRefused = (tx: Transaction, caseId: string) =>
  tx
    .select()
    .from(outboxTable)
    .where(and(eq(outboxTable.caseId, caseId), eq(outboxTable.state, 'quarantined')))
    .orderBy(asc(outboxTable.place))
    .all()

export function setStage(tx: Transaction, caseId: string, stage: PurgeStage): void {
  tx.update(purgeTable).set({ stage }).where(isPurge(caseId)).run()
}

export function addPurgedRows(tx: Transaction, caseId: string, rows: number): void {
  tx.update(purgeTable)
    .set({ rows: sql`${purgeTable.rows} + ${rows}` })
    .where(isPurge(caseId))
    .run()
}

/** The last trace of every case whose rows are gone is gone too. */
export function finishPurges(tx: Transaction): void {
  tx.update(purgeTable).set({ stage: 'receipt' }).where(eq(purgeTable.stage, 'index')).run()
}

/** Work that stayed behind the purge of its case has its answer now: what was kept of it goes too. */
export function purgeAgain(tx: Transaction, caseId: string): void {
  tx.update(purgeTable)
    .set({ stage: 'rows' })
    .where(and(isPurge(caseId), inArray(purgeTable.stage, ['index', 'receipt', 'done']), isRevoked(tx, caseId)))
    .run()
}

const isRevoked = (tx: Transaction, caseId: string) =>
  inArray(
    purgeTable.caseId,
    tx
      .select({ caseId: caseScopeTable.caseId })
      .from(caseScopeTable)
      .where(and(eq(caseScopeTable.caseId, caseId), eq(caseScopeTable.state, 'revoked'))),
  )

/** What the centre is to hear: what is gone, and what waits for its word. */
export const listPurgeReports = (db: Database, limit: number): readonly PurgeReport[] =>
  statements(db)
    .toReport.all({ limit })
    .map(({ caseId, epoch, stage, rows }) => ({
      caseId,
      epoch,
      state: stage === 'held' ? 'held' : 'purged',
      rows,
      unsent: countOperations(db, caseId, [...UNSENT, 'quarantined']) + countUnsentFiles(db, caseId),
    }))

/** The centre has these reports, and confirms some of what was held. */
export function storePurgesAnswer(
  tx: Transaction,
  reports: readonly PurgeReport[],
  confirmed: readonly Pick<PurgeReport, 'caseId' | 'epoch'>[],
): void {
  for (const { caseId, epoch, state } of reports) {
    if (state === 'purged') moveOn(tx, { caseId, epoch }, 'receipt', 'done')
  }
  for (const one of confirmed) moveOn(tx, one, 'held', 'drain')
}

function moveOn(
  tx: Transaction,
  { caseId, epoch }: Pick<PurgeReport, 'caseId' | 'epoch'>,
  from: PurgeStage,
  to: PurgeStage,
): void {
  tx.update(purgeTable)
    .set({ stage: to })
    .where(and(isPurge(caseId), eq(purgeTable.epoch, epoch), eq(purgeTable.stage, from)))
    .run()
}
