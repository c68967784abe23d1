import { asc, count, eq, ne } from 'drizzle-orm'
import type { PullItem, WireRow } from '../../shared/sync/protocol.ts'
import { inTransaction, prepareOnce, type Database, type Transaction } from '../database.ts'
import { markLineDue, markNamesDue } from '../summary/markDue.ts'
import { removeFromLists, settleNotes } from '../summary/settleDue.ts'
import { applyRow, takeFromAside } from './applyRow.ts'
import type { CaseScope } from './scope.ts'
import { forgetPurge, noteRevoke, refreshTouchedRows } from './purges.ts'
import { caseScopeTable, unreadableRowsTable } from './syncTables.ts'

/** Most rows that one transaction of sync writes, so that a save never waits longer than 15 ms. */
export const ROWS_A_TRANSACTION = 50

/**
 * Applies what the centre sent, in transactions of at most `ROWS_A_TRANSACTION` items, one at each step of the generator,
 * so that the caller can let the window's calls go first. `last` runs in the transaction of the last items: what it writes
 * (cursor, position) is never ahead of the data.
 */
export function* applyItems<Item extends { readonly caseId: string }>(
  db: Database,
  items: readonly Item[],
  apply: (tx: Transaction, item: Item) => void,
  last: (tx: Transaction) => void,
): Generator<void> {
  for (let start = 0; start === 0 || start < items.length; start += ROWS_A_TRANSACTION) {
    const slice = items.slice(start, start + ROWS_A_TRANSACTION)
    inTransaction(db, tx => {
      for (const item of slice) apply(tx, item)
      settleNotes(tx, [...new Set(slice.map(item => item.caseId))])
      if (start + ROWS_A_TRANSACTION >= items.length) last(tx)
    })
    yield
  }
}

/** Applies again what could not be read when it came. What this version cannot read either stays set aside. */
export function applySetAside(db: Database): void {
  const rows = db
    .select()
    .from(unreadableRowsTable)
    .all()
    .map(({ raw }) => JSON.parse(raw.toString('utf8')) as WireRow) // checked when it came
  const steps = applyItems(
    db,
    rows,
    (tx, row) => {
      takeFromAside(tx, row)
      applyRow(tx, row)
    },
    () => undefined,
  )
  for (const _step of steps);
}

/** Applies one item of a page. */
export function applyItem(tx: Transaction, item: PullItem, place: number): void {
  switch (item.kind) {
    case 'row':
      applyRow(tx, item.row)
      return
    case 'grant':
      grantCase(tx, item, place)
      return
    case 'revoke':
      revokeCase(tx, item.caseId, item.epoch)
  }
}

type Grant = Extract<PullItem, { readonly kind: 'grant' }>

/** The case is this officer's from now on; its rows are fetched by backfill. A grant that is known changes only its end. */
function grantCase(tx: Transaction, { caseId, epoch, until }: Grant, priority: number): void {
  const known = tx.select().from(caseScopeTable).where(eq(caseScopeTable.caseId, caseId)).get()
  const isKnown = known && known.state !== 'revoked' && known.epoch >= epoch
  if (isKnown && known.epoch > epoch) return
  const fresh = { epoch, until, state: 'backfill', backfillAfter: null, priority } as const
  tx.insert(caseScopeTable)
    .values({ caseId, ...fresh })
    .onConflictDoUpdate({ target: caseScopeTable.caseId, set: isKnown ? { until } : fresh })
    .run()
  if (known?.state === 'revoked') {
    forgetPurge(tx, caseId)
    refreshTouchedRows(tx, caseId)
  }
  // Rows that are here from before do not come again as news.
  markLineDue(tx, caseId)
  markNamesDue(tx, caseId)
}

/** From this transaction on nothing of the case is shown or found. */
function revokeCase(tx: Transaction, caseId: string, epoch: number): void {
  const state = 'revoked'
  const known = tx.select().from(caseScopeTable).where(eq(caseScopeTable.caseId, caseId)).get()
  if (known?.state === state && known.epoch === epoch) return
  tx.insert(caseScopeTable)
    .values({ caseId, epoch, state, priority: 0 })
    .onConflictDoUpdate({ target: caseScopeTable.caseId, set: { epoch, state } })
    .run()
  removeFromLists(tx, caseId)
  noteRevoke(tx, caseId, epoch)
}

// Asked at every look of the loop.
const statements = prepareOnce(db => ({
  backfills: db
    .select()
    .from(caseScopeTable)
    .where(eq(caseScopeTable.state, 'backfill'))
    .orderBy(asc(caseScopeTable.priority), asc(caseScopeTable.caseId))
    .prepare(),
}))

/** Whether rows of a case are still to be fetched. */
export const hasBackfill = (db: Database): boolean => statements(db).backfills.get() !== undefined

/** The cases whose rows are to be fetched, in their order, at most `limit`. */
export const listBackfills = (db: Database, limit: number): readonly CaseScope[] =>
  statements(db).backfills.all().slice(0, limit)

/** Writes down how far the backfill of a case is. */
export function storeBackfill(tx: Transaction, caseId: string, after: string | null): void {
  tx.update(caseScopeTable)
    .set(after === null ? { state: 'active', backfillAfter: null } : { backfillAfter: after })
    .where(eq(caseScopeTable.caseId, caseId))
    .run()
}

/** Every case that is shown is fetched anew, from its start. Its rows stay meanwhile. */
export function restartBackfills(tx: Transaction): void {
  tx.update(caseScopeTable)
    .set({ state: 'backfill', backfillAfter: null })
    .where(ne(caseScopeTable.state, 'revoked'))
    .run()
}

/** How many cases are in scope, and of how many all rows are here. Reference data counts as no case. */
export function countScope(db: Database): { readonly complete: number; readonly all: number } {
  const rows = db
    .select({ caseId: caseScopeTable.caseId, state: caseScopeTable.state, total: count() })
    .from(caseScopeTable)
    .where(ne(caseScopeTable.state, 'revoked'))
    .groupBy(caseScopeTable.caseId)
    .all()
    .filter(one => !one.caseId.includes(':'))
  return { all: rows.length, complete: rows.filter(one => one.state === 'active').length }
}
