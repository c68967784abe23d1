import type { Actor } from '../../../shared/access/actor.ts'
import type { PullItem, PullRequest, Stretch } from '../../../shared/sync/protocol.ts'
import type { SyncDeps } from './acceptOperations.ts'
import { type Cursor, openCursor, sealCursor } from './cursor.ts'
import { GRANT_BYTES, itemsToRead, pageLimit, ROW_BYTES, takePage } from './page.ts'
import { settleDueScopes } from './rewriteScope.ts'
import type { NumberedScopeEvent, ReadBy, SyncReader } from './syncStore.ts'

export interface PullDeps extends SyncDeps {
  readonly cursorSecret: string
}

export type Pulled =
  | { readonly outcome: 'page'; readonly items: PullItem[]; readonly cursor: string; readonly more: boolean }
  | { readonly outcome: 'nothing-new' }
  | { readonly outcome: 'bad-cursor' }

/** What one page is read for. */
interface Reader {
  readonly by: ReadBy
  readonly limitBytes: number
  /** Versions that the device has already. */
  readonly known: readonly Stretch[]
  readonly from: Cursor
  /** The counter, in the snapshot that the page is read from. */
  readonly last: number
}

interface Page {
  readonly items: readonly PullItem[]
  readonly next: Cursor
  readonly more: boolean
}

/**
 * One page of what is new for this device: at its first pull the grants as they stand, from then on what came after its
 * cursor. Whatever case the calendar has taken away by then is revoked first: what its rows became meanwhile is passed over.
 */
export async function pull(
  { store, clock, cursorSecret }: PullDeps,
  actor: Actor,
  { cursor, known, limitBytes }: Pick<PullRequest, 'cursor' | 'known' | 'limitBytes'>,
): Promise<Pulled> {
  const opened = cursor === null ? null : openCursor(cursorSecret, cursor, actor.deviceId)
  if (opened === undefined) return { outcome: 'bad-cursor' }
  const now = clock.now()
  await settleDueScopes(store, now)
  return store.read(async tx => {
    const last = await tx.lastNumber()
    const from = opened ?? { seq: last, device: actor.deviceId, grantsAfter: '' }
    // The centre was put back from a backup and no longer has what this device has seen.
    if (from.seq > last) return { outcome: 'bad-cursor' }
    const reader = { by: { userId: actor.userId, now }, limitBytes, known, from, last }
    const page = from.grantsAfter === null ? await readNews(tx, reader) : await readGrants(tx, reader, from.grantsAfter)
    if (page.items.length === 0 && !isWorthKeeping(reader, page.next)) return { outcome: 'nothing-new' }
    return { outcome: 'page', items: [...page.items], cursor: sealCursor(cursorSecret, page.next), more: page.more }
  })
}

// So many numbers of other people's cases would be looked through again at each pull.
const NUMBERS_PASSED_MAX = 1_000

// With the next cursor the device need not name what it has any more.
const isWorthKeeping = ({ from, known }: Reader, next: Cursor): boolean =>
  from.grantsAfter !== null || known.length > 0 || next.seq - from.seq > NUMBERS_PASSED_MAX

/** The grants as they stand, by case. What changes while a device reads them page by page comes after, by its cursor. */
async function readGrants(tx: SyncReader, { by, limitBytes, from }: Reader, after: string): Promise<Page> {
  const limit = pageLimit(limitBytes, GRANT_BYTES)
  const scopes = (await tx.listScopesOf(by, after, itemsToRead(limit))).map(({ caseId, epoch, until }) => {
    return { caseId, epoch, until }
  })
  // In scope without an assignment: the shared reference data and the user's own settings.
  const open = [...(await tx.listSharedCases()), `me:${by.userId}`]
    .filter(one => one > after)
    .map(one => ({ caseId: one, epoch: 1, until: null }))
  const grants = [...scopes, ...open].toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1))
  const items = takePage(
    grants.map(grant => ({ kind: 'grant' as const, ...grant })),
    limit,
  )
  const more = items.length < grants.length
  return { items, more, next: { ...from, grantsAfter: more ? (items.at(-1)?.caseId ?? null) : null } }
}

interface News {
  readonly seq: number
  readonly item: PullItem
}

/** Rows, grants and revokes after the cursor, in the order in which they were committed. */
async function readNews(tx: SyncReader, reader: Reader): Promise<Page> {
  const limit = pageLimit(reader.limitBytes, ROW_BYTES)
  const read = itemsToRead(limit)
  const rows = await tx.listRowsSince(reader.by, reader.from.seq, reader.known, read)
  const scopes = await tx.listScopesSince(reader.by, reader.from.seq, read)
  const news: readonly News[] = [
    ...rows.map(row => ({ seq: row.version, item: { kind: 'row' as const, row } })),
    ...scopes.map(event => ({ seq: event.seq, item: scopeItem(event) })),
  ]
  const inOrder = news.toSorted((a, b) => a.seq - b.seq)
  const items = takePage(
    inOrder.map(one => one.item),
    limit,
  )
  const more = items.length < inOrder.length
  const seq = more ? (inOrder[items.length - 1]?.seq ?? reader.from.seq) : reader.last
  return { items, more, next: { ...reader.from, seq } }
}

const scopeItem = ({ kind, caseId, epoch, until }: NumberedScopeEvent): PullItem =>
  kind === 'grant' ? { kind, caseId, epoch, until } : { kind, caseId, epoch }
