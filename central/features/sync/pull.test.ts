import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { PAGE_BYTES_MIN, type PullItem, type Stretch } from '../../../shared/sync/protocol.ts'
import { aContact, anId, aPerson, aTemplate } from '../../../tests/support/builders.ts'
import { aCaseOf, assignedTo } from '../../../tests/support/centre/builders.ts'
import { aDesk } from '../../../tests/support/centre/desk.ts'
import { aCentre } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { waiting } from '../../../tests/support/centre/waiting.ts'
import { inOneTransaction } from '../../db/database.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { pull } from './pull.ts'
import { writerOf } from './postgresSyncStore.ts'
import { rewriteScope } from './rewriteScope.ts'
import { lastNumber } from './rowStatements.ts'

const server = useTestServer()

const rowIds = (items: readonly PullItem[]) => items.flatMap(item => (item.kind === 'row' ? [item.row.id] : []))
const versionsIn = (items: readonly PullItem[]) =>
  items.flatMap(item => (item.kind === 'row' ? [item.row.version] : []))
const grantedCases = (items: readonly PullItem[]) => items.flatMap(item => (item.kind === 'grant' ? [item.caseId] : []))

const assignmentOf = (userId: string) => {
  return { entity: 'assignment' as const, caseId: anId(), id: anId(), fields: assignedTo(userId) }
}

describe('the first pull', () => {
  it('gives the grants as they stand, with the reference data and one’s own settings, and no rows', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    const own = [await aCaseOf(centre, 'morgan.ashby'), await aCaseOf(centre, 'morgan.ashby')]
    await aCaseOf(centre, 'dev.larkhill')
    await centre.write({ entity: 'template', caseId: 'ref:templates', id: anId(), fields: aTemplate() })
    await centre.write({ entity: 'template', caseId: 'me:dev.larkhill', id: anId(), fields: aTemplate() })

    const items = await desk.pullAll()

    expect(items).toEqual(
      [...own.toSorted(), 'me:morgan.ashby', 'ref:templates'].map(caseId => {
        return { kind: 'grant', caseId, epoch: 1, until: null }
      }),
    )
    expect(await desk.pullAll()).toEqual([])
  })

  it('comes in pages that lose nothing, whatever changes between them', async () => {
    const centre = await aCentre(server)
    const device = await centre.addDevice('morgan.ashby')
    const cases: string[] = []
    for (let count = 0; count < 60; count++) cases.push(await aCaseOf(centre, 'morgan.ashby'))
    const next = async (cursor: string | null) => {
      const pulled = await pull(centre, device.actor, { cursor, known: [], limitBytes: PAGE_BYTES_MIN })
      return pulled.outcome === 'page' ? pulled : { items: [], cursor: '', more: false }
    }

    const pages = [await next(null)]
    const between = await aCaseOf(centre, 'morgan.ashby')
    while (pages.at(-1)?.more) pages.push(await next(pages.at(-1)?.cursor ?? ''))
    pages.push(await next(pages.at(-1)?.cursor ?? ''))

    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) expect(JSON.stringify(page.items).length).toBeLessThanOrEqual(PAGE_BYTES_MIN + 2)
    const granted = new Set(pages.flatMap(page => grantedCases(page.items)))
    expect([...granted].toSorted()).toEqual([...cases, between, 'me:morgan.ashby'].toSorted())
    expect(rowIds(pages.at(-1)?.items ?? [])).toContain(between)
  })
})

