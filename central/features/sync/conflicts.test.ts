import { asc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation, WireRow } from '../../../shared/sync/protocol.ts'
import type { FieldValue } from '../../../shared/sync/recordTypes.ts'
import { anAddress } from '../../../tests/support/builders.ts'
import { aCaseOf, assignedTo } from '../../../tests/support/centre/builders.ts'
import { aDesk, type Desk } from '../../../tests/support/centre/desk.ts'
import { aCentre, MONDAY, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { changeTable, rowTable } from '../../db/tables.ts'

const server = useTestServer()
const USERS = ['morgan.ashby', 'dev.larkhill', 'priya.hartwell'] as const

/** A case that three people work on, each at a workstation of their own, with one address that all have seen. */
async function setUp() {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, USERS[0])
  for (const user of USERS.slice(1)) {
    await centre.addUser(user)
    await centre.write({ entity: 'assignment', caseId, id: centre.newId(), fields: assignedTo(user) })
  }
  const address = { entity: 'address', caseId, id: centre.newId(), fields: anAddress({ town: 'Northfold' }) } as const
  await centre.write(address)
  const [morgan, dev, priya] = [await aPc(centre, USERS[0]), await aPc(centre, USERS[1]), await aPc(centre, USERS[2])]
  const rows = () => centre.db.select().from(rowTable).where(eq(rowTable.caseId, caseId)).orderBy(asc(rowTable.version))
  const of = async (entity: string) => (await rows()).filter(row => row.entity === entity).map(row => row.fields)
  const town = async () => (await of('address'))[0]?.town
  return { centre, caseId, address, morgan, dev, priya, rows, of, town }
}

/** What a workstation has of the case, as it was when it last pulled, and what it sends about the town. */
async function aPc(centre: TestCentre, user: string) {
  const desk: Desk = await aDesk(centre, user)
  const rows = new Map<string, WireRow>()
  const keep = (row: WireRow) => {
    const key = `${row.entity} ${row.id}`
    if (row.version > (rows.get(key)?.version ?? 0)) rows.set(key, row)
  }
  const stored = await centre.db.select().from(rowTable)
  for (const { region: _region, ...row } of stored) keep(row)
  await desk.pullAll()
  const find = (entity: string) => [...rows.values()].findLast(row => row.entity === entity)
  const base = () => find('address')?.fieldRev.town ?? 0
  const key = () => ({ caseId: find('address')?.caseId ?? '', id: find('address')?.id ?? '' })

  async function send(operation: Operation) {
    const [answer] = await desk.push(operation)
    if (answer && 'rows' in answer) answer.rows.forEach(keep)
    return answer
  }

  return {
    user,
    rows,
    send,
    open: () => [...rows.values()].find(row => row.entity === 'conflict' && row.fields.state === 'open'),
    change: (value: string) => desk.make.patch('address.patch@1', key(), [{ field: 'town', baseRev: base(), value }]),
    settle(value: FieldValue, conflict: WireRow | undefined = find('conflict'), reason = 'She said so') {
      const settles = { conflictId: conflict?.id ?? '', proposals: Number(conflict?.fields.proposals) }
      return desk.make.settle('address.settle@1', key(), { field: 'town', baseRev: base(), value }, settles, { reason })
    },
    async pull() {
      for (const item of await desk.pullAll()) if (item.kind === 'row') keep(item.row)
    },
  }
}

/** Dev and then Morgan change the town, neither of whom knew of the other. */
async function aConflict() {
  const test = await setUp()
  await test.dev.send(test.dev.change('Hull'))
  const proposed = test.morgan.change('Leeds')
  const answer = await test.morgan.send(proposed)
  return { ...test, proposed, answer }
}

