import { describe, expect, it } from 'vitest'
import { createAuditChain, findAuditBreak } from '../db/audit/auditChain.ts'
import { inTransaction } from '../db/database.ts'
import { applyItem } from '../db/sync/applyPage.ts'
import type { Actor } from '../shared/access/actor.ts'
import { aCase, anAssignment, anId, dev, morgan } from '../tests/support/builders.ts'
import { aClock } from '../tests/support/ports.ts'
import { aStore, confirmRows } from '../tests/support/store.ts'
import { aFolderInMemory } from '../tests/support/temporary.ts'
import { createReadAudit, ONE_DAY_MS, ONE_READING_MS } from './readAudit.ts'

const KEY = new Uint8Array(32).fill(3)
const MINUTE_MS = 60_000

/** Two cases of Morgan's, of which Dev covers the first too. */
function anOffice() {
  const db = aStore(aFolderInMemory())
  const first = aCase(() => [
    { entity: 'assignment', id: anId(), fields: anAssignment({ userId: dev.userId, part: 'cover' }) },
  ])
  const second = aCase()
  confirmRows(db, [...first.rows, ...second.rows])
  const clock = aClock()
  const audit = createReadAudit({ db, clock, audit: createAuditChain(KEY, clock) })
  const written = () =>
    db.$client.prepare('SELECT user_id AS who, action, case_id AS caseId, at, detail FROM audit ORDER BY n').all()
  const revoke = (caseId: string) => {
    inTransaction(db, tx => {
      applyItem(tx, { kind: 'revoke', caseId, epoch: 2 }, 0)
    })
  }
  return { db, clock, audit, written, revoke, first: first.caseId, second: second.caseId }
}

const refused = { ok: false, error: { code: 'not-found' } }

