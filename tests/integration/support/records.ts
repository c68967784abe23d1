import { and, asc, eq } from 'drizzle-orm'
import { changeTable, resultTable, rowTable } from '../../../central/db/tables.ts'
import type { TestCentre } from '../../support/centre/testCentre.ts'
import type { Database } from '../../../db/database.ts'
import { recordTables } from '../../../db/records/recordTables.ts'
import { entities, recordTypes } from '../../../shared/sync/recordTypes.ts'

/** A record, the same on both sides when both have the same of it. */
interface Seen {
  readonly entity: string
  readonly id: string
  readonly version: unknown
  readonly fields: Readonly<Record<string, unknown>>
}

/** Every record of a case as a workstation shows it. */
export function shownRecords(db: Database, caseId: string): readonly Seen[] {
  return entities
    .flatMap(entity =>
      db
        .select()
        .from(recordTables[entity].table)
        .all()
        .filter(row => row.caseId === caseId)
        .map(row => {
          const values: Readonly<Record<string, unknown>> = row
          const names = Object.keys(recordTypes[entity].schema.shape)
          const fields = Object.fromEntries(names.map(name => [name, values[name]]))
          return { entity, id: row.id, version: row.version, fields }
        }),
    )
    .toSorted(byId)
}

/** Every record of a case as the centre has it. */
export async function centreRecords({ db }: TestCentre, caseId: string): Promise<readonly Seen[]> {
  const { entity, id, version, fields } = rowTable
  return (await db.select({ entity, id, version, fields }).from(rowTable).where(eq(rowTable.caseId, caseId))).toSorted(
    byId,
  )
}

const byId = (a: Seen, b: Seen): number => (`${a.entity}${a.id}` < `${b.entity}${b.id}` ? -1 : 1)

/** Operations of a device that had an effect, in the order in which the centre took them. */
export const changesOf = ({ db }: TestCentre, device: string, caseId: string) =>
  db
    .select({ opId: changeTable.opId })
    .from(changeTable)
    .where(and(eq(changeTable.device, device), eq(changeTable.caseId, caseId)))
    .orderBy(asc(changeTable.seq))

/** What the centre answered each operation of a device. */
export const verdictsOf = ({ db }: TestCentre, device: string) =>
  db
    .select({ opId: resultTable.opId, verdict: resultTable.verdict, incarnation: resultTable.incarnation })
    .from(resultTable)
    .where(eq(resultTable.deviceId, device))
    .orderBy(asc(resultTable.n))
