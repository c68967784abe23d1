import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.ts'
import { pagesInLog } from '../../db/housekeeping.ts'
import { queueAction } from '../../db/outbox/outboxRepository.ts'
import { join } from 'node:path'
import { aCase, aContact, anId } from '../../tests/support/builders.ts'
import { aMachine } from '../../tests/support/ports.ts'
import { aStore, confirmRows } from '../../tests/support/store.ts'
import { aFolderInMemory } from '../../tests/support/temporary.ts'
import { openFileFolder } from '../files/fileFolder.ts'
import { createIdleWork } from './idleWork.ts'
import { reference } from '../../tests/support/reference.ts'

const DAY_MS = 86_400_000

/** A store with what saves and sync leave behind, and an engine that has nothing else to do. */
function afterWork({ cases = 1, contacts = 0 } = {}) {
  const folder = aFolderInMemory()
  const db = aStore(folder)
  const people = Array.from({ length: cases }, () => aCase())
  confirmRows(
    db,
    people.flatMap(one => one.rows),
  )
  const { clock, timers, random } = aMachine()
  const files = openFileFolder(join(folder, 'files'), random)
  for (let n = 0; n < contacts; n++) {
    const facts = { actionId: anId(), clientAt: clock.now(), notBefore: 0, serverSeen: null }
    const body = { create: aContact({ startedAt: clock.now() - n, note: `note ${n}` }) }
    const [caseId = ''] = people.map(one => one.caseId)
    inTransaction(db, tx => {
      queueAction(tx, facts, [{ opId: anId(), type: 'contact.create@1', caseId, id: anId(), body }])
    })
  }
  let told = 0
  const idle = createIdleWork({ db, clock, timers, reference, files, listsChanged: () => told++ })
  const pass = (milliseconds: number): void => {
    clock.forward(milliseconds)
    timers.run()
  }
  const count = (what: string) => db.$client.prepare(`SELECT count(*) FROM ${what}`).pluck().get()
  return { db, folder, idle, pass, count, clock, told: () => told }
}

describe('what is left for later', () => {
  it('waits until the work has rested, then is done in small steps', () => {
    const { idle, pass, count, told } = afterWork({ cases: 23 })
    const due = Number(count('due'))
    expect(due).toBeGreaterThan(23)
    expect(due % 10).not.toBe(0)

    idle.nudge()
    pass(199)
    expect(count('due')).toBe(due)
    pass(1)
    expect(count('due')).toBe(due - 10)
    expect(told()).toBe(1)

    for (let step = 0; step < 100; step++) pass(20)
    expect(count('due')).toBe(0)
    expect(count('case_summary')).toBe(23)
    expect(told()).toBe(Math.ceil(due / 10)) // of the last few lines too
  })

  it('is not put off by more work: the steps go on between', () => {
    const { idle, pass, count } = afterWork({ cases: 5 })

    for (let millisecond = 0; millisecond < 200; millisecond++) {
      idle.nudge()
      pass(1)
    }

    expect(count('case_summary')).toBeGreaterThan(0)
  })

  it('writes a long log back to the store', () => {
    const { idle, pass, db } = afterWork({ contacts: 60 })
    expect(pagesInLog(db)).toBeGreaterThan(250)

    idle.nudge()
    pass(200)
    for (let step = 0; step < 100; step++) pass(20)

    expect(pagesInLog(db)).toBeLessThan(250)
  })

  it('forgets what the centre confirmed more than a week ago, and nothing that waits', () => {
    const { idle, pass, db, count, clock } = afterWork({ contacts: 4 })
    db.$client.exec(`UPDATE outbox SET state = 'acked', answered_at = client_at WHERE place <= 2`)
    db.$client.exec(`UPDATE outbox SET state = 'quarantined' WHERE place = 3`)
    db.$client.exec(`UPDATE outbox SET answered_at = answered_at + 1 WHERE place = 2`)
    // Saved long before, without a line: what counts is when it was confirmed.
    db.$client.exec(`UPDATE outbox SET client_at = client_at - ${DAY_MS}`)

    clock.forward(7 * DAY_MS + 1 - 200)
    idle.nudge()
    pass(200)
    for (let step = 0; step < 20; step++) pass(0)

    expect(count(`outbox WHERE state = 'acked'`)).toBe(1)
    expect(count(`outbox WHERE state IN ('pending', 'quarantined')`)).toBe(2)
  })

  it('goes on with the other steps when one cannot be done', () => {
    const { idle, pass, db } = afterWork({ contacts: 60 })
    expect(pagesInLog(db)).toBeGreaterThan(250)
    db.$client.exec('ALTER TABLE due RENAME TO due_elsewhere')

    idle.nudge()
    for (let step = 0; step < 100; step++) pass(200)

    expect(pagesInLog(db)).toBeLessThan(250)
  })

  it('is tried again after the next piece of work when the disk refuses', () => {
    const { idle, pass, count, folder } = afterWork()
    const other = aStore(folder)
    other.$client.exec('BEGIN IMMEDIATE') // another program writes

    idle.nudge()
    pass(200)
    expect(count('case_summary')).toBe(0)
    other.$client.exec('ROLLBACK')
    pass(10_000)
    expect(count('case_summary')).toBe(0)
    idle.nudge()
    pass(200)

    expect(count('case_summary')).toBe(1)
  })

  it('is left where it is once the engine stops', () => {
    const { idle, pass, count } = afterWork()
    idle.nudge()

    idle.stop()
    idle.nudge()
    pass(1_000)

    expect(count('case_summary')).toBe(0)
  })
})
