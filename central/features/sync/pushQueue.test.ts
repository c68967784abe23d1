import { and, asc, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../../shared/sync/protocol.ts'
import { changeTable, deviceTable, rowTable } from '../../db/tables.ts'
import { aContact, anAddress } from '../../../tests/support/builders.ts'
import { aCaseOf } from '../../../tests/support/centre/builders.ts'
import { aDesk, type Desk } from '../../../tests/support/centre/desk.ts'
import { aCentre, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { holdLock, waiting } from '../../../tests/support/centre/waiting.ts'
import type { Accepted } from './acceptOperations.ts'
import { pushQueue } from './pushQueue.ts'
import { lastNumber } from './rowStatements.ts'

const server = useTestServer()

/** A case, and a queue with as many transactions as it may have until `go` is called: what comes before that waits. */
async function setUp(waitMsMax?: number) {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  const accept = pushQueue(centre, waitMsMax)
  const desk = () => aDesk(centre, 'morgan.ashby')
  const send = (from: Desk, operations: readonly Operation[], incarnation = 1): Promise<Accepted> =>
    accept({ actor: from.device.actor, incarnation, operations: [...operations] })
  const contact = (from: Desk, fields = {}) => from.make.create('contact.create@1', caseId, aContact(fields))

  const holders = [await desk(), await desk()]
  const held = await holdLock(centre.db, async tx => {
    for (const { device } of holders)
      await tx.select().from(deviceTable).where(eq(deviceTable.id, device.actor.deviceId)).for('update')
  })
  const first = holders.map(one => send(one, [contact(one)]))
  await waiting(centre.db, 2)
  return {
    centre,
    caseId,
    desk,
    send,
    contact,
    /** Settles when those that came first are answered. */
    async go() {
      await held.release()
      await Promise.all(first)
    },
  }
}

const statuses = (accepted: Accepted) => ('answers' in accepted ? accepted.answers.map(one => one.status) : accepted)

/** By operation: the transaction that wrote its change. */
async function transactionsOf({ db }: TestCentre): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ opId: changeTable.opId, transaction: sql<string>`xmin` })
    .from(changeTable)
    .orderBy(asc(changeTable.seq))
  return new Map(rows.map(one => [one.opId, one.transaction]))
}

describe('pushes that come while others are written', () => {
  it('are written together, in the order in which they came, each with its own answer', async () => {
    const { centre, desk, send, contact, go } = await setUp()
    const desks = [await desk(), await desk(), await desk()]
    const batches = desks.map(one => [contact(one), contact(one)])
    const sent = desks.map((one, place) => send(one, batches[place] ?? []))
    await go()

    const answers = await Promise.all(sent)

    const opIds = batches.flat().map(one => one.opId)
    const told = answers.flatMap(one => ('answers' in one ? one.answers : []))
    const firstVersion = told[0]?.status === 'as-sent' ? told[0].version : NaN
    expect(told).toEqual(opIds.map((opId, place) => ({ opId, status: 'as-sent', version: firstVersion + place })))
    const transactions = await transactionsOf(centre)
    expect([...transactions.keys()].filter(opId => opIds.includes(opId))).toEqual(opIds)
    expect(new Set(opIds.map(opId => transactions.get(opId))).size).toBe(1)
    const devices = await centre.db.select().from(deviceTable)
    expect(devices.map(one => one.lastN).toSorted()).toEqual([1, 1, 2, 2, 2])
  })

  it('build on each other as if each had been alone', async () => {
    const { centre, caseId, desk, send, go } = await setUp()
    const [ours, theirs] = [await desk(), await desk()]
    const address = ours.make.create('address.create@1', caseId, anAddress())
    await ours.push(address)
    const baseRev = await lastNumber(centre.db)
    const patch = ({ make }: Desk, value: string) =>
      make.patch('address.patch@1', address, [{ field: 'town', baseRev, value }])
    const sent = [send(ours, [patch(ours, 'Leeds')]), send(theirs, [patch(theirs, 'York')])]
    await go()

    const answers = await Promise.all(sent)

    expect(answers.map(statuses)).toEqual([['applied'], ['conflict']])
    const [row] = await centre.db.select().from(rowTable).where(eq(rowTable.id, address.id))
    expect(row).toMatchObject({ fields: { town: 'Leeds' } })
    const [conflict] = await centre.db
      .select()
      .from(rowTable)
      .where(and(eq(rowTable.caseId, caseId), eq(rowTable.entity, 'conflict')))
    expect(conflict?.fields).toMatchObject({ rowId: address.id, before: anAddress().town, standing: 'Leeds' })
    const numbers = await centre.db.select({ seq: changeTable.seq }).from(changeTable).orderBy(asc(changeTable.seq))
    expect(numbers.map(one => one.seq)).toEqual(numbers.map((_, place) => (numbers[0]?.seq ?? 0) + place))
  })

  it('and are one push sent twice are done once and answered alike', async () => {
    const { centre, desk, send, contact, go } = await setUp()
    const one = await desk()
    const batch = [contact(one)]
    const sent = [send(one, batch), send(one, batch), send(one, [...batch, contact(one)])]
    await go()

    const [first, again, more] = await Promise.all(sent)

    expect(again).toEqual(first)
    expect(more).toMatchObject({ answers: [...(first && 'answers' in first ? first.answers : []), {}] })
    expect(await transactionsOf(centre)).toHaveProperty('size', 4)
    const [device] = await centre.db.select().from(deviceTable).where(eq(deviceTable.id, one.device.actor.deviceId))
    expect(device?.lastN).toBe(2)
  })

  it('are refused alone: for their numbers, and for what the database cannot hold', async () => {
    const { centre, desk, send, contact, go } = await setUp()
    const [good, copied, bad] = [await desk(), await desk(), await desk()]
    const sent = [
      send(copied, [contact(copied)], 7),
      send(bad, [contact(bad, { amends: 'a\u0000b' }), contact(bad)]),
      send(good, [contact(good)]),
    ]
    await go()

    const answers = await Promise.all(sent)

    expect(answers.map(statuses)).toEqual([{ incarnation: 2 }, ['rejected', 'as-sent'], ['as-sent']])
    expect(await transactionsOf(centre)).toHaveProperty('size', 4)
  })

  it('may not read what another of them may', async () => {
    const { centre, caseId, send, contact, desk, go } = await setUp()
    const [own, stranger] = [await desk(), await aDesk(centre, 'dev.larkhill')]
    const sent = [send(own, [contact(own)]), send(stranger, [contact(stranger, { recordedById: 'dev.larkhill' })])]
    await go()

    const answers = await Promise.all(sent)

    expect(answers[1]).toMatchObject({ answers: [{ code: 'case-not-found' }] })
    const stored = await centre.db.select().from(rowTable).where(eq(rowTable.caseId, caseId))
    expect(stored.filter(row => row.entity === 'contact')).toHaveLength(3)
  })

  it('are answered that the database cannot be reached when they have waited too long, and are not written later', async () => {
    const { centre, desk, send, contact, go } = await setUp(50)
    const late = await desk()

    await expect(send(late, [contact(late)])).rejects.toThrow('timeout exceeded')

    await go()
    expect(await transactionsOf(centre)).toHaveProperty('size', 2)
  })
})