describe('a later pull', () => {
  it('leaves out the versions that the device has already, and is a page all the same', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    const caseId = await aCaseOf(centre, 'morgan.ashby')
    const first = await pull(centre, desk.device.actor, { cursor: null, known: [], limitBytes: PAGE_BYTES_MIN })
    const { cursor } = first.outcome === 'page' ? first : { cursor: '' }
    const ids = [anId(), anId(), anId(), anId()]
    for (const id of ids) await centre.write({ entity: 'contact', caseId, id, fields: aContact() })
    const later = async (known: Stretch[]) => {
      const pulled = await pull(centre, desk.device.actor, { cursor, known, limitBytes: PAGE_BYTES_MIN })
      return pulled.outcome === 'page' ? { ids: rowIds(pulled.items), cursor: pulled.cursor } : pulled
    }
    const versions = await pull(centre, desk.device.actor, { cursor, known: [], limitBytes: PAGE_BYTES_MIN })
    const [one, two, three, four] = versionsIn(versions.outcome === 'page' ? versions.items : [])

    expect(await later([[two ?? 0, three ?? 0]])).toMatchObject({ ids: [ids[0], ids[3]] })
    const none = await later([[one ?? 0, four ?? 0]])
    expect(none).toMatchObject({ ids: [] })
    const next = { cursor: 'cursor' in none ? none.cursor : '', known: [], limitBytes: PAGE_BYTES_MIN }
    expect(await pull(centre, desk.device.actor, next)).toEqual({ outcome: 'nothing-new' })
  })

  it('says that a row was deleted', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    const caseId = await aCaseOf(centre, 'morgan.ashby')
    const contact = { entity: 'contact', caseId, id: anId(), fields: aContact() } as const
    await centre.write(contact)
    await desk.pullAll()

    await centre.write({ ...contact, deleted: true })

    const rows = (await desk.pullAll()).flatMap(item => (item.kind === 'row' ? [item.row] : []))
    expect(rows.map(({ id, deleted }) => ({ id, deleted }))).toEqual([{ id: contact.id, deleted: true }])
  })

  it('gives what came since, in the order of its numbers, and then nothing', async () => {
    const centre = await aCentre(server)
    const caseId = await aCaseOf(centre, 'morgan.ashby')
    const desk = await aDesk(centre, 'morgan.ashby')
    await desk.pullAll()
    const contact = { entity: 'contact' as const, caseId, id: anId() }
    await centre.write({ ...contact, fields: aContact({ note: 'First' }) })
    const second = await aCaseOf(centre, 'morgan.ashby')
    await centre.write({ ...contact, fields: aContact({ note: 'Second' }) })

    const items = await desk.pullAll()

    const kinds = items.map(item => (item.kind === 'row' ? item.row.entity : item.kind))
    expect(kinds).toEqual(['case', 'assignment', 'grant', 'contact'])
    expect(grantedCases(items)).toEqual([second])
    expect(items.at(-1)).toMatchObject({ row: { id: contact.id, fields: { note: 'Second' } } })
    expect(await desk.pullAll()).toEqual([])
  })

  it('in the smallest pages gives the same as in one', async () => {
    const centre = await aCentre(server)
    const caseId = await aCaseOf(centre, 'morgan.ashby')
    const [whole, inPages] = [await aDesk(centre, 'morgan.ashby'), await aDesk(centre, 'morgan.ashby')]
    await whole.pullAll()
    await inPages.pullAll()
    const lengths = [0, 5_000, 12_000, 10, 100, 2_000, 1_000, 12_000, 1, 1]
    for (const length of lengths) {
      await centre.write({ entity: 'contact', caseId, id: anId(), fields: aContact({ note: 'x'.repeat(length) }) })
      await aCaseOf(centre, 'morgan.ashby')
    }
    // Many small ones: a page ends by their number before it ends by their bytes.
    const small = { entity: 'template', caseId: 'ref:templates', fields: aTemplate() } as const
    for (let count = 0; count < 30; count++) await centre.write({ ...small, id: anId() })

    const expected = await whole.pullAll(262_144)

    expect(expected).toHaveLength(lengths.length * 4 + 30)
    expect(await inPages.pullAll(PAGE_BYTES_MIN)).toEqual(expected)
  })

  it('never gives a row of a case that is not in scope now, nor of the settings of others', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    await desk.pullAll()
    const othersCase = await aCaseOf(centre, 'dev.larkhill')
    const lost = { entity: 'assignment' as const, caseId: anId(), id: anId() }
    await centre.write({ ...lost, fields: assignedTo('morgan.ashby') })
    await centre.write({ entity: 'case', caseId: lost.caseId, id: lost.caseId, fields: aPerson() })
    await centre.write({ ...lost, fields: assignedTo('dev.larkhill') })
    await centre.write({ entity: 'template', caseId: 'me:dev.larkhill', id: anId(), fields: aTemplate() })
    const shared = anId()
    await centre.write({ entity: 'template', caseId: 'ref:templates', id: shared, fields: aTemplate() })

    const items = await desk.pullAll()

    expect(rowIds(items)).toEqual([shared])
    expect(items.filter(item => item.kind !== 'row')).toEqual([{ kind: 'revoke', caseId: lost.caseId, epoch: 1 }])
    expect(JSON.stringify(items)).not.toContain(othersCase)
  })

  it('gives of a case that came and went and came again the last grant only', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    await desk.pullAll()
    const assignment = { entity: 'assignment' as const, caseId: anId(), id: anId() }
    for (const userId of ['morgan.ashby', 'dev.larkhill', 'morgan.ashby']) {
      await centre.write({ ...assignment, fields: assignedTo(userId) })
    }

    const items = (await desk.pullAll()).filter(item => item.kind !== 'row')

    expect(items).toEqual([{ kind: 'grant', caseId: assignment.caseId, epoch: 2, until: null }])
  })

  it('reads one state of the database: of what is committed meanwhile it passes over nothing', async () => {
    const centre = await aCentre(server)
    const caseId = await aCaseOf(centre, 'morgan.ashby')
    const desk = await aDesk(centre, 'morgan.ashby')
    await desk.pullAll()
    const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const contactId = anId()
    const writing = inOneTransaction(centre.db, async tx => {
      await tx.execute(sql`LOCK TABLE scope_event IN ACCESS EXCLUSIVE MODE`)
      locked.resolve()
      await released.promise
      // A contact, and then more grants than a page holds.
      const assignments = Array.from({ length: 20 }, () => assignmentOf('morgan.ashby'))
      const writer = writerOf(tx)
      const before = await writer.takeNumbers(1 + assignments.length)
      const rows = [{ entity: 'contact' as const, caseId, id: contactId, fields: aContact() }, ...assignments]
      await writer.insertRows(
        rows.map((row, place) => ({ ...row, version: before + 1 + place, deleted: false, fieldRev: {} })),
      )
      await rewriteScope(
        writer,
        assignments.map(one => one.caseId),
        centre.clock.now(),
      )
    })
    await locked.promise

    const first = desk.pullAll(PAGE_BYTES_MIN)
    await waiting(centre.db, 1) // it has read the rows and waits for the grants
    released.resolve()
    await writing

    expect(rowIds([...(await first), ...(await desk.pullAll(PAGE_BYTES_MIN))])).toContain(contactId)
  })

  it('takes a case away at the moment at which the calendar does, and passes over its rows from then on only', async () => {
    const centre = await aCentre(server)
    const desk = await aDesk(centre, 'morgan.ashby')
    await desk.pullAll()
    const caseId = anId()
    const midnight = Date.UTC(2026, 2, 3)
    const fields = assignedTo('morgan.ashby', { endOn: '2026-03-02' })
    await centre.write({ entity: 'assignment', caseId, id: anId(), fields })
    const kinds = (items: readonly PullItem[]) => items.map(item => item.kind)

    const times = [midnight - 1, midnight] // it is midnight while the page is read
    const before = await desk.pullAll(PAGE_BYTES_MIN, { now: () => times.shift() ?? midnight })
    await centre.write({ entity: 'contact', caseId, id: anId(), fields: aContact() })
    const after = await desk.pullAll(PAGE_BYTES_MIN, { now: () => midnight })

    expect(kinds(before)).toEqual(['row', 'grant'])
    expect(kinds(after)).toEqual(['revoke'])
  })

  it('moves the cursor on past much that is not for this user', async () => {
    const centre = await aCentre(server)
    const { actor } = await centre.addDevice('morgan.ashby')
    const cursor = sealCursor(centre.cursorSecret, { seq: 0, device: actor.deviceId, grantsAfter: null })
    const idle = (count: number) => centre.passNumbers(count)

    await idle(1_000)
    expect(await pull(centre, actor, { cursor, known: [], limitBytes: PAGE_BYTES_MIN })).toEqual({
      outcome: 'nothing-new',
    })
    await idle(1)
    const pulled = await pull(centre, actor, { cursor, known: [], limitBytes: PAGE_BYTES_MIN })

    expect(pulled).toMatchObject({ outcome: 'page', items: [], more: false })
    const next = pulled.outcome === 'page' ? openCursor(centre.cursorSecret, pulled.cursor, actor.deviceId) : undefined
    expect(next?.seq).toBe(await lastNumber(centre.db))
  })
})

