import { eq, sql } from 'drizzle-orm'
import { newId, type Random } from '../../shared/ids.ts'
import type { Clock } from '../../shared/time.ts'
import { type Database, inOneTransaction } from './database.ts'
import { REGION } from './region.ts'
import { centreTable, counterTable, rowTable } from './tables.ts'

export type Centre = typeof centreTable.$inferSelect

export interface CentrePorts {
  readonly db: Database
  readonly clock: Clock
  readonly random: Random
}

/** The centre of this database. Its first start gives it its id, its secret and its counter. */
export async function openCentre({ db, clock, random }: CentrePorts): Promise<Centre> {
  const cursorSecret = newCursorSecret(random)
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

const newCursorSecret = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url')

/** More than a centre can have given out after the backup that it was put back from. */
const NUMBERS_PASSED = 1_000_000_000

/**
 * Makes a centre that was put back from a backup fit to serve: it gave out numbers that it has forgotten. No workstation's
 * cursor holds any more, so each looks at all of its cases again; and every row and every number to come is above those that
 * were lost, so each takes what the centre has. The revisions of fields stay: unsent work rests on them.
 */
export async function goOnFromBackup({ db, random }: Omit<CentrePorts, 'clock'>): Promise<void> {
  await inOneTransaction(db, async tx => {
    await tx
      .update(centreTable)
      .set({ cursorSecret: newCursorSecret(random) })
      .where(eq(centreTable.region, REGION))
    await tx
      .update(rowTable)
      .set({ version: sql`${rowTable.version} + ${NUMBERS_PASSED}` })
      .where(eq(rowTable.region, REGION))
    await tx
      .update(counterTable)
      .set({ n: sql`${counterTable.n} + ${NUMBERS_PASSED}` })
      .where(eq(counterTable.region, REGION))
  })
}
