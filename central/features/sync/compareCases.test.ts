import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createDigest } from '../../../shared/sync/digest.ts'
import { PAGE_BYTES_MAX } from '../../../shared/sync/protocol.ts'
import { aContact, anId } from '../../../tests/support/builders.ts'
import { aCaseOf } from '../../../tests/support/centre/builders.ts'
import { aCentre, type TestCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { readCaseRows } from './caseRows.ts'
import { compareCases } from './compareCases.ts'
import { pull } from './pull.ts'

const server = useTestServer()

/** A device with a case of three contacts, one of them deleted, and what its rows come to. */
async function setUp() {
  const centre = await aCentre(server)
  const { actor } = await centre.addDevice('morgan.ashby')
  const caseId = await aCaseOf(centre, 'morgan.ashby')
  const contacts = [anId(), anId(), anId()]
  for (const id of contacts) await centre.write({ entity: 'contact', caseId, id, fields: aContact() })
  await centre.write({ entity: 'contact', caseId, id: contacts[1] ?? '', fields: aContact(), deleted: true })
  const cursor = await cursorOf(centre, actor)
  const page = await readCaseRows(centre, actor, { cases: [{ caseId, after: null }], limitBytes: PAGE_BYTES_MAX })
  const rows = 'cases' in page ? page.cases.flatMap(one => one.rows).filter(row => !row.deleted) : []
  const compare = (given = rows, seen = cursor) => {
    const digest = createDigest(text => hash('sha256', text, 'buffer'))
    given.forEach(digest.add)
    return compareCases(centre, actor, { cursor: seen, cases: [{ caseId, ...digest.result() }] })
  }
  return { centre, actor, caseId, rows, compare }
}

async function cursorOf(centre: TestCentre, actor: Parameters<typeof pull>[1]): Promise<string> {
  const pulled = await pull(centre, actor, { cursor: null, known: [], limitBytes: PAGE_BYTES_MAX })
  return pulled.outcome === 'page' ? pulled.cursor : ''
}

describe('comparing a case', () => {
  it('finds nothing where the device has every row that is not deleted', async () => {
    const { compare } = await setUp()

    expect(await compare()).toEqual([])
  })

  it('finds a row that is missing, one that is older, and one too many', async () => {
    const { caseId, rows, compare } = await setUp()
    const [first, ...others] = rows
    if (!first) throw new Error('the case has rows')

    expect(await compare(others)).toEqual([caseId])
    expect(await compare([{ ...first, version: first.version - 1 }, ...others])).toEqual([caseId])
    expect(await compare([...rows, { ...first, id: anId() }])).toEqual([caseId])
  })

  it('says nothing of a case that was changed after the cursor', async () => {
    const { centre, actor, caseId, compare } = await setUp()
    await centre.write({ entity: 'contact', caseId, id: anId(), fields: aContact() })

    expect(await compare()).toEqual([])
    expect(await compare(undefined, await cursorOf(centre, actor))).toEqual([caseId])
  })

  it('says nothing of a case that is somebody else’s', async () => {
    const { centre, actor } = await setUp()
    const caseId = await aCaseOf(centre, 'dev.larkhill')
    const cursor = await cursorOf(centre, actor)

    expect(
      await compareCases(centre, actor, { cursor, cases: [{ caseId, count: 0, digest: '0'.repeat(16) }] }),
    ).toEqual([])
  })

  it('refuses a cursor of another device', async () => {
    const { centre, compare } = await setUp()
    const { actor } = await centre.addDevice('dev.larkhill')

    expect(await compare(undefined, await cursorOf(centre, actor))).toBe('bad-cursor')
  })
})
