import { describe, expect, it } from 'vitest'
import { AUDIT_ENTRIES_MAX, AUDIT_START, auditRequest } from '../../shared/sync/protocol.ts'
import { anId, morgan } from '../../tests/support/builders.ts'
import { aClock } from '../../tests/support/ports.ts'
import { aStore } from '../../tests/support/store.ts'
import { inTransaction, type Database } from '../database.ts'
import { createAuditChain } from './auditChain.ts'
import { auditPartSent, nextAuditPart } from './auditQueue.ts'

const CHARACTERS_MAX = 100_000
const KEY = new Uint8Array(32).fill(3)

function append(db: Database, entries: number, words = 'jacob'): void {
  const audit = createAuditChain(KEY, aClock())
  inTransaction(db, tx => {
    for (let count = 0; count < entries; count++) {
      audit.append(tx, morgan, { action: 'search', caseId: anId(), detail: { words, opIds: [anId()] } })
    }
  })
}

/** Sends all that is waiting; the numbers of each part. */
function sendAll(db: Database, charactersMax: number): readonly (readonly number[])[] {
  const parts: (readonly number[])[] = []
  let last = nextAuditPart(db, charactersMax)?.after
  for (let part = nextAuditPart(db, charactersMax); part; part = nextAuditPart(db, charactersMax)) {
    expect(auditRequest.safeParse({ protocol: 1, ...part }).error).toBeUndefined()
    expect(part.after).toEqual(last)
    parts.push(part.entries.map(entry => entry.n))
    last = part.entries.map(({ n, hash }) => ({ n, hash })).at(-1)
    auditPartSent(db, part)
  }
  return parts
}

describe('what the centre does not have of the audit', () => {
  it('is nothing in a new store', () => {
    expect(nextAuditPart(aStore(), CHARACTERS_MAX)).toBeUndefined()
  })

  it('is the same until it was sent', () => {
    const db = aStore()
    append(db, 2)

    expect(nextAuditPart(db, CHARACTERS_MAX)?.after).toEqual({ n: 0, hash: AUDIT_START })
    expect(nextAuditPart(db, CHARACTERS_MAX)).toEqual(nextAuditPart(db, CHARACTERS_MAX))
  })

  it('goes in its order, in parts of as many entries as a request holds', () => {
    const db = aStore()
    append(db, AUDIT_ENTRIES_MAX + 1)

    const [first, second, ...more] = sendAll(db, 10_000_000)

    expect(first).toEqual(Array.from({ length: AUDIT_ENTRIES_MAX }, (_, place) => place + 1))
    expect(second).toEqual([AUDIT_ENTRIES_MAX + 1])
    expect(more).toEqual([])
  })

  it('goes in parts of a size, each of one entry at least', () => {
    const db = aStore()
    append(db, 3, 'x'.repeat(500))

    expect(sendAll(db, 1)).toEqual([[1], [2], [3]])
    append(db, 4, 'x'.repeat(500))
    expect(sendAll(db, 1_700)).toEqual([
      [4, 5],
      [6, 7],
    ])
  })
})
