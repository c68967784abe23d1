import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createDigest, type CaseDigest, type DigestedRow } from '../../shared/sync/digest.ts'
import { aCase, aContact, anAddress, anId } from '../../tests/support/builders.ts'
import { aStore, confirmRows } from '../../tests/support/store.ts'
import { inTransaction, type Database } from '../database.ts'
import { queueAction } from '../outbox/outboxRepository.ts'
import { applyRow } from './applyRow.ts'
import { digestOfCase, forgetCompared, listToCompare, storeCompared } from './compareCases.ts'

const HOUR_MS = 3_600_000
const NOW = Date.parse('2026-03-02T10:15:00Z')

function digestOf(rows: readonly DigestedRow[]): CaseDigest {
  const digest = createDigest(text => hash('sha256', text, 'buffer'))
  rows.forEach(digest.add)
  return digest.result()
}

function workedOut(db: Database, caseId: string): CaseDigest {
  const steps = digestOfCase(db, caseId)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** A case with an address and two contacts, all confirmed. */
function aFullCase() {
  const db = aStore()
  const { caseId, rows } = aCase(() => [
    { entity: 'address', id: anId(), fields: anAddress() },
    { entity: 'contact', id: anId(), fields: aContact() },
    { entity: 'contact', id: anId(), fields: aContact() },
  ])
  confirmRows(db, rows)
  const confirmed = rows.map((row, place) => ({ ...row, fields: { ...row.fields }, version: place + 1 }))
  return { db, caseId, confirmed }
}

describe('what the rows of a case come to', () => {
  it('is what the centre has confirmed, whatever is unsent', () => {
    const { db, caseId, confirmed } = aFullCase()
    const address = confirmed.find(row => row.entity === 'address')
    if (!address) throw new Error('the case has an address')
    const contact = { type: 'contact.create@1', caseId, id: anId(), body: { create: { ...aContact() } } }
    const patch = [{ field: 'town', baseRev: 1, baseOp: null, value: 'Leeds' }]
    const change = { type: 'address.patch@1', caseId, id: address.id, body: { patch } }

    inTransaction(db, tx => {
      const action = { actionId: anId(), clientAt: 0, notBefore: 0, serverSeen: null }
      queueAction(tx, action, [
        { opId: anId(), ...contact },
        { opId: anId(), ...change },
      ])
    })

    expect(workedOut(db, caseId)).toEqual(digestOf(confirmed))
  })

  it('counts a row that this version cannot read, and none that was deleted', () => {
    const { db, caseId, confirmed } = aFullCase()
    const [address, unreadable] = [confirmed.find(row => row.entity === 'address'), { entity: 'tattoo', id: anId() }]
    if (!address) throw new Error('the case has an address')

    inTransaction(db, tx => {
      applyRow(tx, { ...address, version: 20, deleted: true, fieldRev: {} })
      applyRow(tx, { ...unreadable, caseId, version: 21, deleted: false, fields: { on: 'arm' }, fieldRev: {} })
    })

    const left = confirmed.filter(row => row !== address)
    expect(workedOut(db, caseId)).toEqual(digestOf([...left, { ...unreadable, version: 21 }]))
  })

  it('is another one when a row is gone', () => {
    const { db, caseId, confirmed } = aFullCase()
    db.$client.prepare('DELETE FROM addresses WHERE case_id = ?').run(caseId)

    expect(workedOut(db, caseId)).toEqual(digestOf(confirmed.filter(row => row.entity !== 'address')))
  })
})

describe('which cases are compared', () => {
  it('are those that were not for a day, also when the clock was put back, and all after a new incarnation', () => {
    const { db, caseId } = aFullCase()
    const due = (now: number) => listToCompare(db, now, 10)
    expect(due(NOW)).toEqual([caseId])

    inTransaction(db, tx => {
      storeCompared(tx, [caseId], [], NOW)
    })

    expect([due(NOW), due(NOW + 23 * HOUR_MS), due(NOW + 25 * HOUR_MS)]).toEqual([[], [], [caseId]])
    expect(due(NOW - HOUR_MS)).toEqual([caseId])
    inTransaction(db, forgetCompared)
    expect(due(NOW)).toEqual([caseId])
  })

  it('are none of which rows are still to come', () => {
    const { db, caseId } = aFullCase()

    inTransaction(db, tx => {
      storeCompared(tx, [caseId], [caseId], NOW)
    })

    expect(listToCompare(db, NOW + 25 * HOUR_MS, 10)).toEqual([])
  })
})