describe('a guarded field that two people changed', () => {
  it('has a record of both values: whose, since when, and what they were made from', async () => {
    const { answer, address, of, proposed, town } = await aConflict()

    expect(answer).toMatchObject({
      status: 'conflict',
      fields: ['town'],
      rows: [{ entity: 'address' }, { entity: 'conflict' }, { entity: 'proposal' }],
    })
    expect(await town()).toBe('Hull')
    const [conflict] = await of('conflict')
    expect(conflict).toMatchObject({
      rowEntity: 'address',
      rowId: address.id,
      field: 'town',
      before: 'Northfold',
      standing: 'Hull',
      standingById: 'dev.larkhill',
      standingByName: 'Dev Larkhill',
      standingAt: MONDAY,
      proposals: 1,
      state: 'open',
      settledById: null,
    })
    expect(await of('proposal')).toEqual([
      {
        conflictId: answer && 'rows' in answer ? answer.rows[1]?.id : '',
        value: 'Leeds',
        byId: 'morgan.ashby',
        byName: 'Morgan Ashby',
        at: MONDAY,
        opId: proposed.opId,
        reason: null,
      },
    ])
  })

  it('is known to everybody who has the case', async () => {
    const { morgan, dev, priya } = await aConflict()

    for (const pc of [morgan, dev, priya]) await pc.pull()

    for (const pc of [morgan, dev, priya]) {
      expect([...pc.rows.values()].filter(row => row.entity === 'proposal')).toMatchObject([
        { fields: { value: 'Leeds' } },
      ])
      expect(pc.open()).toBeDefined()
    }
  })

  it('is answered the same when the change comes again, and proposed once', async () => {
    const { answer, morgan, proposed, of } = await aConflict()

    const again = await morgan.send(proposed)

    expect(again && 'rows' in again && again.rows.map(row => row.entity).toSorted()).toEqual([
      'address',
      'conflict',
      'proposal',
    ])
    expect(again).toMatchObject({ status: answer?.status })
    expect(await of('proposal')).toHaveLength(1)
  })

  it('takes the third version into the same conflict', async () => {
    const { priya, of } = await aConflict()

    await priya.send(priya.change('York'))

    expect(await of('conflict')).toMatchObject([{ state: 'open', standing: 'Hull', proposals: 2 }])
    expect((await of('proposal')).map(one => one.value)).toEqual(['Leeds', 'York'])
  })

  it('says what stands when somebody who knew of it changes it once more', async () => {
    const { dev, of, town } = await aConflict()

    const answer = await dev.send(dev.change('Goole'))

    expect(answer).toMatchObject({ status: 'applied' })
    expect(await town()).toBe('Goole')
    expect(await of('conflict')).toMatchObject([{ state: 'open', standing: 'Goole', standingByName: 'Dev Larkhill' }])
  })
})

describe('settling two versions', () => {
  it.each([
    ['one’s own', 'Leeds'],
    ['the other’s', 'Hull'],
    ['words of both', 'Hull, from Leeds'],
  ])('with %s sets the field, closes the conflict and keeps every value', async (_, value) => {
    const { centre, morgan, dev, of, town } = await aConflict()

    const answer = await morgan.send(morgan.settle(value))

    expect(answer).toMatchObject({ status: 'applied' })
    expect(await town()).toBe(value)
    expect(await of('conflict')).toMatchObject([
      {
        state: 'settled',
        standing: 'Hull',
        settledValue: value,
        settledById: 'morgan.ashby',
        settledByName: 'Morgan Ashby',
        settledAt: MONDAY,
        reason: 'She said so',
      },
    ])
    await dev.pull()
    expect(dev.open()).toBeUndefined()
    const kept = await keptValues(centre)
    for (const one of ['Hull', 'Leeds', value]) expect(kept).toContain(one)
  })

  it('happens once: who comes second is told by whom and how, and what they chose is kept', async () => {
    const { morgan, dev, of, town } = await aConflict()
    await dev.pull()
    await morgan.send(morgan.settle('Leeds'))

    const second = await dev.send(dev.settle('Hull', undefined, 'Police check'))

    expect(second).toMatchObject({
      status: 'conflict',
      fields: ['town'],
      rows: [
        { entity: 'address', fields: { town: 'Leeds' } },
        { entity: 'conflict', fields: { state: 'settled', settledValue: 'Leeds', settledByName: 'Morgan Ashby' } },
        { entity: 'proposal', fields: { value: 'Hull', byName: 'Dev Larkhill', reason: 'Police check' } },
      ],
    })
    expect(await town()).toBe('Leeds')
    expect(await of('conflict')).toHaveLength(1)
  })

  it('leaves open what has a version that its author had not seen', async () => {
    const { morgan, priya, of, town } = await aConflict()
    await priya.send(priya.change('York'))

    const answer = await morgan.send(morgan.settle('Leeds, the flat'))

    expect(answer).toMatchObject({ status: 'conflict', fields: ['town'] })
    expect(await town()).toBe('Hull')
    expect(await of('conflict')).toMatchObject([{ state: 'open', proposals: 3 }])
    expect((await of('proposal')).map(one => one.value)).toEqual(['Leeds', 'York', 'Leeds, the flat'])
  })

  it('leaves open what stands otherwise by now', async () => {
    const { morgan, dev, of, town } = await aConflict()
    await dev.send(dev.change('Goole'))

    expect(await morgan.send(morgan.settle('Leeds'))).toMatchObject({ status: 'conflict' })
    expect(await town()).toBe('Goole')
    expect(await of('conflict')).toMatchObject([{ state: 'open', standing: 'Goole', proposals: 2 }])
  })

  it('is refused without a reason, for another field, and for a conflict that there is not', async () => {
    const { morgan, of } = await aConflict()
    const settles = { conflictId: morgan.open()?.id ?? '', proposals: 1 }
    const good = morgan.settle('Leeds')

    const refused = [
      await morgan.send({ ...morgan.settle('Leeds'), reason: null }),
      await morgan.send({
        ...morgan.settle('Leeds'),
        body: { patch: [{ field: 'lines', baseRev: 0, baseOp: null, value: 'Leeds' }], settles },
      }),
      await morgan.send({
        ...morgan.settle('Leeds'),
        body: { ...good.body, settles: { ...settles, conflictId: good.opId } },
      }),
    ]

    expect(refused).toMatchObject([
      { status: 'rejected', code: 'invalid-fields', field: 'reason' },
      { status: 'rejected', code: 'row-not-found', field: 'conflictId' },
      { status: 'rejected', code: 'row-not-found', field: 'conflictId' },
    ])
    expect(await of('conflict')).toMatchObject([{ state: 'open', proposals: 1 }])
  })

  it('is open to a new conflict of the same field afterwards', async () => {
    const { morgan, dev, priya, of } = await aConflict()
    await morgan.send(morgan.settle('Leeds'))
    await dev.pull()
    await dev.send(dev.change('Goole'))

    await priya.send(priya.change('York'))

    expect(await of('conflict')).toMatchObject([
      { state: 'settled' },
      { state: 'open', standing: 'Goole', proposals: 1 },
    ])
  })
})

