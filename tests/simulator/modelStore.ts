import type { Assignment } from '../../shared/features/cases/case.ts'
import type { Operation } from '../../shared/sync/protocol.ts'
import { entities } from '../../shared/sync/recordTypes.ts'
import { invariant } from '../../shared/result.ts'
import { keyOf, type Result, type Row } from '../../central/features/sync/pushState.ts'
import { type KeptScope, pairOf } from '../../central/features/sync/scope.ts'
import {
  type Device,
  type KeptPurge,
  type Position,
  type ReadBy,
  type ScopeEvent,
  type SyncReader,
  type SyncStore,
  type SyncWriter,
  UnstorableError,
} from '../../central/features/sync/syncStore.ts'
import type { AuditStore, KeptEntry } from '../../central/features/audit/auditStore.ts'
import type { Held, User, WorldStore } from './worldStore.ts'

class ServiceDied extends Error {}

type KeptEvent = ScopeEvent & { readonly seq: number }

/** Everything that the centre's database holds. */
interface Kept extends Held {
  readonly counter: number
  readonly scopes: ReadonlyMap<string, KeptScope>
  readonly events: readonly KeptEvent[]
  /** By case: when the calendar next changes who may read it. */
  readonly due: ReadonlyMap<string, number>
  readonly devices: ReadonlyMap<string, Device>
  /** Operations that came late and changed nothing. */
  readonly lateWork: readonly Operation[]
  /** By device, case and epoch. */
  readonly purges: ReadonlyMap<string, KeptPurge>
}

