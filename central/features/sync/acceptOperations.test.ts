import { asc, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Operation, OperationAnswer } from '../../../shared/sync/protocol.ts'
import { changeTable, deviceTable, resultTable, rowTable } from '../../db/tables.ts'
import { aCase, aContact, anAddress, aTemplate, aWorkstation } from '../../testing/builders.ts'
import { aCentre, type Device, type TestCentre } from '../../testing/testCentre.ts'
import { useTestServer } from '../../testing/testServer.ts'
import { acceptOperations } from './acceptOperations.ts'
import { lastNumber } from './rowStore.ts'

const server = useTestServer()

interface Desk {
  readonly centre: TestCentre
  readonly device: Device
  readonly caseId: string
  readonly make: ReturnType<typeof aWorkstation>
  push(...operations: readonly Operation[]): Promise<readonly OperationAnswer[]>
}

/** An officer with one case and one device. */
async function setUp(): Promise<Desk> {
  const centre = await aCentre(server)
  const caseId = await aCase(centre, 'morgan.ashby')
  return { caseId, ...(await aDesk(centre, 'morgan.ashby')) }
}

async function aDesk(centre: TestCentre, userId: string): Promise<Omit<Desk, 'caseId'>> {
  const device = await centre.addDevice(userId)
  const make = aWorkstation(centre)
  const push = async (...operations: readonly Operation[]) => {
    const accepted = await acceptOperations(centre, device.actor, { incarnation: 1, operations: [...operations] })
    if (!('answers' in accepted)) throw new Error('the batch was refused for its numbers')
    return accepted.answers
  }
  return { centre, device, make, push }
}

const statuses = (answers: readonly OperationAnswer[]) => answers.map(answer => answer.status)
const rowOf = (answer: OperationAnswer | undefined) => (answer && 'rows' in answer ? answer.rows[0] : undefined)
const contactsOf = ({ centre, caseId }: Desk) =>
  centre.db
    .select()
    .from(rowTable)
    .where(sql`case_id = ${caseId} AND entity = 'contact'`)
    .orderBy(asc(rowTable.version))

describe('a contact that arrives', () => {
  it('is stored with its number, and is in the history', async () => {
    const desk = await setUp()
    const before = await lastNumber(desk.centre.db)
    const contact = desk.make.create('contact.create@1', desk.caseId, aContact({ note: 'Seen.' }), { reason: null })

    const [answer] = await desk.push(contact)

    const version = before + 1
    expect(answer).toMatchObject({ opId: contact.opId, status: 'applied' })
    expect(rowOf(answer)).toMatchObject({
      id: contact.id,
      version,
      deleted: false,
      fields: aContact({ note: 'Seen.' }),
    })
    expect(rowOf(answer)?.fieldRev.note).toBe(version)
    expect(await desk.centre.db.select().from(changeTable)).toMatchObject([
      {
        seq: version,
        opId: contact.opId,
        actor: 'morgan.ashby',
        device: desk.device.actor.deviceId,
        patch: { note: 'Seen.' },
      },
    ])
    expect(await lastNumber(desk.centre.db)).toBe(version)
  })

  it('is stored once, however often it is sent, and answered the same', async () => {
    const desk = await setUp()
    const contact = desk.make.create('contact.create@1', desk.caseId, aContact())

    const first = await desk.push(contact)
    const again = await desk.push(contact)
    const twice = await desk.push(contact, contact)

    expect(again).toEqual(first)
    expect(twice).toEqual([...first, ...first])
    expect(await contactsOf(desk)).toHaveLength(1)
  })
})
