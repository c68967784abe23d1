import { asc, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { demoOffice } from '../demo/office.ts'
import { readCentre } from './db/centre.ts'
import { rowTable, scopeTable, userTable } from './db/tables.ts'
import { fillCentre, type GivenCase, makeDemoOffice, type Office } from './demoOffice.ts'
import { lastNumber } from './features/sync/rowStatements.ts'
import { aContact, anId, aPerson, aTemplate } from '../tests/support/builders.ts'
import { assignedTo } from '../tests/support/centre/builders.ts'
import { aDesk } from '../tests/support/centre/desk.ts'
import { aCentre } from '../tests/support/centre/testCentre.ts'
import { useTestServer } from '../tests/support/centre/testServer.ts'

const server = useTestServer()

const OFFICE: Office = {
  officeName: 'Northfold',
  users: [
    { id: 'morgan.ashby', name: 'Morgan Ashby', role: 'officer' },
    { id: 'dev.larkhill', name: 'Dev Larkhill', role: 'officer' },
  ],
}

/** Templates, and cases of the two officers in turn. */
function* someCases(count: number, contacts: number): Generator<GivenCase> {
  const caseId = 'ref:templates'
  yield { caseId, rows: [{ entity: 'template', caseId, id: anId(), fields: aTemplate() }] }
  for (let made = 0; made < count; made++) {
    const caseId = anId()
    const officer = OFFICE.users[made % 2]?.id ?? ''
    const row = (entity: 'assignment' | 'contact', fields: GivenCase['rows'][0]['fields']) => {
      return { entity, caseId, id: anId(), fields }
    }
    yield {
      caseId,
      rows: [
        { entity: 'case', caseId, id: caseId, fields: aPerson() },
        row('assignment', assignedTo(officer)),
        ...Array.from({ length: contacts }, () => row('contact', aContact())),
      ],
    }
  }
}

describe('filling an empty centre', () => {
  it('numbers every row, and each field that may change with its row, and leaves no number out', async () => {
    const { db, ...centre } = await aCentre(server)
    const cases = [...someCases(7, 200)]

    const filled = await fillCentre({ db, ...centre }, OFFICE, cases, () => undefined)

    const given = cases.flatMap(one => one.rows)
    expect(filled).toEqual({ cases: 8, rows: given.length })
    const rows = await db.select().from(rowTable).orderBy(asc(rowTable.version))
    expect(rows.map(({ entity, caseId, id, fields }) => ({ entity, caseId, id, fields }))).toEqual(given)
    for (const { entity, version, fields, fieldRev } of rows) {
      const names = entity === 'contact' ? [] : Object.keys(fields)
      expect(fieldRev).toEqual(Object.fromEntries(names.map(name => [name, version])))
    }
    expect(await lastNumber(db)).toBe(given.length + 7) // and a grant for each case
  })

  it('refuses a user whose name could not stand in a record, and changes nothing', async () => {
    const centre = await aCentre(server)
    const users = [...OFFICE.users, { id: 'priya.hartwell', name: ' ', role: 'senior' as const }]

    const filling = fillCentre(centre, { ...OFFICE, users }, someCases(1, 1), () => undefined)

    await expect(filling).rejects.toThrow("The user 'priya.hartwell' cannot be used for its name.")
    expect(await centre.db.select().from(userTable)).toEqual([])
  })

  it('names the office, adds its users, and grants each case to its officer', async () => {
    const centre = await aCentre(server)
    const cases = [...someCases(4, 1)]

    await fillCentre(centre, OFFICE, cases, () => undefined)

    expect(await readCentre(centre.db)).toMatchObject({ officeName: 'Northfold', isDemo: true })
    expect(await centre.db.select().from(userTable)).toMatchObject([{ id: 'morgan.ashby' }, { id: 'dev.larkhill' }])
    const scopes = await centre.db.select().from(scopeTable)
    const expected = cases
      .slice(1)
      .map(({ caseId }, place) => ({ caseId, userId: OFFICE.users[place % 2]?.id, epoch: 1 }))
    expect(scopes).toHaveLength(4)
    expect(scopes).toEqual(expect.arrayContaining(expected.map(one => expect.objectContaining(one) as unknown)))
    const items = await (await aDesk(centre, 'morgan.ashby')).pullAll()
    expect(items.filter(item => item.kind === 'grant')).toHaveLength(4)
  })

  it('says how far it is', async () => {
    const centre = await aCentre(server)
    const told: number[] = []

    await fillCentre(centre, OFFICE, someCases(30, 100), ({ rows }) => told.push(rows))

    expect(told).toEqual([0, 511, 1021, 1531, 2041, 2551, 3061])
  })

  it.each(['users', 'records'])('is refused where there are %s, and changes nothing', async what => {
    const centre = await aCentre(server)
    if (what === 'users') await centre.addUser('somebody')
    else await centre.write({ entity: 'template', caseId: 'ref:templates', id: anId(), fields: aTemplate() })
    const before = await centre.db.select().from(rowTable)

    expect(await fillCentre(centre, OFFICE, someCases(2, 1), () => undefined)).toBeUndefined()

    expect(await centre.db.select().from(rowTable)).toEqual(before)
    expect(await readCentre(centre.db)).toMatchObject({ isDemo: false })
  })

  it('leaves an empty centre when the cases fail half way', async () => {
    const centre = await aCentre(server)
    function* failing(): Generator<GivenCase> {
      yield* someCases(20, 200)
      throw new Error('no more')
    }

    await expect(fillCentre(centre, OFFICE, failing(), () => undefined)).rejects.toThrow('no more')

    expect(await centre.db.execute(sql`SELECT count(*) FROM row_state`)).toMatchObject({ rows: [{ count: 0 }] })
    expect(await lastNumber(centre.db)).toBe(0)
  })

  it('of two at once is done by one', async () => {
    const centre = await aCentre(server)

    const filled = await Promise.all([1, 2].map(() => fillCentre(centre, OFFICE, someCases(2, 10), () => undefined)))

    expect(filled.filter(one => one === undefined)).toHaveLength(1)
    expect(await centre.db.execute(sql`SELECT count(*) FROM row_state`)).toMatchObject({ rows: [{ count: 25 }] })
  })

  it('takes the demo office as it is generated', async () => {
    const centre = await aCentre(server)

    const filled = await makeDemoOffice(centre, { people: 3, contactsPerPerson: 20, seed: 1 }, () => undefined)

    expect(filled?.cases).toBe(4)
    const granted = await Promise.all(
      demoOffice.users.map(async user => (await (await aDesk(centre, user.id)).pullAll()).map(item => item.kind)),
    )
    expect(granted.flat()).not.toContain('row')
    expect(granted.flat().length).toBeGreaterThan(3 + 2 * demoOffice.users.length)
  })
})
