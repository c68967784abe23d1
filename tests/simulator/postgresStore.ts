import { eq, sql } from 'drizzle-orm'
import { REGION } from '../../central/db/region.ts'
import { centreTable, counterTable, deviceTable, purgeTable, userTable } from '../../central/db/tables.ts'
import { postgresStores } from '../../central/postgresStores.ts'
import type { Operation } from '../../shared/sync/protocol.ts'
import type { Clock } from '../../shared/time.ts'
import { checkKept, checkWhole } from './checkCommitted.ts'
import { type Blow, sharedDatabase } from './mortalDatabase.ts'
import { type Committed, NOTHING, readHeld } from './readHeld.ts'
import type { Death, WorldStore } from './worldStore.ts'

interface NewCentre {
  readonly id: string
  readonly officeName: string
  readonly cursorSecret: string
}

/** The centre's real stores over a real PostgreSQL, which can die. */
export async function aPostgresStore(centre: NewCentre, clock: Clock): Promise<WorldStore> {
  const database = await sharedDatabase()
  database.onStatement(() => undefined)
  await database.start()
  await database.empty()
  await database
    .ours()
    .insert(centreTable)
    .values({ region: REGION, isDemo: false, ...centre })
  await database.ours().insert(counterTable).values({ region: REGION, n: 0 })
  let committed: Committed = NOTHING
  const sent = new Map<string, Operation>()
  const poisoned = new Set<string>()
  /** What the service was asked to keep when the database died. */
  let atDeath: readonly Operation[] | undefined
  let serviceDies: () => boolean = () => false
  let blow: ((text: string) => Blow | undefined) | undefined
  database.onStatement(text => (serviceDies() ? { dies: 'service', isDone: false } : blow?.(text)))

  function arm({ statement, after, isDone }: Death, died: () => void): void {
    let left = after
    blow = text => {
      if (statement === 'commit' && !/^commit/i.test(text)) return undefined
      if (left-- > 0) return undefined
      blow = undefined
      died()
      return { dies: 'database', isDone }
    }
  }

  async function look(pushed: readonly Operation[]): Promise<void> {
    for (const operation of pushed) sent.set(operation.opId, operation)
    if (!database.isUp()) {
      atDeath ??= pushed
      return
    }
    const now = await readHeld(database.ours(), committed, sent)
    checkWhole(committed, now, atDeath ?? pushed, poisoned)
    atDeath = undefined
    committed = now
  }

  return {
    ...postgresStores(database.service),
    held: () => committed,
    look,
    async addUser(user) {
      await database
        .ours()
        .insert(userTable)
        .values({ region: REGION, ...user })
        .onConflictDoNothing()
    },
    async addDevice(device) {
      const at = { createdAt: clock.now(), lastSeen: 0 }
      await database
        .ours()
        .insert(deviceTable)
        .values({ region: REGION, ...device, ...at, incarnation: 1, lastN: 0 })
    },
    async confirmPurges() {
      await database.ours().update(purgeTable).set({ state: 'confirmed' }).where(eq(purgeTable.state, 'held'))
    },
    async poison(opId) {
      poisoned.add(opId)
      await database.ours().execute(sql`INSERT INTO poisoned VALUES (${opId}) ON CONFLICT DO NOTHING`)
    },
    onStatement(dies) {
      serviceDies = dies
    },
    mortal: {
      isUp: database.isUp,
      dieAt: arm,
      async mend() {
        blow = undefined
        await database.start()
        checkKept(committed, await readHeld(database.ours(), NOTHING, sent))
        await look([])
      },
    },
  }
}
