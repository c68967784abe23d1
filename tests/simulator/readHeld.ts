import { asc, gt, gte, notInArray, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import {
  auditTable,
  changeTable,
  counterTable,
  resultTable,
  rowTable,
  scopeEventTable,
} from '../../central/db/tables.ts'
import { keyOf, type Row } from '../../central/features/sync/pushState.ts'
import { rowColumns } from '../../central/features/sync/rowStatements.ts'
import { invariant } from '../../shared/result.ts'
import type { Operation } from '../../shared/sync/protocol.ts'
import type { Held, KeptChange, KeptResult } from './worldStore.ts'

/** What was committed, as the tables say. */
export interface Committed extends Held {
  readonly counter: number
  /** Every number that a change, a row or a grant has, or had when it was looked at. */
  readonly numbers: ReadonlySet<number>
  readonly entries: number
  /** When the last audit entry came. */
  readonly heardAt: number
}

export const NOTHING: Committed = {
  counter: 0,
  rows: new Map(),
  changes: [],
  results: new Map(),
  audit: new Map(),
  numbers: new Set(),
  entries: 0,
  heardAt: 0,
}

/** Operations by their ids, as they were last sent: the tables keep what became of them. */
export type Sent = ReadonlyMap<string, Operation>

/** Reads what has come since `before`; since `NOTHING` all that there is. */
export async function readHeld(db: NodePgDatabase, before: Committed, sent: Sent): Promise<Committed> {
  const [count] = await db
    .select({
      counter: counterTable.n,
      answered: sql<number>`(SELECT count(*) FROM ${resultTable})`.mapWith(Number),
      entries: sql<number>`(SELECT count(*) FROM ${auditTable})`.mapWith(Number),
    })
    .from(counterTable)
  invariant(count, 'the centre has a counter')
  const results = count.answered === before.results.size ? before.results : await readResults(db, before, sent)
  const isOld = count.counter === before.counter
  const changed = isOld ? before : { ...before, ...(await readNumbered(db, { ...before, results }, sent)) }
  const audited = count.entries === before.entries ? {} : await readAudit(db, before)
  return { ...changed, ...audited, results, counter: count.counter, entries: count.entries }
}

async function readResults(db: NodePgDatabase, { results }: Committed, sent: Sent): Promise<Held['results']> {
  const isNew = results.size > 0 ? notInArray(resultTable.opId, [...results.keys()]) : undefined
  const rows = await db.select().from(resultTable).where(isNew).orderBy(asc(resultTable.deviceId), asc(resultTable.n))
  const fresh = rows.map(({ opId, userId, deviceId, incarnation, n, verdict, rowKey, revs }): [string, KeptResult] => {
    const operation = { ...operationOf(sent, opId), n }
    return [opId, { userId, verdict, rowKey, revs, operation, source: { userId, deviceId, incarnation } }]
  })
  return new Map([...results, ...fresh])
}

type Numbered = Pick<Committed, 'rows' | 'changes' | 'numbers'>

async function readNumbered(db: NodePgDatabase, before: Committed, sent: Sent): Promise<Numbered> {
  const rows: readonly Row[] = await db.select(rowColumns).from(rowTable).where(gt(rowTable.version, before.counter))
  const changes = await db
    .select()
    .from(changeTable)
    .where(gt(changeTable.seq, before.counter))
    .orderBy(asc(changeTable.seq))
  const events = await db
    .select({ seq: scopeEventTable.seq })
    .from(scopeEventTable)
    .where(gt(scopeEventTable.seq, before.counter))
  const fresh = changes.map(({ seq, caseId, entity, id, opId, actor, device, patch, before: was }): KeptChange => {
    const incarnation = before.results.get(opId)?.source.incarnation ?? 0
    const source = { userId: actor, deviceId: device, incarnation }
    return { seq, rowKey: { caseId, entity, id }, operation: operationOf(sent, opId), patch, before: was, source }
  })
  const numbers = [...rows.map(one => one.version), ...fresh.map(one => one.seq), ...events.map(one => one.seq)]
  return {
    rows: new Map([...before.rows, ...rows.map(row => [keyOf(row), row] as const)]),
    changes: [...before.changes, ...fresh],
    numbers: new Set([...before.numbers, ...numbers]),
  }
}

async function readAudit(db: NodePgDatabase, before: Committed): Promise<Pick<Committed, 'audit' | 'heardAt'>> {
  const { deviceId, receivedAt, n } = auditTable
  const rows = await db
    .select()
    .from(auditTable)
    .where(gte(receivedAt, before.heardAt))
    .orderBy(asc(receivedAt), asc(deviceId), asc(n))
  const audit = new Map(before.audit)
  const known = new Set([...before.audit.values()].flatMap(entries => entries.map(one => one.hash)))
  for (const { region: _region, deviceId: device, receivedAt: _at, ...entry } of rows) {
    if (!known.has(entry.hash)) audit.set(device, [...(audit.get(device) ?? []), entry])
  }
  return { audit, heardAt: rows.at(-1)?.receivedAt ?? before.heardAt }
}

function operationOf(sent: Sent, opId: string): Operation {
  const operation = sent.get(opId)
  invariant(operation, 'the centre keeps what was sent to it')
  return operation
}
