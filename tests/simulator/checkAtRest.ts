import { recordTables } from '../../db/records/recordTables.ts'
import { entities, recordTypes, type Entity } from '../../shared/sync/recordTypes.ts'
import { keyOf, rowKeyOf, type Row } from '../../central/features/sync/pushState.ts'
import type { Database } from '../../db/database.ts'
import { Broken } from './broken.ts'
import type { WorldStore } from './worldStore.ts'
import type { SimulatedOfficer } from './officer.ts'
import type { Pc } from './pc.ts'
import { mayRead } from './watchCentre.ts'
import { visibleCases } from './watchPc.ts'

/** What holds when everything had time to get through: of one PC. */
export function checkAtRest(officer: SimulatedOfficer, store: WorldStore, now: number): void {
  checkDelivered(officer, store)
  checkCases(officer.pc, store, now)
  checkPurges(officer)
  checkAudit(officer, store)
}

/** Everything is at the centre (2), but for what waits behind something refused. */
function checkDelivered({ pc, saved }: SimulatedOfficer, store: WorldStore): void {
  const db = pc.db()
  const left = db.$client
    .prepare(`SELECT op_id, state FROM outbox WHERE state IN ('pending', 'sending', 'retry')`)
    .raw()
    .all() as [string, string][] // as the statement says
  const blocked = new Set(
    db.$client
      .prepare(
        `SELECT op_id FROM outbox AS o WHERE state IN ('pending', 'retry') AND EXISTS (SELECT 1 FROM outbox AS q
         WHERE q.state = 'quarantined' AND q.case_id = o.case_id AND q.entity = o.entity AND q.id = o.id)`,
      )
      .pluck()
      .all(),
  )
  const stuck = left.filter(([opId]) => !blocked.has(opId))
  if (stuck.length > 0) throw new Broken('2 delivered', `${pc.device.actor.userId} still has ${JSON.stringify(stuck)}`)
  const { results } = store.held()
  const refused = new Set(db.$client.prepare(`SELECT op_id FROM outbox WHERE state = 'quarantined'`).pluck().all())
  const lost = saved().find(one => !results.has(one.opId) && !blocked.has(one.opId) && !refused.has(one.opId))
  if (lost) throw new Broken('2 delivered', `${lost.opId} never reached the centre`)
}

/** Of every case in scope all is here (6, 15), and nothing of any other can be read (14). */
function checkCases(pc: Pc, store: WorldStore, now: number): void {
  const db = pc.db()
  const { rows } = store.held()
  const scope = new Set(
    [...rows.values()].map(row => row.caseId).filter(one => mayRead(pc.device.actor, one, store, now)),
  )
  const here = Object.groupBy(listRows(db), row => row.caseId)
  for (const caseId of scope) compareCase(pc, { caseId, rows: here[caseId] ?? [] }, store)
  const shown = [...visibleCases(db)].filter(one => !scope.has(String(one)) && !String(one).startsWith('me:'))
  if (shown.length > 0) throw new Broken('14 revoked', `${shown.join(', ')} can still be read`)
  const shadow = db.$client
    .prepare(
      `SELECT s.id FROM shadow AS s JOIN case_scope AS c ON c.case_id = s.case_id AND c.state = 'active'
       WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.case_id = s.case_id AND o.entity = s.entity AND o.id = s.id
       AND o.state NOT IN ('acked', 'discarded'))`,
    )
    .pluck()
    .get() as string | undefined // one text column
  if (shadow !== undefined) throw new Broken('6 convergence', `${shadow} has a shadow, and nothing unsent`)
}

/** Of a case that was taken away nothing is left, and the centre knows (13). */
function checkPurges({ pc }: SimulatedOfficer): void {
  const left = pc
    .db()
    .$client.prepare(
      `SELECT p.case_id, p.stage FROM purge AS p JOIN case_scope AS c ON c.case_id = p.case_id AND c.state = 'revoked'
       WHERE p.stage <> 'done'`,
    )
    .raw()
    .get() as [string, string] | undefined // as the statement says
  if (left) throw new Broken('13 purged', `${left[0]} is still at ${left[1]}`)
}

