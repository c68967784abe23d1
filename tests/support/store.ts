import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { inTransaction, PAGE_BYTES, type Database } from '../../db/database.ts'
import { openStore, STORE_FILE } from '../../db/openStore.ts'
import { applyItem, storeBackfill } from '../../db/sync/applyPage.ts'
import { settleNotes } from '../../db/summary/settleDue.ts'
import { applyRow } from '../../db/sync/applyRow.ts'
import { invariant } from '../../shared/result.ts'
import type { AnyFields, Entity } from '../../shared/sync/recordTypes.ts'
import { aFolder } from './temporary.ts'

export const TEST_KEY = new Uint8Array(32).fill(7)
export const MIGRATIONS = join(import.meta.dirname, '../../db/migrations')

/** A real encrypted store with the real schema, in a folder of this test's own. */
export function aStore(folder = aFolder()): Database {
  const opened = openStore({
    folder,
    key: TEST_KEY,
    migrations: MIGRATIONS,
    now: Date.parse('2026-03-02T10:15:00Z'),
    noteDamage: () => undefined,
  })
  invariant(opened.state === 'open', 'an empty folder can be opened')
  onTestFinished(() => {
    if (opened.db.$client.open) opened.db.$client.close()
  })
  return opened.db
}

export interface ConfirmedRow {
  readonly entity: Entity
  readonly caseId: string
  readonly id: string
  readonly fields: AnyFields
}

/** Puts rows into the store as a page of the centre would: confirmed, each with its own version. */
export function confirmRows(db: Database, rows: readonly ConfirmedRow[], firstVersion = 1): void {
  const cases = [...new Set(rows.map(row => row.caseId))]
  inTransaction(db, tx => {
    cases.forEach((caseId, place) => {
      applyItem(tx, { kind: 'grant', caseId, epoch: 1, until: null }, place)
    })
    rows.forEach((row, place) => {
      const version = firstVersion + place
      const fieldRev = Object.fromEntries(Object.keys(row.fields).map(field => [field, version]))
      applyRow(tx, { ...row, fields: { ...row.fields }, version, deleted: false, fieldRev })
    })
    settleNotes(tx, cases)
    for (const caseId of cases) storeBackfill(tx, caseId, null)
  })
}

/** The first page of a table, which nobody has read yet, is gone from the disk. */
export function spoilPage(db: Database, folder: string, table: string): void {
  const page = Number(db.$client.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(table))
  db.$client.pragma('wal_checkpoint(PASSIVE)')
  const path = join(folder, STORE_FILE)
  const bytes = readFileSync(path)
  bytes.fill(0xff, (page - 1) * PAGE_BYTES, page * PAGE_BYTES)
  writeFileSync(path, bytes)
}
