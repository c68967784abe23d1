import { describe, expect, it } from 'vitest'
import type { PurgeReport } from '../../../shared/sync/protocol.ts'
import { aCaseOf, assignedTo } from '../../../tests/support/centre/builders.ts'
import { aCentre, MONDAY, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { confirmHeldPurges, listHeldPurges, listOverduePurges } from './purgeStatements.ts'
import { keepPurges } from './purges.ts'

const server = useTestServer()
const DAY_MS = 24 * 60 * 60 * 1000

/** Two workstations of an officer from whom a case is taken away. */
async function setUp() {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, 'dev.larkhill')
  const [desk, laptop] = [await centre.addDevice('morgan.ashby'), await centre.addDevice('morgan.ashby')]
  const id = centre.newId()
  await centre.write({ entity: 'assignment', caseId, id, fields: assignedTo('morgan.ashby') })
  centre.clock.at = MONDAY + DAY_MS
  await centre.write({ entity: 'assignment', caseId, id, fields: assignedTo('morgan.ashby', { endOn: '2026-03-02' }) })
  const report = (state: PurgeReport['state'], changes: Partial<PurgeReport> = {}): PurgeReport => {
    return { caseId, epoch: 1, state, rows: 12, unsent: 0, ...changes }
  }
  return { centre, caseId, id, desk, laptop, report }
}

/** Who has not said that the case is gone, a day after it was taken away. */
const overdue = async (centre: TestCentre) =>
  (await listOverduePurges(centre.db, centre.clock.at + DAY_MS)).map(one => one.deviceId)

describe('a receipt', () => {
  it('is missed of every workstation that has not given it, and of no other', async () => {
    const { centre, desk, laptop, report } = await setUp()
    await centre.addDevice('dev.larkhill')
    expect(await listOverduePurges(centre.db, centre.clock.at)).toEqual([])
    expect(await overdue(centre)).toEqual([desk.actor.deviceId, laptop.actor.deviceId].toSorted())

    await keepPurges(centre, desk.actor, [report('purged')])
    await keepPurges(centre, desk.actor, [report('purged', { unsent: 1 })])

    expect(await overdue(centre)).toEqual([laptop.actor.deviceId])
  })

  it('is not missed of a workstation that was enrolled later, nor once the case was given back', async () => {
    const { centre, caseId, id, desk, laptop } = await setUp()
    centre.clock.at += 1
    await centre.addDevice('morgan.ashby')
    expect(await overdue(centre)).toEqual([desk.actor.deviceId, laptop.actor.deviceId].toSorted())

    await centre.write({ entity: 'assignment', caseId, id, fields: assignedTo('morgan.ashby') })

    expect(await overdue(centre)).toEqual([])
  })

  it('counts for its own revoke: the next one is missed anew', async () => {
    const { centre, caseId, id, desk, laptop, report } = await setUp()
    for (const device of [desk, laptop]) await keepPurges(centre, device.actor, [report('purged')])
    await centre.write({ entity: 'assignment', caseId, id, fields: assignedTo('morgan.ashby') })
    await centre.write({
      entity: 'assignment',
      caseId,
      id,
      fields: assignedTo('morgan.ashby', { endOn: '2026-03-02' }),
    })

    expect(await overdue(centre)).toHaveLength(2)

    await keepPurges(centre, desk.actor, [report('purged', { epoch: 2 })])
    expect(await overdue(centre)).toEqual([laptop.actor.deviceId])
  })

  it('of a case that this user never had is not kept', async () => {
    const { centre, report } = await setUp()
    const stranger = await centre.addDevice('priya.hartwell')

    await keepPurges(centre, stranger.actor, [report('held')])

    expect(await listHeldPurges(centre.db)).toEqual([])
  })
})

describe('a purge that is held back', () => {
  it('is confirmed for the workstations of one user, by a person, once', async () => {
    const { centre, caseId, desk, laptop, report } = await setUp()
    expect(await keepPurges(centre, desk.actor, [report('held')])).toEqual([])
    expect(await listHeldPurges(centre.db)).toEqual([
      { userId: 'morgan.ashby', deviceId: desk.actor.deviceId, cases: 1 },
    ])
    expect(await confirmHeldPurges(centre.db, 'dev.larkhill')).toBe(0)

    expect(await confirmHeldPurges(centre.db, 'morgan.ashby')).toBe(1)

    expect(await listHeldPurges(centre.db)).toEqual([])
    const confirmed = [{ caseId, epoch: 1 }]
    expect(await keepPurges(centre, desk.actor, [report('held')])).toEqual(confirmed)
    expect(await keepPurges(centre, desk.actor, [report('held')])).toEqual(confirmed) // the answer was lost
    expect(await keepPurges(centre, laptop.actor, [report('held')])).toEqual([])
  })
})