describe('opening a case', () => {
  it('is written down before it is answered: who, what and when, in the chain', () => {
    const { audit, written, first, clock, db } = anOffice()

    expect(audit.openCase(morgan, first)).toBeUndefined()

    expect(written()).toEqual([
      { who: morgan.userId, action: 'case.read', caseId: first, at: clock.now(), detail: '{}' },
    ])
    expect(findAuditBreak(db, KEY)).toBeUndefined()
  })

  it('is one reading for 15 minutes, and another from then on', () => {
    const { audit, written, first, clock } = anOffice()
    audit.openCase(morgan, first)
    clock.forward(ONE_READING_MS - 1)
    audit.openCase(morgan, first)
    expect(written()).toHaveLength(1)

    clock.forward(1)
    audit.openCase(morgan, first)

    expect(written()).toHaveLength(2)
    expect(ONE_READING_MS).toBe(15 * MINUTE_MS)
  })

  it('does not stay one reading for ever by being looked at again and again', () => {
    const { audit, written, first, clock } = anOffice()

    for (let minute = 0; minute < 31; minute++) {
      audit.openCase(morgan, first)
      clock.forward(MINUTE_MS)
    }

    expect(written()).toHaveLength(3)
  })

  it('is another reading after another case, and after another officer', () => {
    const { audit, written, first, second } = anOffice()
    const opened: readonly [Actor, string][] = [
      [morgan, first],
      [morgan, second],
      [morgan, first],
      [dev, first],
      [morgan, first],
    ]

    for (const [actor, caseId] of opened) audit.openCase(actor, caseId)

    expect(written()).toMatchObject(opened.map(([actor, caseId]) => ({ who: actor.userId, caseId })))
  })

  it('is another reading after the PC was started again', () => {
    const { audit, written, first, db, clock } = anOffice()
    audit.openCase(morgan, first)

    createReadAudit({ db, clock, audit: createAuditChain(KEY, clock) }).openCase(morgan, first)

    expect(written()).toHaveLength(2)
  })

  it.each<[string, (office: ReturnType<typeof anOffice>) => [Actor, string]]>([
    ['that is not here', () => [morgan, anId()]],
    ['of somebody else', office => [dev, office.second]],
    [
      'that was taken away',
      office => {
        office.revoke(office.first)
        return [morgan, office.first]
      },
    ],
    ['of reference data that is not here', () => [morgan, 'ref:templates']],
    ["of another officer's own settings", () => [morgan, `me:${dev.userId}`]],
  ])('%s is refused as if it did not exist, and leaves no entry', (_which, whose) => {
    const office = anOffice()
    const [actor, caseId] = whose(office)

    expect(office.audit.openCase(actor, caseId)).toEqual(refused)
    expect(office.audit.mayRead(actor, caseId)).toBe(false)
    expect(office.written()).toEqual([])
  })

  it('asks anew each time whether it may: what was open a moment ago may be taken away', () => {
    const { audit, first, revoke } = anOffice()
    audit.openCase(morgan, first)

    revoke(first)

    expect(audit.openCase(morgan, first)).toEqual(refused)
  })

  it('follows the days of an assignment, both included', () => {
    const db = aStore(aFolderInMemory())
    const { caseId, rows } = aCase()
    const days = { startOn: '2026-03-02', endOn: '2026-03-03' }
    confirmRows(
      db,
      rows.map(row => (row.entity === 'assignment' ? { ...row, fields: { ...row.fields, ...days } } : row)),
    )
    const clock = aClock()
    const audit = createReadAudit({ db, clock, audit: createAuditChain(KEY, clock) })
    const mayReadAt = (instant: string): boolean => {
      clock.set(instant)
      return audit.mayRead(morgan, caseId)
    }

    expect(
      ['2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z', '2026-03-03T23:59:59Z', '2026-03-04T00:00:00Z'].map(mayReadAt),
    ).toEqual([false, true, true, false])
  })

  it('is not answered while it cannot be written down, and is written down at the next try', () => {
    const folder = aFolderInMemory()
    const { caseId, rows } = aCase()
    const [db, other] = [aStore(folder), aStore(folder)]
    confirmRows(db, rows)
    const clock = aClock()
    const audit = createReadAudit({ db, clock, audit: createAuditChain(KEY, clock) })
    other.$client.exec('BEGIN IMMEDIATE') // another program writes

    expect(() => audit.openCase(morgan, caseId)).toThrow('locked')
    other.$client.exec('ROLLBACK')
    audit.openCase(morgan, caseId)

    expect(db.$client.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(1)
  })
})

describe('any other reading', () => {
  const aList = { action: 'list.read', key: 'caseload', withinMs: ONE_READING_MS, detail: { cases: 2 } } as const

  it('is written down with what was shown, once for as long as it says', () => {
    const { audit, written, clock } = anOffice()
    audit.read(morgan, aList)
    clock.forward(ONE_READING_MS - 1)
    audit.read(morgan, aList)
    expect(written()).toMatchObject([{ who: morgan.userId, action: 'list.read', caseId: null, detail: '{"cases":2}' }])

    clock.forward(1)
    audit.read(morgan, aList)

    expect(written()).toHaveLength(2)
  })

  it('is one for each officer, each list and each action, in whatever order', () => {
    const { audit, written, first } = anOffice()
    const prepared = { action: 'case.prepared', key: 'caseload', withinMs: ONE_DAY_MS, caseId: first } as const
    const readings = [
      () => audit.read(morgan, aList),
      () => audit.read(dev, aList),
      () => audit.read(morgan, { ...aList, key: 'work' }),
      () => audit.read(morgan, prepared),
    ]

    for (const read of [...readings, ...readings]) read()

    expect(written()).toMatchObject([
      { who: morgan.userId, action: 'list.read' },
      { who: dev.userId, action: 'list.read' },
      { who: morgan.userId, action: 'list.read' },
      { who: morgan.userId, action: 'case.prepared', caseId: first },
    ])
  })

  it('can count for a whole day', () => {
    const { audit, written, clock, first } = anOffice()
    const prepared = { action: 'case.prepared', key: first, withinMs: ONE_DAY_MS, caseId: first } as const
    audit.read(morgan, prepared)
    clock.forward(24 * 60 * MINUTE_MS - 1)
    audit.read(morgan, prepared)
    expect(written()).toHaveLength(1)

    clock.forward(1)
    audit.read(morgan, prepared)

    expect(written()).toHaveLength(2)
  })

  it('counts as none while it cannot be written down', () => {
    const folder = aFolderInMemory()
    const [db, other] = [aStore(folder), aStore(folder)]
    const clock = aClock()
    const audit = createReadAudit({ db, clock, audit: createAuditChain(KEY, clock) })
    other.$client.exec('BEGIN IMMEDIATE') // another program writes

    expect(() => audit.read(morgan, aList)).toThrow('locked')
    other.$client.exec('ROLLBACK')
    audit.read(morgan, aList)

    expect(db.$client.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(1)
  })
})
