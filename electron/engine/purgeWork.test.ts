import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAuditChain } from '../../db/audit/auditChain.ts'
import { inTransaction, openDatabase, type Database } from '../../db/database.ts'
import { keepDraft } from '../../db/features/forms/draftsRepository.ts'
import { markOpened } from '../../db/features/session/sessionRepository.ts'
import { mergeToOne } from '../../db/housekeeping.ts'
import { STORE_FILE } from '../../db/openStore.ts'
import { queueAction } from '../../db/outbox/outboxRepository.ts'
import { markUnanswered, takeBatch } from '../../db/outbox/sendQueue.ts'
import { applyItem } from '../../db/sync/applyPage.ts'
import { applyRow } from '../../db/sync/applyRow.ts'
import { countRevokes, DRAIN_MS, listPurgeReports, storePurgesAnswer } from '../../db/sync/purges.ts'
import { storeAnswer } from '../../db/sync/storeAnswers.ts'
import { writeSyncFact } from '../../db/sync/syncState.ts'
import { settleDue } from '../../db/summary/settleDue.ts'
import type { OperationAnswer } from '../../shared/sync/protocol.ts'
import {
  aContact,
  anAddress,
  anAppointment,
  anId,
  anIdentifier,
  aPerson,
  formIds,
  morgan,
} from '../../tests/support/builders.ts'
import { aClock, aRandom, aTimers } from '../../tests/support/ports.ts'
import { aStore, confirmRows, TEST_KEY, type ConfirmedRow } from '../../tests/support/store.ts'
import { aFolder } from '../../tests/support/temporary.ts'
import { createPurgeWork } from './purgeWork.ts'
import { reference } from '../../tests/support/reference.ts'

/** A word that stands in everything that is known of the case, and nowhere else. */
const MARKER = 'zzquixoticmarker'
const clock = aClock()

function rowsOf(caseId: string, word: string, contacts = 60): readonly ConfirmedRow[] {
  const row = (entity: ConfirmedRow['entity'], fields: ConfirmedRow['fields'], id = anId()) => {
    return { entity, caseId, id, fields }
  }
  return [
    row('case', aPerson({ familyName: word }), caseId),
    row('identifier', anIdentifier({ value: word })),
    row('address', anAddress({ town: word })),
    row('appointment', anAppointment({ place: word })),
    ...Array.from({ length: contacts }, (_, place) =>
      row('contact', aContact({ startedAt: clock.now() - place * 3_600_000, note: `Note ${place} on ${word}.` })),
    ),
  ]
}

/** Two cases with everything that a store can hold of one. */
function aCaseload(folder = aFolder()) {
  const db = aStore(folder)
  const [gone, kept] = [anId(), anId()]
  const rows = [...rowsOf(gone, MARKER), ...rowsOf(kept, 'Harrowgate')]
  confirmRows(db, rows)
  while (settleDue(db, reference, clock.now(), 100));
  inTransaction(db, tx => {
    for (const caseId of [gone, kept]) {
      markOpened(tx, caseId, clock.now())
      keepDraft(tx, {
        ...{ formId: anId(), caseId, appointmentId: null, mends: null, formVersion: 1, ids: formIds() },
        ...{ body: { note: caseId === gone ? MARKER : 'kept' }, savedAt: clock.now() },
      })
      const strange = { entity: 'mood', caseId, id: anId(), version: 500, deleted: false, fieldRev: {} }
      applyRow(tx, { ...strange, fields: { text: caseId === gone ? MARKER : 'kept' } })
    }
  })
  const address = rows.find(row => row.caseId === gone && row.entity === 'address')
  return { db, folder, gone, kept, addressId: address?.id ?? '' }
}

function workOf(db: Database) {
  let steps = Infinity
  const audit = createAuditChain(new Uint8Array(32).fill(3), clock)
  const timers = aTimers(clock)
  const work = createPurgeWork({
    ...{
      db,
      clock,
      random: aRandom(),
      audit,
      actor: morgan,
      files: { remove: () => undefined },
      removeBackups: () => undefined,
      hasNews: () => undefined,
    },
    timers: {
      ...timers,
      async yield() {
        if (steps-- <= 0) work.stop()
        await Promise.resolve()
      },
    },
  })
  return {
    /** Until there is nothing more to do, or after so many steps. */
    async run(most = Infinity) {
      steps = most
      work.nudge()
      for (let turn = 0; turn < 5_000; turn++) await Promise.resolve()
    },
  }
}

