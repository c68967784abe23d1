import { describe, expect, it } from 'vitest'
import { anId, morgan } from '../../tests/support/builders.ts'
import { aClock } from '../../tests/support/ports.ts'
import { aStore } from '../../tests/support/store.ts'
import { inTransaction, type Database } from '../database.ts'
import { createAuditChain, findAuditBreak } from './auditChain.ts'

const KEY = new Uint8Array(32).fill(3)

function aChainOf(entries: number): Database {
  const db = aStore()
  const audit = createAuditChain(KEY, aClock())
  for (let n = 0; n < entries; n++) {
    inTransaction(db, tx => {
      audit.append(tx, morgan, { action: 'case.read', caseId: anId(), detail: { n } })
    })
  }
  return db
}

describe('the audit chain', () => {
  it('is whole as it was written, from the start and from any entry', () => {
    const db = aChainOf(10)

    expect(findAuditBreak(db, KEY)).toBeUndefined()
    expect(findAuditBreak(db, KEY, 4)).toBeUndefined()
  })

  it.each([
    ['an entry is changed', `UPDATE audit SET detail = '{"n":99}' WHERE n = 5`, 5],
    ['an entry is removed', 'DELETE FROM audit WHERE n = 5', 6],
    [
      'two entries change places',
      'UPDATE audit SET n = CASE n WHEN 5 THEN 106 WHEN 6 THEN 105 END WHERE n IN (5, 6); UPDATE audit SET n = n - 100 WHERE n > 100',
      5,
    ],
    [
      'an entry is put in',
      `INSERT INTO audit SELECT 11, at, user_id, role, device_id, action, case_id, detail, prev, hash FROM audit WHERE n = 10`,
      11,
    ],
  ])('shows that %s', (_what, tampering, brokenAt) => {
    const db = aChainOf(10)

    db.$client.exec(tampering)

    expect(findAuditBreak(db, KEY)).toBe(brokenAt)
  })

  it('does not verify under another key', () => {
    expect(findAuditBreak(aChainOf(3), new Uint8Array(32).fill(4))).toBe(1)
  })
})