describe('a cursor', () => {
  it.each<[string, (sealed: string, other: string) => string]>([
    ['of another device', (_, other) => other],
    ['that was changed', sealed => `${sealed.startsWith('f') ? 'e' : 'f'}${sealed.slice(1)}`],
    ['without its signature', sealed => sealed.split('.')[0] ?? ''],
    ['with another signature', (sealed, other) => `${sealed.split('.')[0]}.${other.split('.')[1]}`],
    ['that was made up', () => 'cursor'],
    ['that is empty', () => ''],
  ])('%s is refused', async (_, spoil) => {
    const centre = await aCentre(server)
    const [own, other] = [await centre.addDevice('morgan.ashby'), await centre.addDevice('morgan.ashby')]
    const cursorOf = (device: string) => sealCursor(centre.cursorSecret, { seq: 0, device, grantsAfter: null })
    const cursor = spoil(cursorOf(own.actor.deviceId), cursorOf(other.actor.deviceId))

    expect(await pull(centre, own.actor, { cursor, known: [], limitBytes: PAGE_BYTES_MIN })).toEqual({
      outcome: 'bad-cursor',
    })
  })

  it('ahead of the centre is refused: the centre was put back from a backup', async () => {
    const centre = await aCentre(server)
    const { actor } = await centre.addDevice('morgan.ashby')
    const cursor = sealCursor(centre.cursorSecret, { seq: 1, device: actor.deviceId, grantsAfter: null })

    expect(await pull(centre, actor, { cursor, known: [], limitBytes: PAGE_BYTES_MIN })).toEqual({
      outcome: 'bad-cursor',
    })
  })
})
