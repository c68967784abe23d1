import { generateDemo, type DemoCase, type DemoOptions } from '../demo/generate.ts'
import { inTransaction, type Transaction } from '../db/database.ts'
import { applyItem, storeBackfill } from '../db/sync/applyPage.ts'
import { readSetting, removeSetting, writeSetting } from '../db/features/session/sessionRepository.ts'
import { applyRow } from '../db/sync/applyRow.ts'
import { writeBackLog } from '../db/housekeeping.ts'
import { settleNotes } from '../db/summary/settleDue.ts'
import { findVisibleScope, hasScope } from '../db/sync/scope.ts'
import type { Actor } from '../shared/access/actor.ts'
import { londonDate } from '../shared/time.ts'
import type { FillStore } from './engine/startEngine.ts'

/** Set while the office is being made: a store with cases that does not have it is left alone. */
const BEING_MADE = 'demo office being made'
const CASES_A_TRANSACTION = 20

/**
 * Makes the demo office in an empty store that has no centre: the cases of this officer, as if a centre had confirmed them.
 *
 * @param onProgress is told after each case how many are done.
 */
export function fillDemoStore(
  size: Omit<DemoOptions, 'today'>,
  onProgress: (done: number) => void = () => undefined,
): FillStore {
  return (db, actor, now) => {
    if (hasScope(db) && readSetting(db, BEING_MADE) !== true) return
    inTransaction(db, tx => {
      writeSetting(tx, BEING_MADE, true)
    })
    let version = 0
    let done = 0
    for (const cases of inGroups(generateDemo({ ...size, today: londonDate(now) }), CASES_A_TRANSACTION)) {
      // Of a store that was being made when the PC stopped, the rest is made.
      const missing = cases.filter(one => isOf(actor, one) && !findVisibleScope(db, one.caseId))
      inTransaction(db, tx => {
        for (const one of missing) version = storeCase(tx, one, version)
        settleNotes(
          tx,
          missing.map(one => one.caseId),
        )
      })
      // The log of a large store is written back while it is made, or it would grow larger than the store.
      writeBackLog(db)
      done += cases.length
      onProgress(done)
    }
    inTransaction(db, tx => {
      removeSetting(tx, BEING_MADE)
    })
  }
}

/** Stores the rows as if a centre had confirmed them, each with its own version. Returns the last one. */
function storeCase(tx: Transaction, { caseId, rows }: DemoCase, lastVersion: number): number {
  let version = lastVersion
  applyItem(tx, { kind: 'grant', caseId, epoch: 1, until: null }, version)
  for (const row of rows) {
    version++
    const fieldRev = Object.fromEntries(Object.keys(row.fields).map(field => [field, version]))
    applyRow(tx, { ...row, fields: { ...row.fields }, version, deleted: false, fieldRev })
  }
  storeBackfill(tx, caseId, null)
  return version
}

function* inGroups<Item>(items: Iterable<Item>, size: number): Generator<readonly Item[]> {
  let group: Item[] = []
  for (const item of items) {
    group.push(item)
    if (group.length < size) continue
    yield group
    group = []
  }
  yield group
}

const isOf = (actor: Actor, { caseId, rows }: DemoCase): boolean =>
  caseId.includes(':') || rows.some(row => row.entity === 'assignment' && row.fields['userId'] === actor.userId)