/** Every value of the town that the centre keeps, in whatever place. */
async function keptValues(centre: TestCentre): Promise<readonly unknown[]> {
  const changes = await centre.db.select().from(changeTable)
  const rows = await centre.db.select().from(rowTable)
  return [
    ...changes.map(one => one.patch),
    ...changes.map(one => one.before ?? {}),
    ...rows.map(row => row.fields),
  ].flatMap(fields => [fields.town, fields.value, fields.settledValue])
}

interface Step {
  readonly do: 'change' | 'settle' | 'pull' | 'again'
  readonly who: 0 | 1 | 2
  readonly to: string
}
const who = fc.constantFrom(0 as const, 1 as const, 2 as const)
const to = fc.constantFrom('Leeds', 'Hull', 'York', 'Goole', 'Selby')
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('change', 'change', 'change', 'settle', 'settle', 'pull', 'pull', 'again'),
  who,
  to,
})

describe('three people who change and settle one field, each behind the others', () => {
  it('overwrite nothing that they have not seen, lose no value, settle once, and end with the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async steps => {
        const { centre, morgan, dev, priya, of, rows } = await setUp()
        const pcs = [morgan, dev, priya] as const
        const sent: Operation[] = []
        const typed = new Set<unknown>()
        for (const one of steps) {
          const pc = pcs[one.who]
          if (one.do === 'pull') {
            await pc.pull()
            continue
          }
          const operation =
            one.do === 'again'
              ? sent.findLast(earlier => typed.has(earlier.opId) && earlier.reason === pc.user)
              : one.do === 'settle' && pc.open()
                ? pc.settle(one.to, pc.open(), pc.user)
                : { ...pc.change(one.to), reason: pc.user }
          if (!operation) continue
          if (one.do === 'again') {
            await pc.send(operation)
            continue
          }
          const before = (await rows()).find(row => row.entity === 'address')
          const settledBefore = (await of('conflict')).filter(conflict => conflict.state === 'settled')
          const answer = await pc.send(operation)
          sent.push(operation)
          typed.add(operation.opId)
          const after = (await rows()).find(row => row.entity === 'address')
          const [entry] = 'patch' in operation.body ? operation.body.patch : []
          // Guarded: it is set by nobody who had not seen what stood.
          if (before?.fields.town !== after?.fields.town) expect(entry?.baseRev).toBe(before?.fieldRev.town)
          // Nothing typed vanishes.
          expect(answer?.status).not.toBe('rejected')
          expect(await keptValues(centre)).toContain(entry?.value)
          const proposals = (await of('proposal')).filter(proposal => proposal.opId === operation.opId)
          expect(proposals).toHaveLength(answer?.status === 'conflict' ? 1 : 0)
          // Settled once, and what was settled stays so.
          const conflicts = await of('conflict')
          expect(conflicts.filter(conflict => conflict.state === 'open').length).toBeLessThanOrEqual(1)
          for (const settled of settledBefore) {
            expect(conflicts).toContainEqual({ ...settled, proposals: expect.any(Number) as number })
          }
          const [open] = conflicts.filter(conflict => conflict.state === 'open')
          if (open) expect(open.standing).toBe(after?.fields.town)
        }
        for (const pc of pcs) await pc.pull()
        const wanted = (await rows()).map(({ region: _region, ...row }) => row)
        for (const pc of pcs) {
          expect([...pc.rows.values()].toSorted((a, b) => a.version - b.version)).toEqual(wanted)
          const [conflict] = (await of('conflict')).filter(one => one.state === 'open')
          if (conflict) expect(pc.open()?.fields).toEqual(conflict)
        }
      }),
      { numRuns: 12 },
    )
  })
})
