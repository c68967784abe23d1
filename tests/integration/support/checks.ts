import { expect } from 'vitest'
import type { Office } from './office.ts'
import type { Officer } from './officer.ts'
import { centreRecords, changesOf, shownRecords, verdictsOf } from './records.ts'

/** What was recorded is on the officer's own screen at every moment, wherever it is on its way. */
export function checkShown({ desk, saved }: Officer): void {
  const rows = desk.db().$client.prepare('SELECT id FROM contacts UNION ALL SELECT id FROM appointments')
  const shown = new Set(rows.pluck().all())
  const recorded = saved().filter(one => 'create' in one.body)
  expect(recorded.filter(one => !shown.has(one.id))).toEqual([])
}

/** Every save that was acknowledged is at the centre, once, and in its case in the order in which it was made. */
export async function checkDelivery({ centre, ...office }: Office, officer: Officer): Promise<void> {
  const { deviceId } = officer.desk.device.actor
  const saved = officer.saved()
  const verdicts = await verdictsOf(centre, deviceId)
  expect(verdicts.map(one => one.opId).toSorted()).toEqual(saved.map(one => one.opId).toSorted())
  // Nothing that these officers do is refused, and no workstation is taken for a copy.
  expect(verdicts.filter(one => one.verdict.status === 'rejected' || one.incarnation !== 1)).toEqual([])
  for (const caseId of office.casesOf(officer)) {
    const taken = [...new Set((await changesOf(centre, deviceId, caseId)).map(one => one.opId))]
    const inOrder = saved.filter(one => one.caseId === caseId && taken.includes(one.opId))
    expect(taken).toEqual(inOrder.map(one => one.opId))
  }
}

/** What was sent has left the queue, the workstation has all of its cases as the centre has them, and its audit is whole. */
export async function checkWorkstation({ centre, ...office }: Office, officer: Officer): Promise<void> {
  const { desk } = officer
  const status = desk.value('sync.status', {})
  expect(status).toMatchObject({
    reason: 'up',
    saved: { count: 0 },
    sent: { count: 0 },
    cases: { complete: office.casesOf(officer).length },
  })
  const left = desk.db().$client.prepare(`SELECT state FROM outbox WHERE state <> 'acked'`).all()
  expect(left).toEqual([])
  expect(desk.db().$client.prepare('SELECT * FROM shadow').all()).toEqual([])
  for (const caseId of office.casesOf(officer)) {
    expect(shownRecords(desk.db(), caseId)).toEqual(await centreRecords(centre, caseId))
  }
  expect(desk.auditBreak()).toBeUndefined()
  expect(desk.line.problems).toEqual([])
}
