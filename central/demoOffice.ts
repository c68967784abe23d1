import { eq } from 'drizzle-orm'
import { generateDemo } from '../demo/generate.ts'
import { demoOffice } from '../demo/office.ts'
import { type AnyFields, type Entity, revisionsOf } from '../shared/sync/recordTypes.ts'
import { londonDate } from '../shared/time.ts'
import type { CentrePorts } from './db/centre.ts'
import { inOneTransaction, type Transaction } from './db/database.ts'
import { REGION } from './db/region.ts'
import { centreTable, rowTable, userTable } from './db/tables.ts'
import { checkUser, type User } from './features/auth/enrol.ts'
import type { Row } from './features/sync/pushState.ts'
import { writerOf } from './features/sync/postgresSyncStore.ts'
import { rewriteScope } from './features/sync/rewriteScope.ts'
import type { SyncWriter } from './features/sync/syncStore.ts'

export interface Office {
  readonly officeName: string
  readonly users: readonly User[]
}

interface GivenRow {
  readonly entity: Entity
  readonly caseId: string
  readonly id: string
  readonly fields: AnyFields
}
export interface GivenCase {
  readonly caseId: string
  readonly rows: readonly GivenRow[]
}

export interface Filled {
  readonly cases: number
  readonly rows: number
}

/** How large the demo office is to be. The same numbers on the same day give the same office. */
export interface DemoSize {
  readonly people: number
  readonly contactsPerPerson: number
  readonly seed: number
}

/** Fills an empty centre with the generated demo office; see `fillCentre`. */
export function makeDemoOffice(
  ports: CentrePorts,
  size: DemoSize,
  onProgress: (filled: Filled) => void,
): Promise<Filled | undefined> {
  const cases = generateDemo({ ...size, today: londonDate(ports.clock.now()) })
  return fillCentre(ports, demoOffice, cases, onProgress)
}

/** Rows of one statement, or cases whose scope is written at once. */
const PART_WEIGHT = 500

/**
 * Fills an empty centre with an office and its cases, whole or not at all.
 *
 * @param onProgress is told what is in after every few hundred rows.
 * @returns undefined when the centre has users or records already; nothing is changed then.
 * @throws when one of the users is not as users must be.
 */
export function fillCentre(
  { db, clock }: CentrePorts,
  office: Office,
  cases: Iterable<GivenCase>,
  onProgress: (filled: Filled) => void,
): Promise<Filled | undefined> {
  return inOneTransaction(db, async tx => {
    if (!(await isEmpty(tx))) return undefined
    office.users.forEach(checkUser)
    await tx
      .update(centreTable)
      .set({ officeName: office.officeName, isDemo: true })
      .where(eq(centreTable.region, REGION))
    await tx.insert(userTable).values(office.users.map(({ id, name, role }) => ({ region: REGION, id, name, role })))
    const writer = writerOf(tx)
    const filled = await addRows(writer, cases, onProgress)
    for (const caseIds of inParts(filled.caseIds, () => 1)) await rewriteScope(writer, caseIds, clock.now())
    return { cases: filled.caseIds.length, rows: filled.rows }
  })
}

async function isEmpty(tx: Transaction): Promise<boolean> {
  // Of two processes that fill at once, the second waits here and then finds users.
  await tx.select().from(centreTable).where(eq(centreTable.region, REGION)).for('update')
  const found = [
    await tx.select({ id: userTable.id }).from(userTable).limit(1),
    await tx.select({ id: rowTable.id }).from(rowTable).limit(1),
  ]
  return found.every(rows => rows.length === 0)
}

interface Added {
  readonly caseIds: readonly string[]
  readonly rows: number
}

/** Adds the rows of all cases. While the database stores some, the next are generated. */
async function addRows(
  tx: SyncWriter,
  cases: Iterable<GivenCase>,
  onProgress: (filled: Filled) => void,
): Promise<Added> {
  const before = await tx.takeNumbers(0)
  const caseIds: string[] = []
  let rows = 0
  let storing = Promise.resolve()
  for (const part of inParts(cases, one => one.rows.length)) {
    await storing
    onProgress({ cases: caseIds.length, rows })
    const numbered = part.flatMap(one => one.rows).map((row, place) => numberedRow(row, before + rows + 1 + place))
    storing = tx.insertRows(numbered)
    storing.catch(() => undefined) // awaited in the next round, which never comes if generating fails
    caseIds.push(...part.map(one => one.caseId))
    rows += numbered.length
  }
  await storing
  await tx.takeNumbers(rows)
  onProgress({ cases: caseIds.length, rows })
  return { caseIds, rows }
}

/** Consecutive items that weigh about `PART_WEIGHT` together. */
function* inParts<Item>(items: Iterable<Item>, weigh: (item: Item) => number): Generator<readonly Item[]> {
  let part: Item[] = []
  let weight = 0
  for (const item of items) {
    part.push(item)
    weight += weigh(item)
    if (weight < PART_WEIGHT) continue
    yield part
    part = []
    weight = 0
  }
  if (part.length > 0) yield part
}

const numberedRow = (row: GivenRow, version: number): Row => ({
  ...row,
  version,
  deleted: false,
  fieldRev: revisionsOf(row.entity, row.fields, version),
})
