import { eq } from 'drizzle-orm'
import type { Role } from '../shared/sync/protocol.ts'
import type { AnyFields, Entity } from '../shared/sync/recordTypes.ts'
import type { CentrePorts } from './db/centre.ts'
import type { Transaction } from './db/database.ts'
import { REGION } from './db/region.ts'
import { centreTable, rowTable, userTable } from './db/tables.ts'
import type { Row } from './features/sync/pushState.ts'
import { insertRows, takeNumbers } from './features/sync/rowStore.ts'
import { rewriteScope } from './features/sync/scopeStore.ts'

export interface Office {
  readonly officeName: string
  readonly users: readonly { readonly id: string; readonly name: string; readonly role: Role }[]
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

const ROWS_AT_ONCE = 1_000

/**
 * Fills an empty centre with an office and its cases, whole or not at all.
 *
 * @param onProgress is told what is in after every thousand rows or so.
 * @returns undefined when the centre has users or records already; nothing is changed then.
 */
export function fillCentre(
  { db, clock }: CentrePorts,
  office: Office,
  cases: Iterable<GivenCase>,
  onProgress: (filled: Filled) => void,
): Promise<Filled | undefined> {
  return db.transaction(async tx => {
    if (!(await isEmpty(tx))) return undefined
    await tx
      .update(centreTable)
      .set({ officeName: office.officeName, isDemo: true })
      .where(eq(centreTable.region, REGION))
    await tx.insert(userTable).values(office.users.map(({ id, name, role }) => ({ region: REGION, id, name, role })))
    let filled: Filled = { cases: 0, rows: 0 }
    for (const some of inParts(cases)) {
      const count = await addCases(tx, some, clock.now())
      filled = { cases: filled.cases + some.length, rows: filled.rows + count }
      onProgress(filled)
    }
    return filled
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

/** Whole cases, about `ROWS_AT_ONCE` rows together. */
function* inParts(cases: Iterable<GivenCase>): Generator<readonly GivenCase[]> {
  let part: GivenCase[] = []
  let rows = 0
  for (const one of cases) {
    part.push(one)
    rows += one.rows.length
    if (rows < ROWS_AT_ONCE) continue
    yield part
    part = []
    rows = 0
  }
  if (part.length > 0) yield part
}

async function addCases(tx: Transaction, cases: readonly GivenCase[], now: number): Promise<number> {
  const given = cases.flatMap(one => one.rows)
  const before = await takeNumbers(tx, given.length)
  await insertRows(
    tx,
    given.map((row, place) => numberedRow(row, before + 1 + place)),
  )
  await rewriteScope(
    tx,
    cases.map(one => one.caseId),
    now,
  )
  return given.length
}

function numberedRow({ entity, caseId, id, fields }: GivenRow, version: number): Row {
  const fieldRev = Object.fromEntries(Object.keys(fields).map(field => [field, version]))
  return { entity, caseId, id, version, deleted: false, fields, fieldRev }
}
