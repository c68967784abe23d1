import { describe, expect, it } from 'vitest'
import { PAGE_BYTES_MIN, type WireRow } from '../../../shared/sync/protocol.ts'
import { aContact, anAddress, anId, aTemplate } from '../../../tests/support/builders.ts'
import { aCaseOf, assignedTo } from '../../../tests/support/centre/builders.ts'
import { aCentre, type Device, MONDAY, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { readCaseRows } from './caseRows.ts'

const server = useTestServer()

async function readAll(centre: TestCentre, { actor }: Device, caseId: string, limitBytes: number) {
  const pages: (readonly WireRow[])[] = []
  for (let after: string | undefined; ;) {
    const page = await readCaseRows(centre, actor, { caseId, after, limitBytes })
    if (typeof page === 'string') return page
    pages.push(page.rows)
    if (page.after === null) return pages
    after = page.after
  }
}

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

    const pages = await readAll(centre, device, caseId, 262_144)

    const rows = pages === 'not-found' || pages === 'bad-position' ? [] : pages.flat()
    expect(rows.slice(0, 4).map(row => row.entity)).toEqual(['case', 'assignment', 'address', 'contact'])
    const contacts = rows.slice(3).map(row => [Number(row.fields.startedAt), row.id] as const)
    expect(contacts).toHaveLength(40)
    expect(contacts).toEqual(contacts.toSorted(([a, x], [b, y]) => b - a || (x < y ? 1 : -1)))
  })

  it('in the smallest pages are the same as in one', async () => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const caseId = await aFullCase(centre)

    const [inPages, whole] = [
      await readAll(centre, device, caseId, PAGE_BYTES_MIN),
      await readAll(centre, device, caseId, 262_144),
    ]

    expect(inPages.length).toBeGreaterThan(5)
    expect([...inPages].flat()).toEqual([...whole].flat())
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

    expect(await readAll(centre, device, caseId, PAGE_BYTES_MIN)).toBe('not-found')
  })

  it.each(['ref:templates', 'me:morgan.ashby'])('of %s are there without an assignment', async caseId => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const id = anId()
    await centre.write({ entity: 'template', caseId, id, fields: aTemplate() })

    expect(await readAll(centre, device, caseId, PAGE_BYTES_MIN)).toMatchObject([[{ id }]])
  })

  it.each(['', 'contact', 'contact.1', 'nothing.1.00000000-0000-0000-0000-000000000000'])(
    'are not given from %j, which is no position',
    async after => {
      const centre = await aCentre(server)
      const { actor } = await centre.addDevice('morgan.ashby')

      expect(await readCaseRows(centre, actor, { caseId: 'ref:templates', after, limitBytes: PAGE_BYTES_MIN })).toBe(
        'bad-position',
      )
    },
  )
})
