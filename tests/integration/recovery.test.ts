import { describe, expect, it } from 'vitest'
import { goOnFromBackup } from '../../central/db/centre.ts'
import { lateWorkTable, purgeTable } from '../../central/db/tables.ts'
import { backUp } from '../support/centre/backUp.ts'
import { useTestServer } from '../support/centre/testServer.ts'
import { checkDelivery, checkWorkstation } from './support/checks.ts'
import { anOffice } from './support/office.ts'
import { centreRecords, shownRecords, verdictsOf } from './support/records.ts'

const server = useTestServer()
const MINUTE_MS = 60_000

/** An officer with two cases, of which the first is taken away, and a colleague on both. */
async function setUp() {
  const office = await anOffice(server)
  const [, officer, colleague] = office.officers
  const [, lost = ''] = officer ? office.casesOf(officer) : []
  if (!officer || !colleague) throw new Error('the office has three officers')
  const kept = office.casesOf(officer).filter(one => one !== lost)
  return { office, officer, colleague, lost, kept }
}

describe('work on a case that was taken away meanwhile', () => {
  it('reaches the centre all the same, is kept there for the next officer, and then nothing of the case is left', async () => {
    const { office, officer, colleague, lost, kept } = await setUp()
    await office.takeAway(lost, officer)
    officer.desk.line.break(['arrives-twice', 'down']) // the push gets through; the pull, which would say so, does not
    officer.do('contact', lost, 1)
    officer.do('edit-guarded', lost, 3)
    officer.do('book', lost, 2)
    officer.do('contact', kept[0] ?? '', 4)
    await office.pass(11_000)
    officer.do('contact', lost, 5)

    await office.calm()
    const before = officer.desk.line.total()
    for (let minute = 0; minute < 30; minute++) await office.pass(MINUTE_MS)

    expect(officer.desk.line.total() - before).toBeLessThan(20)
    expect(officer.desk.line.problems).toEqual([])
    expect(officer.desk.value('sync.status', {})).toMatchObject({ needsYou: { count: 0 }, saved: { count: 0 } })
    expect(officer.desk.call('cases.open', { caseId: lost })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    const found = colleague.desk
      .db()
      .$client.prepare('SELECT note, came_late FROM contacts WHERE case_id = ? AND came_late')
    expect(found.pluck().all(lost).toSorted()).toEqual(['contact 1', 'contact 5'])
    const kind = (one: { readonly entity: string }) => one.entity === 'proposal'
    expect((await centreRecords(office.centre, lost)).filter(kind).map(one => one.fields.value)).toEqual([
      'edit-guarded 3',
    ])
    expect((await office.centre.db.select().from(lateWorkTable)).map(one => one.type)).toContain('appointment.create@1')
    expect(await office.centre.db.select().from(purgeTable)).toMatchObject([
      { deviceId: officer.desk.device.actor.deviceId, caseId: lost, state: 'purged', unsent: 0 },
    ])
    expect(shownRecords(officer.desk.db(), lost)).toEqual([])
    await checkDelivery(office, officer)
    await checkWorkstation({ ...office, casesOf: () => kept }, officer)
    await office.close()
  })

  it('is shown with everything else when the case comes back, before or after it was purged', async () => {
    const { office, officer, lost } = await setUp()
    officer.desk.line.break(Array.from({ length: 100 }, () => 'down' as const))
    officer.do('edit-guarded', lost, 1)
    officer.do('contact', lost, 2)
    await office.takeAway(lost, officer)
    await office.calm()
    expect(shownRecords(officer.desk.db(), lost)).toEqual([])

    await office.giveBack(lost, officer)
    await office.calm()
    await checkWorkstation(office, officer)

    officer.do('contact', lost, 3)
    await office.takeAway(lost, officer)
    await office.pass(MINUTE_MS)
    await office.giveBack(lost, officer)
    await office.calm()
    await checkWorkstation(office, officer)
    await checkDelivery({ ...office, casesOf: () => [] }, officer)
    await office.close()
  })
})

describe('a cursor that the centre no longer knows', () => {
  it('costs the workstation another look at every case: it misses no change and keeps no case that it lost', async () => {
    const { office, officer, colleague, lost, kept } = await setUp()
    officer.desk.line.break(Array.from({ length: 100 }, () => 'down' as const))
    colleague.do('edit-guarded', lost, 1)
    officer.do('contact', kept[0] ?? '', 2)
    for (const caseId of office.casesOf(colleague)) colleague.do('edit-free', caseId, 3)
    await office.pass(MINUTE_MS)
    await office.takeAway(lost, officer)
    await office.service.forgetCursors()

    await office.calm()
    await office.calm()

    expect(officer.desk.call('cases.open', { caseId: lost })).toMatchObject({ ok: false, error: { code: 'not-found' } })
    await checkWorkstation({ ...office, casesOf: () => kept }, officer)
    await checkWorkstation(office, colleague)
    await checkDelivery(office, officer)
    await office.close()
  })
})

describe('a store that was put back from a backup', () => {
  it('sends what it has under new numbers, nothing twice, and catches up', async () => {
    const { office, officer, colleague, kept } = await setUp()
    const [caseId = ''] = kept
    officer.do('contact', caseId, 1)
    const backup = officer.desk.copyStore()
    officer.do('contact', caseId, 2)
    await office.calm()

    officer.desk.goOnFrom(backup)
    officer.do('contact', caseId, 3)
    colleague.do('edit-free', office.casesOf(colleague)[0] ?? '', 4)
    await office.calm()

    const verdicts = await verdictsOf(office.centre, officer.desk.device.actor.deviceId)
    expect(new Set(verdicts.map(one => one.opId))).toEqual(new Set(officer.saved().map(one => one.opId)))
    expect(
      verdicts
        .map(one => one.incarnation)
        .toSorted()
        .at(-1),
    ).toBe(2)
    const notes = (await centreRecords(office.centre, caseId)).map(one => one.fields.note)
    expect(notes).toEqual(expect.arrayContaining(['contact 1', 'contact 2', 'contact 3']))
    await checkWorkstation(office, officer)
    await office.close()
  })
})

describe('a centre that was put back from a backup', () => {
  it('is what every workstation shows again, though it numbered anew past what they had seen', async () => {
    const { office, officer, colleague, kept } = await setUp()
    const [caseId = ''] = kept
    officer.do('edit-guarded', caseId, 1)
    officer.do('edit-free', caseId, 1)
    await office.calm()
    const putBack = await backUp(office.centre)
    officer.do('edit-guarded', caseId, 2)
    officer.do('edit-free', caseId, 2)
    await office.calm() // all of it is confirmed, and will be lost
    officer.desk.line.break(Array.from({ length: 100 }, () => 'down' as const))
    officer.do('contact', caseId, 3) // and this waits on the PC

    await putBack()
    await goOnFromBackup(office.centre)
    await office.service.restart()
    for (const one of office.casesOf(colleague)) for (const pick of [4, 5, 6]) colleague.do('contact', one, pick)
    await office.pass(MINUTE_MS)
    await office.calm()
    await office.calm()

    const records = await centreRecords(office.centre, caseId)
    expect(records.map(one => one.fields.town).filter(Boolean)).toEqual(['edit-guarded 1'])
    expect(records.map(one => one.fields.note)).toContain('contact 3')
    await checkWorkstation(office, officer)
    await checkWorkstation(office, colleague)
    await office.close()
  })
})
