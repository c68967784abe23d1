import { generateDemo } from '../demo/generate.ts'
import { inTransaction, type Database } from '../db/database.ts'
import { applyItem, storeBackfill } from '../db/sync/applyPage.ts'
import { applyRow } from '../db/sync/applyRow.ts'
import { londonDate } from '../shared/time.ts'
import type { EngineStart } from './engine/messages.ts'
import type { FillStore } from './engine/startEngine.ts'

/** Makes the demo office in an empty store that has no centre. Its rows look as if a centre had confirmed them. */
export function fillDemoStore({ demo }: EngineStart): FillStore | undefined {
  if (!demo) return undefined
  return (db, actor, now) => {
    if (hasCases(db)) return
    let version = 0
    for (const { caseId, rows } of generateDemo({ ...demo, today: londonDate(now) })) {
      const isMine =
        caseId.includes(':') || rows.some(row => row.entity === 'assignment' && row.fields['userId'] === actor.userId)
      if (!isMine) continue
      inTransaction(db, tx => {
        applyItem(tx, { kind: 'grant', caseId, epoch: 1, until: null }, version)
        for (const row of rows) {
          version++
          const fieldRev = Object.fromEntries(Object.keys(row.fields).map(field => [field, version]))
          applyRow(tx, { ...row, fields: { ...row.fields }, version, deleted: false, fieldRev })
        }
        storeBackfill(tx, caseId, null)
      })
    }
  }
}

const hasCases = (db: Database): boolean => db.$client.prepare('SELECT 1 FROM case_scope LIMIT 1').get() !== undefined
