import { and, asc, eq, sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Contact } from '../../../shared/features/contacts/contact.ts'
import type { OperationAnswer } from '../../../shared/sync/protocol.ts'
import { lateWorkText, listLateWork, readLateWork } from './lateWork.ts'
import { changeTable, deviceTable, rowTable } from '../../db/tables.ts'
import { aContact, anAddress, anAppointment, aTemplate } from '../../../tests/support/builders.ts'
import { aCaseOf, assignedTo } from '../../../tests/support/centre/builders.ts'
import { aDesk } from '../../../tests/support/centre/desk.ts'
import { aCentre, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { holdLock, waiting } from '../../../tests/support/centre/waiting.ts'
import { acceptOperations } from './acceptOperations.ts'
import { lastNumber } from './rowStatements.ts'

const server = useTestServer()

/** An officer with one case and one workstation. */
async function setUp() {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  return { centre, caseId, ...(await aDesk(centre, 'morgan.ashby')) }
}

/** Another officer has the case from now on. */
async function takeOver(centre: TestCentre, caseId: string): Promise<void> {
  const [assignment] = await centre.db
    .select()
    .from(rowTable)
    .where(and(eq(rowTable.caseId, caseId), eq(rowTable.entity, 'assignment')))
  const ended = assignedTo('morgan.ashby', { endOn: '2026-03-01' })
  await centre.write({ entity: 'assignment', caseId, id: assignment?.id ?? '', fields: ended })
  await centre.write({ entity: 'assignment', caseId, id: centre.newId(), fields: assignedTo('dev.larkhill') })
}

const statuses = (answers: readonly OperationAnswer[]) => answers.map(answer => answer.status)
const contactsOf = ({ db }: TestCentre, caseId: string) =>
  db
    .select()
    .from(rowTable)
    .where(and(eq(rowTable.caseId, caseId), eq(rowTable.entity, 'contact')))
    .orderBy(asc(rowTable.version))
const changesOf = ({ db }: TestCentre) => db.select().from(changeTable).orderBy(asc(changeTable.seq))

describe('a contact that arrives', () => {
  it('is stored under the next number, and is in the history', async () => {
    const { centre, caseId, make, push, device } = await setUp()
    const version = (await lastNumber(centre.db)) + 1
    const contact = make.create('contact.create@1', caseId, aContact({ note: 'Seen.' }))

    const [answer] = await push(contact)

    const row = { id: contact.id, version, deleted: false, fields: aContact({ note: 'Seen.' }) }
    expect(answer).toMatchObject({ opId: contact.opId, status: 'as-sent', version })
    expect(await contactsOf(centre, caseId)).toMatchObject([row])
    const { userId, deviceId } = device.actor
    expect(await changesOf(centre)).toMatchObject([
      { seq: version, opId: contact.opId, actor: userId, device: deviceId, patch: { note: 'Seen.' } },
    ])
    expect(await lastNumber(centre.db)).toBe(version)
  })

  it('is stored once however often it is sent, and answered the same', async () => {
    const { centre, caseId, make, push } = await setUp()
    const contact = make.create('contact.create@1', caseId, aContact())

    const first = await push(contact)
    const again = await push(contact)
    const twice = await push(contact, contact)

    expect(again).toEqual(first)
    expect(twice).toEqual([...first, ...first])
    expect(await contactsOf(centre, caseId)).toHaveLength(1)
    expect(await changesOf(centre)).toHaveLength(1)
  })

  it('is stored once when two requests bring it at the same time', async () => {
    const { centre, caseId, make, push } = await setUp()
    const contact = make.create('contact.create@1', caseId, aContact())

    const [first, second] = await Promise.all([push(contact), push(contact)])

    expect(first).toEqual(second)
    expect(await changesOf(centre)).toHaveLength(1)
  })

  it('of the same id from two stores is there once: the second finds it', async () => {
    const { centre, caseId, make, push } = await setUp()
    const other = await aDesk(centre, 'morgan.ashby')
    const id = centre.newId()

    const answers = await Promise.all([
      push(make.create('contact.create@1', caseId, aContact({ note: 'First' }), { id })),
      other.push(other.make.create('contact.create@1', caseId, aContact({ note: 'Second' }), { id })),
    ])

    expect(statuses(answers.flat()).toSorted()).toEqual(['as-sent', 'rejected'])
    expect(await contactsOf(centre, caseId)).toHaveLength(1)
  })
})

describe('a patch that arrives', () => {
  it('sets its field and leaves the others, with their revisions', async () => {
    const { centre, caseId, make, push } = await setUp()
    const created = make.create('address.create@1', caseId, anAddress())
    await push(created)
    const base = await lastNumber(centre.db)

    const answers = await push(
      make.patch('address.patch@1', created, [{ field: 'town', baseRev: base, value: 'Leeds' }]),
    )

    expect(answers).toMatchObject([{ rows: [{ version: base + 1, fields: anAddress({ town: 'Leeds' }) }] }])
    const [row] = await centre.db.select().from(rowTable).where(eq(rowTable.id, created.id))
    expect(row).toMatchObject({ version: base + 1, fields: anAddress({ town: 'Leeds' }) })
    expect(row?.fieldRev).toMatchObject({ town: base + 1, lines: base })
  })

  it('builds on an own one of an earlier batch', async () => {
    const { centre, caseId, make, push } = await setUp()
    const created = make.create('address.create@1', caseId, anAddress())
    const patch = (value: string, baseOp: string) =>
      make.patch('address.patch@1', created, [{ field: 'town', baseRev: 0, baseOp, value }])
    const first = patch('Leeds', created.opId)
    await push(created)
    await push(first)

    const answers = await push(patch('York', first.opId))

    expect(answers).toMatchObject([{ status: 'applied', rows: [{ fields: { town: 'York' } }] }])
    expect(await changesOf(centre)).toHaveLength(3)
  })

  it('of two at the same time on one guarded field wins once, and the other learns of the conflict', async () => {
    const { centre, caseId, make, push } = await setUp()
    const other = await aDesk(centre, 'morgan.ashby')
    const created = make.create('address.create@1', caseId, anAddress())
    await push(created)
    const baseRev = await lastNumber(centre.db)

    const answers = await Promise.all([
      push(make.patch('address.patch@1', created, [{ field: 'town', baseRev, value: 'Leeds' }])),
      other.push(other.make.patch('address.patch@1', created, [{ field: 'town', baseRev, value: 'York' }])),
    ])

    expect(statuses(answers.flat()).toSorted()).toEqual(['applied', 'conflict'])
  })
})

describe('a batch with a bad operation', () => {
  it('of 20 leaves 19 applied', async () => {
    const { centre, caseId, make, push } = await setUp()
    const operations = Array.from({ length: 20 }, (_, place) =>
      make.create('contact.create@1', caseId, aContact({ durationMinutes: place === 7 ? -1 : place })),
    )

    const answers = await push(...operations)

    const expected = operations.map((_, place) => (place === 7 ? 'rejected' : 'as-sent'))
    expect(statuses(answers)).toEqual(expected)
    expect(answers[7]).toMatchObject({ code: 'invalid-fields', field: 'durationMinutes' })
    const stored = await contactsOf(centre, caseId)
    expect(stored.map(row => row.id)).toEqual(operations.filter((_, place) => place !== 7).map(one => one.id))
  })

  it('that the database cannot hold leaves the others applied, once, in their order', async () => {
    const { centre, caseId, make, push } = await setUp()
    const operations = Array.from({ length: 20 }, () => make.create('contact.create@1', caseId, aContact()))
    const bad = operations[12]
    onTestFinished(async () => {
      await centre.db.execute(sql`DROP FUNCTION refuse CASCADE`)
    })
    await centre.db.execute(sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'cannot hold this' USING ERRCODE = '22P05'; END $$`)
    await centre.db.execute(
      sql.raw(`CREATE TRIGGER refuse BEFORE INSERT ON row_state FOR EACH ROW
      WHEN (NEW.id = '${bad?.id}') EXECUTE FUNCTION refuse()`),
    )

    const answers = await push(...operations)

    expect(answers[12]).toEqual({ opId: bad?.opId, status: 'rejected', code: 'invalid-fields', field: null })
    expect(statuses(answers).filter(status => status === 'as-sent')).toHaveLength(19)
    const stored = await contactsOf(centre, caseId)
    expect(stored.map(row => row.id)).toEqual(operations.filter(one => one !== bad).map(one => one.id))
    expect(await push(...operations)).toEqual(answers)
  })

  it.each<[string, Partial<Contact>]>([
    ['a text', { recordedById: 'a\u0000b' }],
    ['a text that is half a character', { recordedById: 'a\ud800' }],
    ['the name of the record that it corrects', { amends: 'a\u0000b' }],
  ])('that the real database cannot hold, as a zero character in %s, is refused alone', async (_, fields) => {
    const { caseId, make, push } = await setUp()

    const answers = await push(
      make.create('contact.create@1', caseId, aContact(fields)),
      make.create('contact.create@1', caseId, aContact()),
    )

    expect(statuses(answers)).toEqual(['rejected', 'as-sent'])
  })
})

describe('a case that is out of scope', () => {
  it('is answered exactly like one that does not exist, and is not touched', async () => {
    const { centre, make, push } = await setUp()
    const othersCase = await aCaseOf(centre, 'dev.larkhill')
    const before = await lastNumber(centre.db)

    const answers = await push(
      make.create('contact.create@1', othersCase, aContact()),
      make.create('contact.create@1', centre.newId(), aContact()),
    )

    expect(answers.map(({ opId: _, ...answer }) => answer)).toEqual([
      { status: 'rejected', code: 'case-not-found', field: 'caseId' },
      { status: 'rejected', code: 'case-not-found', field: 'caseId' },
    ])
    expect(await lastNumber(centre.db)).toBe(before)
  })

  it('is so from the commit that ended the assignment', async () => {
    const { centre, make, push } = await setUp()
    await centre.addUser('morgan.ashby')
    const caseId = await aCaseOf(centre, 'dev.larkhill')
    const id = centre.newId()
    await centre.write({ entity: 'assignment', caseId, id, fields: assignedTo('morgan.ashby') })
    const contact = () => make.create('contact.create@1', caseId, aContact())

    const during = await push(contact())
    await centre.write({
      entity: 'assignment',
      caseId,
      id,
      fields: assignedTo('morgan.ashby', { endOn: '2026-03-01' }),
    })
    const after = await push(contact())

    expect(statuses([...during, ...after])).toEqual(['as-sent', 'late'])
  })

  it('keeps what comes late for whoever has the case now: contacts with a mark, changes as proposals, the rest whole', async () => {
    const { centre, caseId, make, push } = await setUp()
    const colleague = await aDesk(centre, 'dev.larkhill')
    const address = make.create('address.create@1', caseId, anAddress())
    await push(address)
    const baseRev = await lastNumber(centre.db)
    await takeOver(centre, caseId)
    await colleague.pullAll()
    const contact = make.create('contact.create@1', caseId, aContact({ note: 'Seen on Friday.' }))
    const patch = make.patch('address.patch@1', address, [{ field: 'town', baseRev, value: 'York' }])

    const booking = make.create('appointment.create@1', caseId, anAppointment())
    const batch = [contact, patch, booking]

    const answers = [...(await push(...batch)), ...(await push(...batch))]

    expect(answers).toEqual([...batch, ...batch].map(({ opId }) => ({ opId, status: 'late' })))
    expect(await colleague.pullAll()).toMatchObject([
      { kind: 'row', row: { id: contact.id, fields: { note: 'Seen on Friday.', cameLate: true } } },
      { kind: 'row', row: { entity: 'conflict', fields: { rowId: address.id, field: 'town', state: 'open' } } },
      { kind: 'row', row: { entity: 'proposal', fields: { value: 'York', byName: 'Morgan Ashby' } } },
    ])
    expect(await listLateWork(centre.db)).toEqual([
      { caseId, userId: 'morgan.ashby', operations: 1, firstAt: booking.clientAt },
    ])
    const [late] = await readLateWork(centre.db, caseId)
    expect(late).toMatchObject({ opId: booking.opId, caseId, id: booking.id, body: booking.body })
    expect(late && lateWorkText(late)).toMatch(
      /^2026-03-02T09:00:00.000Z {2}morgan.ashby {2}appointment.create@1\n {2}kind: COAP\n/,
    )
    const [kept] = await centre.db.select().from(rowTable).where(eq(rowTable.id, address.id))
    expect(kept?.fields.town).toBe(anAddress().town)
  })
})

describe('a push under way', () => {
  it('is stored before the end of the assignment that it rests on, or not at all', async () => {
    const { centre, make, push } = await setUp()
    const caseId = centre.newId()
    const assignment = { entity: 'assignment' as const, caseId, id: centre.newId() }
    const address = { entity: 'address' as const, caseId, id: centre.newId() }
    await centre.write({ ...assignment, fields: assignedTo('morgan.ashby') })
    await centre.write({ ...address, fields: anAddress() })
    const baseRev = await lastNumber(centre.db)
    const held = await holdLock(centre.db, tx =>
      tx.select().from(rowTable).where(eq(rowTable.id, address.id)).for('update'),
    )

    const pushed = push(make.patch('address.patch@1', address, [{ field: 'town', baseRev, value: 'Leeds' }]))
    await waiting(centre.db, 1) // it has read the assignment and waits for the address
    const ended = centre.write({ ...assignment, fields: assignedTo('morgan.ashby', { endOn: '2026-03-01' }) })
    await Promise.race([ended, waiting(centre.db, 2)])
    await held.release()

    expect(statuses(await pushed)).toEqual(['applied'])
    await ended
    const rows = await centre.db
      .select()
      .from(rowTable)
      .where(eq(rowTable.caseId, caseId))
      .orderBy(asc(rowTable.version))
    expect(rows.map(row => row.entity)).toEqual(['address', 'assignment'])
  })
})

describe('the numbers of a workstation', () => {
  it('used before for another operation are refused with a new incarnation, and nothing is stored', async () => {
    const { centre, caseId, make, device, push } = await setUp()
    await push(make.create('contact.create@1', caseId, aContact()), make.create('contact.create@1', caseId, aContact()))
    const copy = make.create('contact.create@1', caseId, aContact(), { n: 2 })
    const send = (incarnation: number) =>
      acceptOperations(centre, { actor: device.actor, incarnation, operations: [copy] })

    expect(await send(1)).toEqual({ incarnation: 2 })
    expect(await send(1)).toEqual({ incarnation: 2 }) // that answer was lost: it is not counted twice
    expect(await contactsOf(centre, caseId)).toHaveLength(2)
    expect(await send(2)).toMatchObject({ answers: [{ status: 'as-sent' }] })
    expect(await centre.db.select().from(deviceTable)).toMatchObject([{ incarnation: 2, lastN: 2 }])
  })

  it('that do not rise within a batch are refused', async () => {
    const { centre, caseId, make, device } = await setUp()
    const operations = [5, 5].map(n => make.create('contact.create@1', caseId, aContact(), { n }))

    expect(await acceptOperations(centre, { actor: device.actor, incarnation: 1, operations })).toEqual({
      incarnation: 2,
    })
  })

  it('of an incarnation that this centre never gave are refused: it was put back from a backup', async () => {
    const { centre, caseId, make, device } = await setUp()
    const operations = [make.create('contact.create@1', caseId, aContact())]

    expect(await acceptOperations(centre, { actor: device.actor, incarnation: 7, operations })).toEqual({
      incarnation: 2,
    })
  })

  it('may be of operations that are sent again beside new ones', async () => {
    const { caseId, make, push } = await setUp()
    const first = make.create('contact.create@1', caseId, aContact())
    await push(first)

    expect(statuses(await push(first, make.create('contact.create@1', caseId, aContact())))).toEqual([
      'as-sent',
      'as-sent',
    ])
  })
})

describe('many workstations at once', () => {
  it('get numbers without gaps, and a reader with a cursor misses nothing', { timeout: 30_000 }, async () => {
    const centre = await aCentre(server)
    const cases = await Promise.all([1, 2, 3].map(() => aCaseOf(centre, 'morgan.ashby')))
    const before = await lastNumber(centre.db)
    const reader = await aDesk(centre, 'morgan.ashby')
    const seen = new Set(await reader.pullAll().then(items => items.map(item => JSON.stringify(item))))
    const desks = await Promise.all(Array.from({ length: 8 }, () => aDesk(centre, 'morgan.ashby')))

    let writing = true
    const writers = Promise.all(desks.map(desk => writeAndPatch(desk, cases))).finally(() => (writing = false))
    const rows = new Map<string, number>()
    const read = async () => {
      for (const item of await reader.pullAll(4_096)) {
        if (item.kind === 'row') rows.set(item.row.id, item.row.version)
      }
    }
    while (writing) await read()
    await writers
    await read()

    const stored = await centre.db
      .select()
      .from(rowTable)
      .where(sql`version > ${before}`)
    expect(seen.size).toBeGreaterThan(0)
    expect(stored.length).toBeGreaterThan(400)
    expect(new Map(stored.map(row => [row.id, row.version]))).toEqual(rows)
    const numbers = (await changesOf(centre)).map(change => change.seq)
    expect(numbers).toEqual(numbers.map((_, place) => before + 1 + place))
  })

  /** Batches of one to five, among them patches of one template that everybody changes. */
  async function writeAndPatch(
    { make, push }: Awaited<ReturnType<typeof aDesk>>,
    cases: readonly string[],
  ): Promise<void> {
    const own = make.create('template.create@1', 'me:morgan.ashby', aTemplate())
    await push(own)
    for (let batch = 0; batch < 20; batch++) {
      const contacts = Array.from({ length: (batch % 5) + 1 }, (_, place) =>
        make.create('contact.create@1', cases[(batch + place) % cases.length] ?? '', aContact()),
      )
      await push(
        ...contacts,
        make.patch('template.patch@1', { caseId: 'me:morgan.ashby', id: own.id }, [
          { field: 'position', baseRev: 0, value: batch },
        ]),
      )
    }
  }
})
