import { describe, expect, it } from 'vitest'
import {
  type CaseRowsAnswer,
  type CaseRowsRequest,
  PAGE_BYTES_MIN,
  type WireRow,
} from '../../../shared/sync/protocol.ts'
import { aContact, anAddress, anId, aTemplate } from '../../../tests/support/builders.ts'
import { aCaseOf, assignedTo } from '../../../tests/support/centre/builders.ts'
import { aCentre, type Device, MONDAY, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { readCaseRows } from './caseRows.ts'
import { bytesOf } from './page.ts'

const server = useTestServer()

async function readAll(centre: TestCentre, { actor }: Device, caseIds: readonly string[], limitBytes: number) {
  const pages: CaseRowsAnswer[] = []
  for (let cases: CaseRowsRequest['cases'] = caseIds.map(caseId => ({ caseId, after: null })); cases.length > 0;) {
    const page = await readCaseRows(centre, actor, { cases, limitBytes })
    if ('badPosition' in page) throw new Error('a position that came from the centre is none')
    pages.push(page)
    const afterOf = new Map(page.cases.map(one => [one.caseId, one.after]))
    cases = cases
      .map(one => ({ ...one, after: afterOf.get(one.caseId) ?? one.after }))
      .filter(({ caseId }) => afterOf.get(caseId) !== null && !page.notFound.includes(caseId))
  }
  return pages
}

const rowsIn = (pages: readonly CaseRowsAnswer[]): readonly WireRow[] =>
  pages.flatMap(page => page.cases.flatMap(one => one.rows))

/** A case with an address and contacts, some of them at the same moment. */
async function aFullCase(centre: TestCentre): Promise<string> {
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  for (let count = 0; count < 40; count++) {
    const fields = aContact({ startedAt: MONDAY + (count % 13) * 1_000, note: 'x'.repeat((count % 7) * 300) })
    await centre.write({ entity: 'contact', caseId, id: anId(), fields })
  }
  await centre.write({ entity: 'address', caseId, id: anId(), fields: anAddress() })
  return caseId
}

describe('the rows of a case', () => {
  it('come with the header first, then contacts from the newest back', async () => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const caseId = await aFullCase(centre)

    const rows = rowsIn(await readAll(centre, device, [caseId], 262_144))

    expect(rows.slice(0, 4).map(row => row.entity)).toEqual(['case', 'assignment', 'address', 'contact'])
    const contacts = rows.slice(3).map(row => [Number(row.fields.startedAt), row.id] as const)
    expect(contacts).toHaveLength(40)
    expect(contacts).toEqual(contacts.toSorted(([a, x], [b, y]) => b - a || (x < y ? 1 : -1)))
  })

  it('in the smallest pages are the same as in one, each no larger than it was asked for', async () => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const caseIds = [await aFullCase(centre), await aCaseOf(centre, 'morgan.ashby'), await aFullCase(centre)]

    const inPages = await readAll(centre, device, caseIds, PAGE_BYTES_MIN)
    const [whole, ...others] = await readAll(centre, device, caseIds, 262_144)

    expect(others).toEqual([])
    expect(whole?.cases.map(one => one.caseId)).toEqual(caseIds)
    expect(inPages.length).toBeGreaterThan(10)
    for (const page of inPages) expect(bytesOf(rowsIn([page]))).toBeLessThanOrEqual(PAGE_BYTES_MIN)
    expect(rowsIn(inPages)).toEqual(rowsIn(whole ? [whole] : []))
    // A page goes on with the next case: only the last of a page is incomplete, and most pages are full.
    for (const { cases } of inPages) expect(cases.slice(0, -1).every(one => one.after === null)).toBe(true)
    const total = bytesOf(rowsIn(inPages))
    expect(inPages.length).toBeLessThan((total / PAGE_BYTES_MIN) * 2)
  })

  it('say which cases are not there, and go on with the others', async () => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const [own, gone, others] = [await aCaseOf(centre, 'morgan.ashby'), anId(), await aCaseOf(centre, 'dev.larkhill')]

    expect(await readAll(centre, device, [gone, own, others], PAGE_BYTES_MIN)).toMatchObject([
      { cases: [{ caseId: own, after: null }], notFound: [gone, others] },
    ])
  })

  it.each<[string, (centre: TestCentre) => Promise<string>]>([
    ['does not exist', () => Promise.resolve(anId())],
    ['is somebody else’s', centre => aCaseOf(centre, 'dev.larkhill')],
    ['are the settings of somebody else', () => Promise.resolve('me:dev.larkhill')],
    [
      'was theirs until yesterday',
      async centre => {
        const caseId = anId()
        const fields = assignedTo('morgan.ashby', { endOn: '2026-03-01' })
        await centre.write({ entity: 'assignment', caseId, id: anId(), fields })
        return caseId
      },
    ],
    [
      'was theirs until midnight, which nothing has settled yet',
      async centre => {
        const caseId = anId()
        const fields = assignedTo('morgan.ashby', { endOn: '2026-03-02' })
        await centre.write({ entity: 'assignment', caseId, id: anId(), fields })
        centre.clock.at = Date.UTC(2026, 2, 3)
        return caseId
      },
    ],
  ])('are not found where the case %s', async (_, make) => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const caseId = await make(centre)

    expect(await readAll(centre, device, [caseId], PAGE_BYTES_MIN)).toEqual([{ cases: [], notFound: [caseId] }])
  })

  it.each(['ref:templates', 'me:morgan.ashby'])('of %s are there without an assignment', async caseId => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const id = anId()
    await centre.write({ entity: 'template', caseId, id, fields: aTemplate() })

    expect(rowsIn(await readAll(centre, device, [caseId], PAGE_BYTES_MIN))).toMatchObject([{ id }])
  })

  it.each(['', 'contact', 'contact.1', 'nothing.1.00000000-0000-0000-0000-000000000000'])(
    'are not given from %j, which is no position',
    async after => {
      const centre = await aCentre(server)
      const { actor } = await centre.addDevice('morgan.ashby')

      const cases = [
        { caseId: 'ref:templates', after: null },
        { caseId: 'me:morgan.ashby', after },
      ]
      expect(await readCaseRows(centre, actor, { cases, limitBytes: PAGE_BYTES_MIN })).toEqual({ badPosition: 1 })
    },
  )
})