function revoke(db: Database, caseId: string): void {
  inTransaction(db, tx => {
    applyItem(tx, { kind: 'revoke', caseId, epoch: 1 }, 0)
    countRevokes(tx, clock.now())
  })
}

function save(db: Database, operation: { readonly caseId: string; readonly id?: string; readonly town?: string }) {
  const { caseId, id = anId(), town } = operation
  const opId = anId()
  const facts = { actionId: anId(), clientAt: clock.now(), notBefore: clock.now(), serverSeen: null }
  const body =
    town === undefined
      ? { create: aContact({ note: `Saved before ${MARKER}.` }) }
      : { patch: [{ field: 'town', baseRev: 3, baseOp: null, value: town }] }
  const type = town === undefined ? 'contact.create@1' : 'address.patch@1'
  inTransaction(db, tx => {
    queueAction(tx, facts, [{ opId, type, caseId, id, body }])
  })
  return opId
}

/** Everything that waits goes out and is answered so. */
function send(db: Database, answer: (opId: string) => OperationAnswer): readonly string[] {
  const limits = { now: clock.now(), operationsMax: 200, charactersMax: 1_000_000, heldMsMax: 10_000 }
  const batch = inTransaction(db, tx => takeBatch(tx, limits))
  if (!batch) return []
  inTransaction(db, tx => {
    batch.operations.forEach((operation, place) => {
      storeAnswer(tx, batch.places[place] ?? 0, answer(operation.opId), clock.now())
    })
    markUnanswered(tx, batch.places)
  })
  return batch.operations.map(one => one.opId)
}

const late = (opId: string): OperationAnswer => ({ opId, status: 'late' })

const stageOf = (db: Database, caseId: string) =>
  db.$client.prepare('SELECT stage FROM purge WHERE case_id = ?').pluck().get(caseId)

/** Tables in which something of the case stands, with how many rows. */
function tablesWith(db: Database, caseId: string): Readonly<Record<string, number>> {
  const tables = db.$client
    .prepare(
      `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'case_id'`,
    )
    .pluck()
    .all() as string[] // names
  const counts = tables.map(table => {
    const rows = db.$client.prepare(`SELECT count(*) FROM "${table}" WHERE case_id = ?`).pluck().get(caseId)
    return [table, Number(rows)] as const
  })
  return Object.fromEntries(counts.filter(([, rows]) => rows > 0))
}

/** Says that it was, and how far it came: who it was about is not in them. */
const WHAT_STAYS = { audit: 1, case_scope: 1, purge: 1 }

/** How often the marker stands in the decrypted bytes of the store, pages that are free and the log's included. */
function markersIn(folder: string): number {
  const copy = aFolder()
  cpSync(folder, copy, { recursive: true })
  const db = openDatabase(join(copy, STORE_FILE), TEST_KEY)
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  db.$client.pragma('journal_mode = DELETE')
  db.$client.pragma(`rekey = ''`)
  db.$client.close()
  // The index and the folded names have it in lower case.
  return readdirSync(copy)
    .map(name => readFileSync(join(copy, name)).toString('latin1').toLowerCase().split(MARKER).length - 1)
    .reduce((a, b) => a + b, 0)
}

