import type { RecordColumn } from './recordColumns.ts'

/** A record as a repository returns it: whose it is, its fields, and what an edit of them is based on. */
export interface Stored<Fields> {
  readonly caseId: string
  readonly id: string
  readonly fields: Fields
  readonly fieldRev: Readonly<Record<string, number>>
}

interface TableRow {
  readonly caseId: string
  readonly id: string
  readonly version: number
  readonly fieldRev: Readonly<Record<string, number>>
  readonly extra: unknown
}

/** Takes the columns that every synced table has apart from the officer's fields. */
export function splitRow<Row extends TableRow>(row: Row): Stored<Omit<Row, RecordColumn>> {
  const { caseId, id, version: _version, fieldRev, extra: _extra, ...fields } = row
  return { caseId, id, fieldRev, fields }
}
