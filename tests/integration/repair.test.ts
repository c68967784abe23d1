import { describe, expect, it } from 'vitest'
import { useTestServer } from '../support/centre/testServer.ts'
import { checkWorkstation } from './support/checks.ts'
import { anOffice } from './support/office.ts'
import { centreRecords, shownRecords } from './support/records.ts'

const server = useTestServer()
const HOUR_MS = 3_600_000

/** An officer with two cases, whose rows were compared with the centre's. */
async function setUp() {
  const office = await anOffice(server)
  const [, officer] = office.officers
  const [lost = '', other = ''] = officer ? office.casesOf(officer) : []
  if (!officer) throw new Error('the office has three officers')
  const asked: string[] = []
  officer.desk.line.onRequest(({ url, body }) => {
    const { pathname } = new URL(url)
    if (pathname === '/v1/rows') asked.push(Buffer.from(body ?? '').toString())
  })
  const nextDay = async () => {
    await office.pass(25 * HOUR_MS)
    await office.calm()
  }
  return { office, officer, lost, other, asked, nextDay }
}

describe('rows that a workstation lost', () => {
  it.each([
    ['a contact', 'DELETE FROM contacts WHERE case_id = ?'],
    ['the header', 'DELETE FROM cases WHERE case_id = ?'],
    ['an older address', 'UPDATE addresses SET version = 1 WHERE case_id = ?'],
  ])('come back within a day: %s, and no other case is fetched', async (_, harm) => {
    const { office, officer, lost, other, asked, nextDay } = await setUp()
    await nextDay()
    expect(asked).toEqual([])
    officer.desk.db().$client.prepare(harm).run(lost)

    await nextDay()

    expect(shownRecords(officer.desk.db(), lost)).toEqual(await centreRecords(office.centre, lost))
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain(lost)
    expect(asked[0]).not.toContain(other)
    await checkWorkstation(office, officer)
    await office.close()
  })
})
