import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { hashOf, newSecret, tokenText } from '../../central/features/auth/token.ts'
import { type Row, keyOf } from '../../central/features/sync/pushState.ts'
import { rewriteScope } from '../../central/features/sync/rewriteScope.ts'
import type { SyncWriter } from '../../central/features/sync/syncStore.ts'
import { buildServer } from '../../central/server.ts'
import type { Stores } from '../../central/postgresStores.ts'
import type { NetworkAnswer, NetworkRequest } from '../../electron/engine/ports.ts'
import type { Actor } from '../../shared/access/actor.ts'
import { newId } from '../../shared/ids.ts'
import type { Operation, PushRequest } from '../../shared/sync/protocol.ts'
import { type AnyFields, type Entity, revisionsOf } from '../../shared/sync/recordTypes.ts'
import type { Clock } from '../../shared/time.ts'
import type { Dice } from './dice.ts'
import { aModelStore } from './modelStore.ts'
import { aPostgresStore } from './postgresStore.ts'
import type { StoreName, WorldStore } from './worldStore.ts'

export interface GivenRow {
  readonly entity: Entity
  readonly caseId: string
  readonly id: string
  readonly fields: AnyFields
  readonly deleted?: boolean
}

export interface Device {
  readonly actor: Actor
  readonly token: string
}

/** The real service over a model of its database, or over the real one. */
export interface SimulatedCentre {
  readonly id: string
  readonly store: WorldStore
  addDevice(user: Omit<Actor, 'deviceId'>): Promise<Device>
  answer(request: NetworkRequest): Promise<NetworkAnswer>
  /** Writes rows as the centre does, with the scope that follows from assignments. */
  write(rows: readonly GivenRow[]): Promise<void>
}

/** No officer of the simulator attaches a file. */
const unused = (): Promise<never> => Promise.reject(new Error('the simulator has no files'))
const noBlobs: Stores['blobs'] = {
  isInScope: unused,
  wasInScope: unused,
  bytesNamed: unused,
  begin: unused,
  find: unused,
  listPlaces: unused,
  putChunk: unused,
  readChunk: unused,
  complete: unused,
  dropChunks: unused,
}

const CURSOR_SECRET = 'a secret of the simulator'

/** Building the service takes longer than a whole day of its work: one serves all worlds, one after the other. */
interface Shared {
  readonly app: FastifyInstance
  current: { readonly stores: Omit<Stores, 'blobs'>; readonly clock: Clock }
}
let shared: Promise<Shared> | undefined

async function share(stores: Omit<Stores, 'blobs'>, clock: Clock): Promise<Shared> {
  const current = { stores, clock }
  shared ??= buildShared(current)
  const found = await shared
  found.current = current
  return found
}

async function buildShared(first: Shared['current']): Promise<Shared> {
  const built: { current: Shared['current'] } = { current: first }
  const app = await buildServer({
    store: {
      write: work => built.current.stores.store.write(work),
      read: work => built.current.stores.store.read(work),
      listCasesDue: (now, limit) => built.current.stores.store.listCasesDue(now, limit),
    },
    audit: {
      write: (deviceId, work) => built.current.stores.audit.write(deviceId, work),
    },
    blobs: noBlobs,
    accounts: {
      check: () => built.current.stores.accounts.check(),
      readCentre: () => built.current.stores.accounts.readCentre(),
      findDevice: deviceId => built.current.stores.accounts.findDevice(deviceId),
      hear: (deviceId, now) => built.current.stores.accounts.hear(deviceId, now),
      storeReport: (deviceId, now, report) => built.current.stores.accounts.storeReport(deviceId, now, report),
    },
    clock: { now: () => built.current.clock.now() },
    random: { bytes: count => new Uint8Array(count) }, // names requests in a log that nobody keeps
    centre: { cursorSecret: CURSOR_SECRET },
    limits: { ofDevice: 1_000_000_000, ofAddress: 1_000_000_000 }, // they count by this machine's clock
  })
  await app.ready()
  return Object.assign(built, { app })
}

export async function aSimulatedCentre(dice: Dice, clock: Clock, over: StoreName): Promise<SimulatedCentre> {
  const id = newId(clock.now(), dice)
  const named = { id, officeName: 'Northfold' }
  const store =
    over === 'model' ? aModelStore(named) : await aPostgresStore({ ...named, cursorSecret: CURSOR_SECRET }, clock)
  const { app } = await share(store, clock)
  return {
    id,
    store,
    async addDevice(user) {
      await store.addUser({ id: user.userId, name: user.userName, role: user.role })
      const deviceId = newId(clock.now(), dice)
      const secret = newSecret(dice)
      await store.addDevice({ id: deviceId, userId: user.userId, tokenHash: hashOf(secret) })
      return { actor: { ...user, deviceId }, token: tokenText({ deviceId, secret }) }
    },
    async answer(request) {
      const { method, url, headers, body } = request
      const { pathname, search } = new URL(url)
      const payload = body === null ? {} : { payload: Buffer.from(body) }
      const response = await app.inject({ method, url: pathname + search, headers, ...payload })
      await store.look(operationsOf(request))
      const sent = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
      return { status: response.statusCode, headers: Object.fromEntries(sent), body: response.rawPayload }
    },
    async write(rows) {
      try {
        await store.store.write(tx => writeAsCentre(tx, rows, clock.now()))
      } finally {
        await store.look([])
      }
    },
  }
}

async function writeAsCentre(tx: SyncWriter, rows: readonly GivenRow[], now: number): Promise<void> {
  const before = await tx.lockRows(rows)
  const last = await tx.takeNumbers(rows.length)
  const numbered = rows.map((row, place): Row => {
    const version = last + 1 + place
    const known = before.get(keyOf(row))
    const changed = Object.fromEntries(
      Object.entries(row.fields).filter(([field, value]) => known?.fields[field] !== value),
    )
    const fieldRev = { ...known?.fieldRev, ...revisionsOf(row.entity, changed, version) }
    return { ...row, version, deleted: row.deleted ?? false, fieldRev }
  })
  const added = numbered.filter(row => !before.has(keyOf(row)))
  const changed = numbered.filter(row => before.has(keyOf(row)))
  if (added.length > 0) await tx.insertRows(added)
  if (changed.length > 0) await tx.updateRows(changed)
  const reassigned = [...new Set(rows.filter(row => row.entity === 'assignment').map(row => row.caseId))]
  if (reassigned.length > 0) await rewriteScope(tx, reassigned, now)
}

/** What a push holds; nothing for every other request. */
export function operationsOf({ url, headers, body }: NetworkRequest): readonly Operation[] {
  if (!url.endsWith('/v1/push') || body === null) return []
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : Buffer.from(body)
  return (JSON.parse(text.toString()) as PushRequest).operations // our own client wrote it
}
