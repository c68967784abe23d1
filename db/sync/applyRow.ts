import { and, eq } from 'drizzle-orm'
import { recordTypes, isEntity, type AnyFields, type Entity } from '../../shared/sync/recordTypes.ts'
import type { WireRow } from '../../shared/sync/protocol.ts'
import type { Transaction } from '../database.ts'
import { confirmRow } from '../outbox/shadow.ts'
import { keyOf } from '../records/recordStore.ts'
import { isTakenAway } from './scope.ts'
import { unreadableRowsTable } from './syncTables.ts'

/** Stores one row from the centre. Older than what is here, or of a case that was taken away: nothing happens, so a page may come twice. */
export function applyRow(tx: Transaction, row: WireRow): void {
  if (isTakenAway(tx, row.caseId)) return
  if (!isEntity(row.entity)) {
    setAside(tx, row, 'unknown type of record')
    return
  }
  const key = keyOf(row.entity, row.caseId, row.id, row.fields)
  if (row.deleted) {
    takeFromAside(tx, row) // or the next version would bring it back
    confirmRow(tx, key, null, row.version)
    return
  }
  const read = readFields(row.entity, row.fields)
  if ('problem' in read) setAside(tx, row, read.problem)
  else
    confirmRow(tx, key, { ...read, version: row.version, fieldRev: revisionsOf(row.entity, row.fieldRev) }, row.version)
}

/** Of a record that is written once nobody changes a field, so nobody asks what it rests on. */
const revisionsOf = (entity: Entity, fieldRev: WireRow['fieldRev']): WireRow['fieldRev'] =>
  recordTypes[entity].kind === 'append-only' ? {} : fieldRev

/** The fields this version knows, checked, and apart from them those it does not. */
function readFields(
  entity: Entity,
  wire: AnyFields,
): { readonly fields: AnyFields; readonly extra: AnyFields | null } | { readonly problem: string } {
  const { schema } = recordTypes[entity]
  const known = Object.entries(wire).filter(([name]) => Object.hasOwn(schema.shape, name))
  const unknown = Object.entries(wire).filter(([name]) => !Object.hasOwn(schema.shape, name))
  const checked = schema.safeParse(Object.fromEntries(known))
  if (!checked.success) {
    return { problem: checked.error.issues.map(issue => `${issue.path.join('.')}: ${issue.code}`).join('; ') }
  }
  return { fields: checked.data, extra: unknown.length > 0 ? Object.fromEntries(unknown) : null }
}

/** Keeps a row that this version cannot read, so that sync goes on and a newer version can read it. */
function setAside(tx: Transaction, row: WireRow, reason: string): void {
  const raw = Buffer.from(JSON.stringify(row))
  const { caseId, entity, id, version } = row
  tx.insert(unreadableRowsTable)
    .values({ caseId, entity, id, version, raw, reason })
    .onConflictDoUpdate({
      target: [unreadableRowsTable.caseId, unreadableRowsTable.entity, unreadableRowsTable.id],
      set: { version, raw, reason },
    })
    .run()
}

export function takeFromAside(tx: Transaction, { caseId, entity, id }: WireRow): void {
  const isRow = and(
    eq(unreadableRowsTable.caseId, caseId),
    eq(unreadableRowsTable.entity, entity),
    eq(unreadableRowsTable.id, id),
  )
  tx.delete(unreadableRowsTable).where(isRow).run()
}
