import { eq } from 'drizzle-orm'
import { newId, type Random } from '../../shared/ids.ts'
import type { Clock } from '../../shared/time.ts'
import type { Database } from './database.ts'
import { REGION } from './region.ts'
import { centreTable, counterTable } from './tables.ts'

export type Centre = typeof centreTable.$inferSelect

export interface CentrePorts {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
}

/** The centre of this database. Its first start gives it its id, its secret and its counter. */
export async function openCentre({ db, clock, random }: CentrePorts): Promise<Centre> {
  const cursorSecret = Buffer.from(random.bytes(32)).toString('base64url')
  const first = { region: REGION, id: newId(clock.now(), random), officeName: 'Office', isDemo: false, cursorSecret }
  await db.insert(centreTable).values(first).onConflictDoNothing()
  await db.insert(counterTable).values({ region: REGION, n: 0 }).onConflictDoNothing()
  return readCentre(db)
}

export async function readCentre(db: Database): Promise<Centre> {
  const [centre] = await db.select().from(centreTable).where(eq(centreTable.region, REGION))
  if (!centre) throw new Error('the database has no centre: it was not opened by openCentre')
  return centre
}