/** The centre's database in memory: what `SyncStore` promises, one transaction after the other. */
export function aModelStore(centre: { readonly id: string; readonly officeName: string }): WorldStore {
  let held: Kept = {
    counter: 0,
    rows: new Map(),
    changes: [],
    results: new Map(),
    scopes: new Map(),
    events: [],
    due: new Map(),
    devices: new Map(),
    audit: new Map(),
    lateWork: [],
    purges: new Map(),
  }
  const users = new Map<string, User>()
  const poisoned = new Set<string>()
  const deviceFacts = new Map<string, { readonly userId: string; readonly tokenHash: string }>()
  let dies: () => boolean = () => false
  let last: Promise<unknown> = Promise.resolve()

  const statement = (): void => {
    if (dies()) throw new ServiceDied()
  }

  /** One after the other, as if each had every lock that it might need. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  const store: SyncStore = {
    write: work =>
      inTurn(async () => {
        let draft = held
        const value = await work(
          writerOf(
            {
              now: () => draft,
              change: change => {
                draft = { ...draft, ...change }
              },
            },
            users,
            poisoned,
            statement,
          ),
        )
        held = draft
        return value
      }),
    read: work => inTurn(() => work(readerOf(held))),
    listCasesDue: (now, limit) => {
      const due = [...held.due].filter(([, at]) => at <= now).toSorted(([, a], [, b]) => a - b)
      return Promise.resolve(due.slice(0, limit).map(([caseId]) => caseId))
    },
  }

  const audit: AuditStore = {
    write: (deviceId, work) =>
      inTurn(async () => {
        const kept = held.audit.get(deviceId) ?? []
        let added: readonly KeptEntry[] = []
        const value = await work({
          listLinks: hashes => {
            const wanted = new Set(hashes)
            return Promise.resolve(kept.filter(({ hash, prev }) => wanted.has(hash) || wanted.has(prev)))
          },
          insert(entries) {
            statement()
            added = entries
            return Promise.resolve()
          },
        })
        held = { ...held, audit: new Map([...held.audit, [deviceId, [...kept, ...added]]]) }
        return value
      }),
  }

  return {
    store,
    audit,
    accounts: {
      check: () => Promise.resolve(),
      readCentre: () => Promise.resolve({ ...centre, isDemo: false }),
      findDevice(deviceId) {
        const device = deviceFacts.get(deviceId)
        const user = device && users.get(device.userId)
        return Promise.resolve(
          user && { tokenHash: device.tokenHash, userId: user.id, userName: user.name, role: user.role },
        )
      },
      hear: deviceId => Promise.resolve(held.devices.get(deviceId)?.incarnation ?? 1),
      storeReport: () => Promise.resolve(),
    },
    held: () => held,
    look: () => Promise.resolve(),
    addUser(user) {
      users.set(user.id, user)
      return Promise.resolve()
    },
    addDevice({ id, userId, tokenHash }) {
      deviceFacts.set(id, { userId, tokenHash })
      held = { ...held, devices: added(held.devices, [[id, { id, incarnation: 1, lastN: 0 }]]) }
      return Promise.resolve()
    },
    confirmPurges() {
      const purges = [...held.purges].map(
        ([key, one]) => [key, one.state === 'held' ? { ...one, state: 'confirmed' as const } : one] as const,
      )
      held = { ...held, purges: new Map(purges) }
      return Promise.resolve()
    },
    poison(opId) {
      poisoned.add(opId)
      return Promise.resolve()
    },
    onStatement(listener) {
      dies = listener
    },
  }
}

const added = <Key, Value>(
  map: ReadonlyMap<Key, Value>,
  entries: readonly (readonly [Key, Value])[],
): ReadonlyMap<Key, Value> => new Map([...map, ...entries])

interface Draft {
  readonly now: () => Kept
  readonly change: (change: Partial<Kept>) => void
}

function writerOf(
  { now, change }: Draft,
  users: ReadonlyMap<string, User>,
  poisoned: ReadonlySet<string>,
  statement: () => void,
): SyncWriter {
  /** Each statement takes a turn of the event loop, as one over a line would. */
  const run = <Value>(work: (held: Kept) => Value): Promise<Value> =>
    Promise.resolve().then(() => {
      statement()
      return work(now())
    })
  const assignmentsOf = (caseIds: readonly string[], { rows }: Kept) =>
    [...rows.values()]
      .filter(row => row.entity === 'assignment' && !row.deleted && caseIds.includes(row.caseId))
      .map(row => ({ caseId: row.caseId, assignment: row.fields as unknown as Assignment })) // only the centre writes them, by their schema
  const storeRows = (rows: readonly Row[]) =>
    run(held => {
      change({
        rows: added(
          held.rows,
          rows.map(row => [keyOf(row), row] as const),
        ),
      })
    })
  const insertRows = (rows: readonly Row[]) =>
    run(held => {
      const twice = rows.find(row => held.rows.has(keyOf(row)))
      invariant(!twice, 'a row is inserted once')
    }).then(() => storeRows(rows))
  return {
    lockDevices: ids => run(({ devices }) => new Map([...devices].filter(([id]) => ids.includes(id)))),
    listResults: opIds =>
      run(({ results }) => {
        const kept = opIds.flatMap((opId): readonly (readonly [string, Result])[] => {
          const result = results.get(opId)
          return result ? [[opId, result]] : []
        })
        return new Map(kept)
      }),
    listAssignments: caseIds =>
      run(held => {
        const byCase = Map.groupBy(assignmentsOf(caseIds, held), one => one.caseId)
        return new Map([...byCase].map(([caseId, found]) => [caseId, found.map(one => one.assignment)]))
      }),
    lockRows: keys =>
      run(({ rows }) => {
        const found = keys.map(key => rows.get(keyOf(key))).filter(row => row !== undefined)
        return new Map(found.map(row => [keyOf(row), row]))
      }),
    listConflicts: keys =>
      run(({ rows }) =>
        [...rows.values()].filter(
          ({ entity, caseId, fields }) =>
            entity === 'conflict' &&
            keys.some(key => key.caseId === caseId && key.id === fields.rowId && key.entity === fields.rowEntity),
        ),
      ),
    readChanges: seqs =>
      run(({ changes }) => {
        const known = changes
          .filter(one => seqs.includes(one.seq))
          .map(({ seq, source, operation, before }) => {
            const actorName = users.get(source.userId)?.name ?? ''
            return [seq, { actorId: source.userId, actorName, clientAt: operation.clientAt, before }] as const
          })
        return new Map(known)
      }),
    takeNumbers: count =>
      run(({ counter }) => {
        change({ counter: counter + count })
        return counter
      }),
    insertRows,
    updateRows: storeRows,
    storePushes: async ({ devices: stored, added: rows, changes, results }) => {
      await run(({ devices }) => {
        const known = stored.map(({ id, incarnation, lastN }) => [id, { id, incarnation, lastN }] as const)
        change({ devices: added(devices, known) })
      })
      await insertRows(rows)
      await run(held => {
        if (changes.some(one => poisoned.has(one.operation.opId))) throw new UnstorableError(null)
        change({ changes: [...held.changes, ...changes] })
      })
      await run(held => {
        const twice = results.find(one => held.results.has(one.operation.opId))
        invariant(!twice, 'an operation is answered once')
        const answered = results.map(one => [one.operation.opId, one] as const)
        change({ results: added(held.results, answered) })
      })
    },
    listAssigned: caseIds =>
      run(held =>
        assignmentsOf(caseIds, held).flatMap(({ caseId, assignment }) => {
          const user = users.get(assignment.userId)
          return user ? [{ caseId, assignment, role: user.role }] : []
        }),
      ),
    listScopes: caseIds => run(({ scopes }) => [...scopes.values()].filter(one => caseIds.includes(one.caseId))),
    readLastEpochs: caseIds =>
      run(({ events }) => {
        const epochs = new Map<string, number>()
        for (const event of events) {
          if (caseIds.includes(event.caseId)) {
            epochs.set(pairOf(event), Math.max(event.epoch, epochs.get(pairOf(event)) ?? 0))
          }
        }
        return epochs
      }),
    storeScopes: ({ granted, revoked }) =>
      run(held => {
        const scopes = new Map(held.scopes)
        for (const scope of revoked) scopes.delete(pairOf(scope))
        for (const scope of granted) scopes.set(pairOf(scope), scope)
        change({ scopes })
      }),
    insertScopeEvents: (events, before) =>
      run(held => {
        change({ events: [...held.events, ...events.map((one, place) => ({ ...one, seq: before + 1 + place }))] })
      }),
    insertLateWork: operations =>
      run(held => {
        if (operations.some(one => poisoned.has(one.opId))) throw new UnstorableError(null)
        change({ lateWork: [...held.lateWork, ...operations] })
      }),
    listPurges: (deviceId, caseIds) =>
      run(({ purges }) =>
        [...purges]
          .filter(([key, one]) => key.startsWith(deviceId) && caseIds.includes(one.caseId))
          .map(([, one]) => one),
      ),
    storePurges: (deviceId, purges) =>
      run(held => {
        const entries = purges.map(one => [`${deviceId} ${one.caseId} ${one.epoch}`, one] as const)
        change({ purges: added(held.purges, entries) })
      }),
    storeDue: (caseIds, due) =>
      run(held => {
        const kept = [...held.due].filter(([caseId]) => !caseIds.includes(caseId))
        change({ due: new Map([...kept, ...due]) })
      }),
  }
}

