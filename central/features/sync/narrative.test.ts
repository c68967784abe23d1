import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCaseOf, assignedTo } from '../../../tests/support/centre/builders.ts'
import { aDesk } from '../../../tests/support/centre/desk.ts'
import { aCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { changeTable, rowTable } from '../../db/tables.ts'
import type { Row } from './pushState.ts'

const server = useTestServer()
const BASE = 'Use large print. Ring before letters. Speak slowly.'

/** An adjustment that the centre was filled with, and three people who change what to do. */
async function setUp() {
  const centre = await aCentre(server)
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  for (const user of ['dev.larkhill', 'priya.hartwell']) {
    await centre.addUser(user)
    await centre.write({ entity: 'assignment', caseId, id: centre.newId(), fields: assignedTo(user) })
  }
  const id = centre.newId()
  await centre.write({ entity: 'adjustment', caseId, id, fields: { kind: 'hearing', what: BASE, endOn: null } })
  const row = async () => (await centre.db.select().from(rowTable).where(eq(rowTable.id, id)))[0] as unknown as Row
  const first = await row()
  const desks = [
    await aDesk(centre, 'morgan.ashby'),
    await aDesk(centre, 'dev.larkhill'),
    await aDesk(centre, 'priya.hartwell'),
  ] as const
  const [morgan, dev] = desks
  /** Sends a text that was made from this state of the row. */
  const send = async (desk: (typeof desks)[number], value: string, from: Row = first, baseOp: string | null = null) => {
    const operation = desk.make.patch('adjustment.patch@1', first, [
      { field: 'what', baseRev: from.fieldRev.what ?? 0, baseOp, value },
    ])
    const [answer] = await desk.push(operation)
    return { operation, answer }
  }
  const what = async () => (await row()).fields.what
  const conflicts = async () =>
    (await centre.db.select().from(rowTable).where(eq(rowTable.entity, 'conflict'))).map(one => one.fields)
  const typed = async () =>
    (await centre.db.select().from(changeTable)).flatMap(one => [one.patch.what, one.patch.value])
  return { desks, morgan, dev, send, row, what, conflicts, typed }
}

describe('a longer text that two people changed', () => {
  it('has the sentences of both, and the history has what each typed', async () => {
    const { morgan, dev, send, what, conflicts, typed } = await setUp()
    const [his, hers] = [BASE.replace('large', 'larger'), `${BASE} He lip-reads.`]
    await send(dev, his)

    const { answer } = await send(morgan, hers)

    const both = `${his} He lip-reads.`
    expect(answer).toMatchObject({ status: 'applied', rows: [{ fields: { what: both } }] })
    expect(await what()).toBe(both)
    expect(await conflicts()).toEqual([])
    expect(await typed()).toEqual(expect.arrayContaining([his, hers, both]))
  })

  it('waits for a person where both changed the same sentence', async () => {
    const { morgan, dev, send, what, conflicts } = await setUp()
    await send(dev, BASE.replace('large', 'larger'))

    const { answer } = await send(morgan, BASE.replace('large', 'the largest'))

    expect(answer).toMatchObject({ status: 'conflict', fields: ['what'] })
    expect(await what()).toBe(BASE.replace('large', 'larger'))
    expect(await conflicts()).toMatchObject([{ field: 'what', before: BASE, state: 'open' }])
  })

  it('keeps the other’s sentence also when its author goes on from their own text before they have seen the merged one', async () => {
    const { morgan, dev, send, what } = await setUp()
    await send(dev, BASE.replace('large', 'larger'))
    const first = await send(morgan, `${BASE} He lip-reads.`)

    await send(morgan, `${BASE} He lip-reads. She signs.`, undefined, first.operation.opId)

    expect(await what()).toBe(`${BASE.replace('large', 'larger')} He lip-reads. She signs.`)
  })

  it('is set as it is by whoever has seen the merged one', async () => {
    const { morgan, dev, send, row, what } = await setUp()
    await send(dev, BASE.replace('large', 'larger'))
    await send(morgan, `${BASE} He lip-reads.`)

    await send(dev, 'Nothing any more.', await row())

    expect(await what()).toBe('Nothing any more.')
  })

  it('waits for a person where both together are too long for the field', async () => {
    const { morgan, dev, send, conflicts } = await setUp()
    const long = 'Very long. '.repeat(22).trim()
    await send(dev, `${long} ${BASE}`)

    const { answer } = await send(morgan, `${BASE} ${long} End.`)

    expect(answer).toMatchObject({ status: 'conflict' })
    expect(await conflicts()).toHaveLength(1)
  })
})

const sentence = fc.constantFrom('Aa.', 'Bb.', 'Cc.', 'Dd.', 'Ee.', 'Ff.', 'Gg.', 'Hh.')
const edit = fc.record({
  who: fc.constantFrom(0 as const, 1 as const, 2 as const),
  pulls: fc.boolean(),
  at: fc.nat(4),
  how: fc.constantFrom('add', 'replace', 'take'),
  sentence,
})

describe('three people who write in one text, each behind the others', () => {
  it('lose no sentence that they have not seen, and nothing that anybody typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 3, maxLength: 12 }), async edits => {
        const { desks, send, row, what, typed, conflicts } = await setUp()
        const known = [await row(), await row(), await row()]
        for (const { who, pulls, at, how, sentence: added } of edits) {
          if (pulls) known[who] = await row()
          const from = known[who] ?? (await row())
          const base = String(from.fields.what)
          const parts = base.split(' ').filter(part => part !== '')
          parts.splice(Math.min(at, parts.length), how === 'add' ? 0 : 1, ...(how === 'take' ? [] : [added]))
          const value = parts.join(' ')
          const before = String(await what())

          const { answer } = await send(desks[who], value, from)

          const after = String(await what())
          if (answer?.status === 'conflict') expect(after).toBe(before)
          else {
            const unseen = before.split(' ').filter(part => !base.split(' ').includes(part))
            for (const part of unseen) expect(after.split(' ')).toContain(part)
          }
          if (value !== before) expect(await typed()).toContain(value)
          expect((await conflicts()).filter(one => one.state === 'open').length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 15 },
    )
  })
})