describe('a case that was taken away', () => {
  it('leaves no row, no word in an index and no byte in a file, and nothing else is touched', async () => {
    const { db, folder, gone, kept } = aCaseload()
    const before = tablesWith(db, kept)
    expect(markersIn(folder)).toBeGreaterThan(60)
    revoke(db, gone)

    await workOf(db).run()

    expect(tablesWith(db, gone)).toEqual(WHAT_STAYS)
    expect(tablesWith(db, kept)).toEqual(before)
    expect(db.$client.prepare('SELECT count(*) FROM search_doc').pluck().get()).toBe(60)
    expect(db.$client.prepare(`SELECT count(*) FROM search_text('harrowgate')`).pluck().get()).toBe(60)
    expect(db.$client.prepare(`SELECT count(*) FROM name_text('harrowgate')`).pluck().get()).toBeGreaterThan(0)
    expect(mergeToOne(db, 64)).toBe(false)
    expect(markersIn(folder)).toBe(0)
    expect(stageOf(db, gone)).toBe('receipt')
  })

  it('stays in the index until that is merged, so the bytes above prove something', async () => {
    const { db, folder, gone } = aCaseload()
    revoke(db, gone)

    for (let step = 0; step < 60 && stageOf(db, gone) !== 'index'; step++) await workOf(db).run(1)

    expect(tablesWith(db, gone)).toEqual(WHAT_STAYS)
    expect(markersIn(folder)).toBeGreaterThan(0)
  })

  it('is gone all the same when every step is the last before the power goes', async () => {
    const { db, folder, gone } = aCaseload()
    revoke(db, gone)
    save(db, { caseId: gone })
    let [store, place] = [db, folder]

    for (let step = 0; step < 60 && stageOf(store, gone) !== 'receipt'; step++) {
      await workOf(store).run(1)
      if (stageOf(store, gone) === 'drain') send(store, late)
      const copy = aFolder()
      cpSync(place, copy, { recursive: true })
      ;[store, place] = [aStore(copy), copy]
    }

    expect(stageOf(store, gone)).toBe('receipt')
    expect(tablesWith(store, gone)).toEqual(WHAT_STAYS)
    expect(markersIn(place)).toBe(0)
  })

  it('waits for the work on it that is unsent, also for what the centre had refused', async () => {
    const { db, folder, gone, addressId } = aCaseload()
    const refused = save(db, { caseId: gone, id: addressId, town: MARKER })
    send(db, opId => ({ opId, status: 'rejected', code: 'invalid-fields', field: 'town' }))
    const unsent = save(db, { caseId: gone })
    revoke(db, gone)
    const work = workOf(db)

    await work.run()
    expect(stageOf(db, gone)).toBe('drain')
    expect(send(db, late)).toEqual([unsent])

    await work.run()
    expect(stageOf(db, gone)).toBe('drain')
    const again = send(db, late)
    expect(again).toHaveLength(1)
    expect(again).not.toEqual([refused])

    await work.run()
    expect(stageOf(db, gone)).toBe('receipt')
    expect(tablesWith(db, gone)).toEqual(WHAT_STAYS)
    expect(markersIn(folder)).toBe(0)
  })

  it('hands over what is refused together with what waits behind it on the same record', async () => {
    const { db, gone, addressId } = aCaseload()
    save(db, { caseId: gone, id: addressId, town: MARKER })
    send(db, opId => ({ opId, status: 'rejected', code: 'invalid-fields', field: 'town' }))
    save(db, { caseId: gone, id: addressId, town: 'Eastham' })
    revoke(db, gone)
    const work = workOf(db)

    await work.run()
    expect(send(db, late)).toHaveLength(2)
    await work.run()

    expect(stageOf(db, gone)).toBe('receipt')
  })

  it('hands over once what is refused: what is refused again stays with the officer', async () => {
    const { db, gone } = aCaseload()
    const reject = (opId: string): OperationAnswer => ({
      opId,
      status: 'rejected',
      code: 'invalid-fields',
      field: null,
    })
    save(db, { caseId: gone })
    revoke(db, gone)
    const work = workOf(db)
    send(db, reject)
    await work.run()
    send(db, reject)

    await work.run()

    expect(stageOf(db, gone)).toBe('receipt')
    expect(tablesWith(db, gone)).toEqual({ ...WHAT_STAYS, outbox: 1 })
    expect(listPurgeReports(db, 10)).toMatchObject([{ caseId: gone, state: 'purged', unsent: 1 }])
  })

  it('is purged after 72 hours of contact although its work is not taken; that stays, goes on being sent, and then goes too', async () => {
    const { db, folder, gone } = aCaseload()
    const unsent = save(db, { caseId: gone })
    revoke(db, gone)
    const work = workOf(db)
    const heardAfter = (milliseconds: number) => {
      inTransaction(db, tx => {
        writeSyncFact(tx, 'contactMs', milliseconds)
      })
    }

    heardAfter(DRAIN_MS - 1)
    await work.run()
    expect(stageOf(db, gone)).toBe('drain')

    heardAfter(DRAIN_MS)
    await work.run()
    expect(stageOf(db, gone)).toBe('receipt')
    expect(tablesWith(db, gone)).toEqual({ ...WHAT_STAYS, outbox: 1 })
    const reports = listPurgeReports(db, 10)
    expect(reports).toMatchObject([{ caseId: gone, epoch: 1, state: 'purged', unsent: 1 }])
    inTransaction(db, tx => {
      storePurgesAnswer(tx, reports, [])
    })
    expect(stageOf(db, gone)).toBe('done')

    expect(send(db, late)).toEqual([unsent])
    await work.run()
    expect(tablesWith(db, gone)).toMatchObject({ case_scope: 1, purge: 1 })
    expect(tablesWith(db, gone)).not.toHaveProperty('outbox')
    expect(listPurgeReports(db, 10)).toMatchObject([{ state: 'purged', unsent: 0 }])
    expect(markersIn(folder)).toBe(0)
  })

  it('takes nothing more of the centre, whatever still arrives', async () => {
    const { db, gone } = aCaseload()
    revoke(db, gone)
    await workOf(db).run()

    inTransaction(db, tx => {
      const fields = { ...aContact({ note: MARKER }) }
      applyRow(tx, { entity: 'contact', caseId: gone, id: anId(), version: 900, deleted: false, fieldRev: {}, fields })
      applyRow(tx, { entity: 'mood', caseId: gone, id: anId(), version: 901, deleted: false, fieldRev: {}, fields: {} })
      applyItem(tx, { kind: 'revoke', caseId: gone, epoch: 1 }, 0)
    })

    expect(tablesWith(db, gone)).toEqual(WHAT_STAYS)
    expect(stageOf(db, gone)).toBe('receipt')
  })
})

