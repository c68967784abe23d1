import { expect, it } from 'vitest'
import { aCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { REGION } from '../../db/region.ts'
import { deviceTable, userTable } from '../../db/tables.ts'
import { enrol } from './enrol.ts'

const server = useTestServer()

it.each([
  ['no name', { name: '' }, 'name'],
  ['a name of 101 characters', { name: 'x'.repeat(101) }, 'name'],
  ['an id and a role that nobody has', { id: 'Morgan Ashby', role: 'chief' as 'senior' }, 'id, role'],
])('a user with %s gets no device: what they record would be refused', async (_, given, fields) => {
  const centre = await aCentre(server)
  const row = { region: REGION, id: 'morgan.ashby', name: 'Morgan Ashby', role: 'officer' as const, ...given }
  await centre.db.insert(userTable).values(row)

  const enrolling = enrol(centre, row.id)

  await expect(enrolling).rejects.toThrow(`The user '${row.id}' cannot be used for its ${fields}.`)
  expect(await centre.db.select().from(deviceTable)).toEqual([])
})