/** The chain is whole, all of it is at the centre, and every save has its entry (16). */
function checkAudit({ pc, saved }: SimulatedOfficer, store: WorldStore): void {
  const broken = pc.auditBreak()
  if (broken !== undefined) throw new Broken('16 audit', `entry ${broken} does not fit`)
  const sent = store.held().audit.get(pc.device.actor.deviceId) ?? []
  const hashes = new Set(sent.map(entry => entry.hash))
  const own = pc.db().$client.prepare('SELECT n, lower(hex(hash)) FROM audit').raw().all() as [number, string][] // as the statement says
  const kept = own.find(([, hash]) => !hashes.has(hash))
  if (kept) throw new Broken('16 audit', `entry ${kept[0]} never reached the centre`)
  const actions = new Set(
    sent.filter(entry => entry.action === 'action.saved').map(entry => String(entry.detail['actionId'])),
  )
  const silent = saved().find(one => !one.isFromBefore && !actions.has(one.actionId))
  if (silent) throw new Broken('16 audit', `no entry says that ${silent.actionId} was saved`)
}

interface RowHere {
  readonly caseId: string
  readonly entity: Entity
  readonly id: string
  readonly row: Readonly<Record<string, unknown>>
}

const listRows = (db: Database): readonly RowHere[] =>
  entities.flatMap(entity =>
    db
      .select()
      .from(recordTables[entity].table)
      .all()
      .map(row => ({ caseId: row.caseId, entity, id: row.id, row: { ...row } })),
  )

interface CaseHere {
  readonly caseId: string
  readonly rows: readonly RowHere[]
}

/** Every row of the case as the centre has it, but for what waits behind something refused, and what cannot be read. */
function compareCase(pc: Pc, { caseId, rows }: CaseHere, store: WorldStore): void {
  const db = pc.db()
  const refused = new Set(
    db.$client
      .prepare(`SELECT id FROM outbox WHERE case_id = ? AND state IN ('pending', 'retry', 'quarantined')`)
      .pluck()
      .all(caseId),
  )
  const aside = new Set(db.$client.prepare(`SELECT id FROM unreadable_rows WHERE case_id = ?`).pluck().all(caseId))
  const theirs = new Map(
    [...store.held().rows.values()]
      .filter(row => row.caseId === caseId && !row.deleted && !aside.has(row.id))
      .map(row => [keyOf(rowKeyOf(row)), row]),
  )
  for (const { entity, id, row } of rows) {
    const key = keyOf({ caseId, entity, id })
    const wanted = theirs.get(key)
    theirs.delete(key)
    if (refused.has(id)) continue
    if (!wanted) throw new Broken('6 convergence', `${key} is here and not at the centre`)
    compareRow(key, row, wanted)
  }
  const missing = [...theirs.keys()].filter(key => !refused.has(key.split('/').at(-1)))
  if (missing.length > 0) throw new Broken('6 convergence', `${missing.join(', ')} not here`)
}

function compareRow(key: string, row: Readonly<Record<string, unknown>>, wanted: Row): void {
  if (wanted.version !== row['version'])
    throw new Broken('6 convergence', `${key} is at ${String(row['version'])}, the centre at ${wanted.version}`)
  const known = Object.keys(recordTypes[wanted.entity].schema.shape)
  for (const field of known) {
    if (row[field] !== wanted.fields[field]) {
      throw new Broken(
        '6 convergence',
        `${key} ${field}: ${String(row[field])} here, ${String(wanted.fields[field])} there`,
      )
    }
  }
  const unknown = Object.entries(wanted.fields).filter(([field]) => !known.includes(field))
  const kept = JSON.stringify(row['extra'] ?? {})
  if (kept !== JSON.stringify(Object.fromEntries(unknown)))
    throw new Broken('21 old and new', `${key}: of fields that this version does not know it has ${kept}`)
}
