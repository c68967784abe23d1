import { generateDemo, type DemoOptions, type DemoRow } from '../demo/generate.ts'
import { inTransaction } from '../db/database.ts'
import { applyItem, storeBackfill } from '../db/sync/applyPage.ts'
import { readSetting, writeSetting } from '../db/features/session/sessionRepository.ts'
import { applyRow } from '../db/sync/applyRow.ts'
import { settleNotes } from '../db/summary/summaryRepository.ts'
import { findVisibleScope } from '../db/sync/scope.ts'
import type { Actor } from '../shared/access/actor.ts'
import { londonDate } from '../shared/time.ts'
import type { FillStore } from './engine/startEngine.ts'

const MADE = 'demo office made'

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
    if (readSetting(db, MADE) === true) return
    let version = 0
    let done = 0
    for (const { caseId, rows } of generateDemo({ ...size, today: londonDate(now) })) {
      onProgress(done++)
      // Of a store that was being made when the PC stopped, the rest is made.
      if (!isOf(actor, caseId, rows) || findVisibleScope(db, caseId)) continue
      inTransaction(db, tx => {
        applyItem(tx, { kind: 'grant', caseId, epoch: 1, until: null }, version)
        for (const row of rows) {
          version++
          const fieldRev = Object.fromEntries(Object.keys(row.fields).map(field => [field, version]))
          applyRow(tx, { ...row, fields: { ...row.fields }, version, deleted: false, fieldRev })
        }
        settleNotes(tx, [caseId])
        storeBackfill(tx, caseId, null)
      })
    }
    inTransaction(db, tx => {
      writeSetting(tx, MADE, true)
    })
  }
}

const isOf = (actor: Actor, caseId: string, rows: readonly DemoRow[]): boolean =>
  caseId.includes(':') || rows.some(row => row.entity === 'assignment' && row.fields['userId'] === actor.userId)