const holds = (scope: KeptScope, now: number): boolean => scope.until === null || scope.until > now

function readerOf(held: Kept): SyncReader {
  const scopesOf = ({ userId, now }: ReadBy): readonly KeptScope[] =>
    [...held.scopes.values()].filter(scope => scope.userId === userId && holds(scope, now))
  const isShared = (caseId: string) => caseId.startsWith('ref:')
  const answer = <Value>(value: Value): Promise<Value> => Promise.resolve(value)
  return {
    lastNumber: () => answer(held.counter),
    listScopesOf: (by, after, limit) =>
      answer(
        scopesOf(by)
          .filter(scope => scope.caseId > after)
          .toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1))
          .slice(0, limit),
      ),
    listVersionsOfCase: caseId => answer([...held.rows.values()].filter(row => row.caseId === caseId)),
    listSharedCases: () => answer([...new Set([...held.rows.values()].map(row => row.caseId).filter(isShared))]),
    listRowsSince(by, seq, known, limit) {
      const open = new Set(scopesOf(by).map(scope => scope.caseId))
      const isReadable = ({ caseId }: Row) => open.has(caseId) || isShared(caseId) || caseId === `me:${by.userId}`
      const isKnown = ({ version }: Row) => known.some(([first, last]) => first <= version && version <= last)
      const rows = [...held.rows.values()].filter(row => row.version > seq && isReadable(row) && !isKnown(row))
      return answer(rows.toSorted((a, b) => a.version - b.version).slice(0, limit))
    },
    listScopesSince(by, seq, limit) {
      const own = held.events.filter(event => event.userId === by.userId && event.seq > seq)
      const last = new Map(own.map(event => [event.caseId, event]))
      const open = new Map(scopesOf(by).map(scope => [scope.caseId, scope]))
      const events = [...last.values()]
        .filter(event => event.kind === 'revoke' || open.has(event.caseId))
        .map(event => ({ ...event, until: open.get(event.caseId)?.until ?? null }))
      return answer(events.toSorted((a, b) => a.seq - b.seq).slice(0, limit))
    },
    isInScope: (by, caseId) => answer(scopesOf(by).some(scope => scope.caseId === caseId)),
    listRowsOfCase: (caseId, after, limit) => {
      const rows = [...held.rows.values()].filter(row => row.caseId === caseId)
      const inOrder = rows.toSorted((a, b) => compare(placeOf(a), placeOf(b)))
      return answer(inOrder.filter(row => after === null || compare(placeOf(row), after) > 0).slice(0, limit))
    },
  }
}

const placeOf = ({ entity, id, fields }: Row): Position => ({
  entity,
  id,
  startedAt: entity === 'contact' ? Number(fields.startedAt) : 0,
})

/** In the order of `recordTypes`, and in each type from the newest back. */
function compare(a: Position, b: Position): number {
  const [placeA, placeB] = [entities.indexOf(a.entity), entities.indexOf(b.entity)]
  if (placeA !== placeB) return placeA - placeB
  if (a.startedAt !== b.startedAt) return b.startedAt - a.startedAt
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1
}
