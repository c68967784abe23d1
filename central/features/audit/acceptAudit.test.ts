import { createHash } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { AUDIT_START, type AuditEntry } from '../../../shared/sync/protocol.ts'
import { aCentre, MONDAY } from '../../../tests/support/centre/testCentre.ts'
import { useTestServer } from '../../../tests/support/centre/testServer.ts'
import { auditTable } from '../../db/tables.ts'
import { acceptAudit } from './acceptAudit.ts'

const server = useTestServer()
const START = { n: 0, hash: AUDIT_START }

/** A chain of that many entries after one; `word` makes it another chain. */
function aChain(count: number, word = 'first', after: Pick<AuditEntry, 'n' | 'hash'> = START): readonly AuditEntry[] {
  const entries: AuditEntry[] = []
  let { n, hash } = after
  while (entries.length < count) {
    n++
    hash = createHash('sha256').update(`${hash} ${word} ${n}`).digest('hex')
    entries.push({
      n,
      hash,
      at: MONDAY,
      userId: 'morgan.ashby',
      action: 'search',
      caseId: null,
      detail: { words: word },
    })
  }
  return entries
}

const last = (entries: readonly AuditEntry[]) => entries.at(-1) ?? START

async function setUp() {
  const centre = await aCentre(server)
  await centre.addUser('morgan.ashby')
  const { actor } = await centre.addDevice('morgan.ashby')
  return {
    send: (entries: readonly AuditEntry[], { n, hash }: Pick<AuditEntry, 'n' | 'hash'> = START) =>
      acceptAudit(centre, actor.deviceId, { after: { n, hash }, entries: [...entries] }),
    /** Number and flaw of each entry that is kept, by number. */
    async kept() {
      const { n, flaw, detail } = auditTable
      const rows = await centre.db
        .select({ n, flaw, detail })
        .from(auditTable)
        .where(eq(auditTable.deviceId, actor.deviceId))
        .orderBy(asc(n), asc(auditTable.hash))
      return rows.map(row => [row.n, row.flaw, row.detail.words])
    },
  }
}

describe('the audit of a PC', () => {
  it('is kept once, in parts, however often each comes', async () => {
    const { send, kept } = await setUp()
    const first = aChain(3)
    const second = aChain(2, 'first', last(first))

    expect(await send(first)).toEqual([])
    expect(await send(first)).toEqual([])
    expect(await send(second, last(first))).toEqual([])
    expect(await send([...first, ...second])).toEqual([])

    expect(await kept()).toEqual([1, 2, 3, 4, 5].map(n => [n, null, 'first']))
  })

  it('that comes twice at the same moment is kept once', async () => {
    const { send, kept } = await setUp()
    const chain = aChain(3)

    await Promise.all([send(chain), send(chain)])

    expect(await kept()).toHaveLength(3)
  })

  it('of a store that was put back is kept whole, and its first other entry is called a fork', async () => {
    const { send, kept } = await setUp()
    const chain = aChain(4)
    await send(chain)
    const other = aChain(3, 'other', chain[1])

    const flaws = await send(other, chain[1])

    expect(flaws).toMatchObject([{ n: 3, flaw: 'fork' }])
    const all = [
      ...chain.map(one => [one.n, null, 'first']),
      [3, 'fork', 'other'],
      [4, null, 'other'],
      [5, null, 'other'],
    ]
    expect(await kept()).toEqual(expect.arrayContaining(all))
    expect(await kept()).toHaveLength(all.length)
  })

  it('of a new store on a device that had one is a fork from the start', async () => {
    const { send } = await setUp()
    await send(aChain(2))

    expect(await send(aChain(2, 'other'))).toMatchObject([{ n: 1, flaw: 'fork' }])
  })

  it.each([
    ['an entry is missing in the middle', (chain: readonly AuditEntry[]) => chain.filter(one => one.n !== 2), START, 3],
    ['the start is missing', (chain: readonly AuditEntry[]) => chain.slice(1), START, 2],
    ['what came before is not here', (chain: readonly AuditEntry[]) => chain, { n: 7, hash: 'a'.repeat(64) }, 1],
  ])('in which %s is kept, and called a gap', async (_, spoil, after, n) => {
    const { send, kept } = await setUp()

    const flaws = await send(spoil(aChain(4)), after)

    expect(flaws).toMatchObject([{ n, flaw: 'gap' }])
    expect(await kept()).toHaveLength(spoil(aChain(4)).length)
  })

  it('is one for each device', async () => {
    const { send } = await setUp()
    const other = await setUp()

    await send(aChain(2))

    expect(await other.send(aChain(2, 'other'))).toEqual([])
  })
})
