import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../../shared/access/actor.ts'
import { newId } from '../../../shared/ids.ts'
import type { Role } from '../../../shared/sync/protocol.ts'
import type { AnyFields, Entity } from '../../../shared/sync/recordTypes.ts'
import { type CentrePorts, openCentre } from '../../../central/db/centre.ts'
import { inOneTransaction } from '../../../central/db/database.ts'
import { REGION } from '../../../central/db/region.ts'
import { rowTable, userTable } from '../../../central/db/tables.ts'
import { enrol } from '../../../central/features/auth/enrol.ts'
import { writerOf } from '../../../central/features/sync/postgresSyncStore.ts'
import { rewriteScope } from '../../../central/features/sync/rewriteScope.ts'
import { postgresStores, type Stores } from '../../../central/postgresStores.ts'
import type { TestServer } from './testServer.ts'

/** Monday morning, in winter time. */
export const MONDAY = Date.UTC(2026, 2, 2, 9, 0)

/** `Morgan Ashby` of `morgan.ashby`. */
export const nameOf = (userId: string): string =>
  userId
    .split('.')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

export interface CentreRow {
  readonly entity: Entity
  readonly caseId: string
  readonly id: string
  readonly fields: AnyFields
  readonly deleted?: boolean
}

export interface Device {
  readonly token: string
  readonly actor: Actor
}

/** A new centre, the only one while the test runs. */
export interface TestCentre extends CentrePorts, Stores {
  readonly clock: { at: number; now(): number }
  readonly cursorSecret: string
  newId(): string
  addUser(id: string, role?: Role): Promise<void>
  /** A device of that user, whom it adds if need be. */
  addDevice(userId: string, role?: Role): Promise<Device>
  /** Writes a row as the centre would, with the scope that follows from it. */
  write(row: CentreRow): Promise<void>
  /** Moves the counter on, as much work on other cases would. */
  passNumbers(count: number): Promise<void>
}

export async function aCentre(server: TestServer): Promise<TestCentre> {
  const db = await server.emptyDatabase()
  const clock = { at: MONDAY, now: () => clock.at }
  const ports = { db, clock, random: { bytes: randomBytes } }
  const { cursorSecret } = await openCentre(ports)
  const centre: TestCentre = {
    ...ports,
    ...postgresStores(db),
    cursorSecret,
    newId: () => newId(clock.at, ports.random),
    async addUser(id, role = 'officer') {
      await db
        .insert(userTable)
        .values({ region: REGION, id, name: nameOf(id), role })
        .onConflictDoNothing()
    },
    async addDevice(userId, role = 'officer') {
      await centre.addUser(userId, role)
      const token = (await enrol(ports, userId)) ?? ''
      return { token, actor: { userId, userName: nameOf(userId), role, deviceId: token.split('.')[0] ?? '' } }
    },
    write: row => write(ports, row),
    async passNumbers(count) {
      await centre.store.write(tx => tx.takeNumbers(count))
    },
  }
  return centre
}

const write = ({ db, clock }: CentrePorts, { entity, caseId, id, fields, deleted = false }: CentreRow): Promise<void> =>
  inOneTransaction(db, async tx => {
    const isRow = and(
      eq(rowTable.region, REGION),
      eq(rowTable.caseId, caseId),
      eq(rowTable.entity, entity),
      eq(rowTable.id, id),
    )
    const [before] = await tx.select().from(rowTable).where(isRow).for('update')
    const writer = writerOf(tx)
    const version = (await writer.takeNumbers(1)) + 1
    const changed = Object.keys(fields).filter(field => before?.fields[field] !== fields[field])
    const fieldRev = { ...before?.fieldRev, ...Object.fromEntries(changed.map(field => [field, version])) }
    const row = { entity, caseId, id, version, deleted, fields, fieldRev }
    await (before ? writer.updateRows([row]) : writer.insertRows([row]))
    if (entity === 'assignment') await rewriteScope(writer, [caseId], clock.now())
  })