describe('many cases at once', () => {
  const casesOf = (db: Database, count: number) => {
    const cases = Array.from({ length: count }, () => anId())
    confirmRows(
      db,
      cases.map(caseId => ({ entity: 'case' as const, caseId, id: caseId, fields: aPerson() })),
    )
    return cases
  }
  const stages = (db: Database) =>
    db.$client.prepare('SELECT stage, count(*) AS cases FROM purge GROUP BY stage ORDER BY stage').all()
  const revokeAll = (db: Database, cases: readonly string[]) => {
    inTransaction(db, tx => {
      for (const caseId of cases) applyItem(tx, { kind: 'revoke', caseId, epoch: 1 }, 0)
      countRevokes(tx, clock.now())
    })
  }

  it.each([
    ['10 of 20 go', 20, 10, 'drain'],
    ['11 of 20 wait', 20, 11, 'held'],
    ['20 of 100 go', 100, 20, 'drain'],
    ['21 of 100 wait', 100, 21, 'held'],
  ])('%s', (_how, caseload, gone, stage) => {
    const db = aStore()
    revokeAll(db, casesOf(db, caseload).slice(0, gone))

    expect(stages(db)).toEqual([{ stage, cases: gone }])
  })

  it('count together when they go one by one within an hour', () => {
    const db = aStore()
    for (const caseId of casesOf(db, 20).slice(0, 12)) revokeAll(db, [caseId])

    expect(stages(db)).toEqual([
      { stage: 'drain', cases: 10 },
      { stage: 'held', cases: 2 },
    ])
  })

  it('keep their rows until the centre confirms them, case by case and for this revoke only', async () => {
    const db = aStore()
    const gone = casesOf(db, 12)
    const work = workOf(db)
    revokeAll(db, gone)
    await work.run()
    const rows = () => db.$client.prepare('SELECT count(*) FROM cases').pluck().get()
    expect(rows()).toBe(12)

    const reports = listPurgeReports(db, 100)
    expect(reports.map(one => one.state)).toEqual(Array.from({ length: 12 }, () => 'held'))
    inTransaction(db, tx => {
      const [first = '', second = ''] = gone
      storePurgesAnswer(tx, reports, [
        { caseId: first, epoch: 1 },
        { caseId: second, epoch: 2 },
      ])
    })
    await work.run()

    expect(rows()).toBe(11)
    expect(stageOf(db, gone[0] ?? '')).toBe('receipt')
    expect(stageOf(db, gone[1] ?? '')).toBe('held')
  })

  it('are shown again, as they were, when the centre gives them back', async () => {
    const db = aStore()
    const [one = '', ...others] = casesOf(db, 12)
    revokeAll(db, [one, ...others])

    inTransaction(db, tx => {
      applyItem(tx, { kind: 'grant', caseId: one, epoch: 2, until: null }, 0)
    })
    await workOf(db).run()

    expect(stageOf(db, one)).toBeUndefined()
    expect(tablesWith(db, one)).toMatchObject({ cases: 1 })
  })
})
