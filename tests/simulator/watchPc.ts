import type Sqlite from 'better-sqlite3'
import type { Operation } from '../../shared/sync/protocol.ts'
import { PAGE_BYTES, type Database } from '../../db/database.ts'
import { keyOf } from '../../central/features/sync/pushState.ts'
import { Broken } from './broken.ts'
import type { WorldStore } from './worldStore.ts'
import type { Saved, SimulatedOfficer } from './officer.ts'
import type { Pc } from './pc.ts'
import { mayRead } from './watchCentre.ts'

/** What is written after a purge in the same step, with room to spare; each is a page and its head. */
const LOG_BYTES_AFTER_PURGE = 24 * (PAGE_BYTES + 24)
const HOUR_MS = 3_600_000
/** The brake of `countRevokes`: no office here is so large that the share of the caseload is more. */
const BRAKE_CASES = 10

/** What holds on each PC after every step, looked at where its store has changed since. */
export function createPcWatch(store: WorldStore) {
  const contacts = new Map<Pc, { readonly at: unknown; readonly heard: number }>()
  const purged = new Map<Pc, ReadonlySet<string>>()
  let isConfirmed = false

  return {
    /** From now on whatever was held may go. */
    confirm(): void {
      isConfirmed = true
    },
    /** @param heard answers of the service that came through. */
    watch(officer: SimulatedOfficer, heard: number, now: number): void {
      const { pc } = officer
      const db = pc.db()
      const states = statesOf(db)
      checkSaved(officer, states, store)
      checkShown(officer, states, { store, now })
      checkContact(pc, db, heard)
      checkPurges(pc, db)
    },
    /** Its store is another one. */
    forget(pc: Pc): void {
      contacts.delete(pc)
      purged.delete(pc)
    },
  }

  /** It says that the service was there only where it was (18). */
  function checkContact(pc: Pc, db: Database, heard: number): void {
    const at = prepared(db, `SELECT value FROM sync_state WHERE name = 'lastContactAt'`).pluck().get()
    const known = contacts.get(pc)
    if (known?.at === at) return
    if (known?.heard === heard)
      throw new Broken('18 never stuck', 'a contact is noted, and nothing was heard of the service')
    contacts.set(pc, { at, heard })
  }

  /** Purged means gone (13), and never more at once than the brake lets through (25). */
  function checkPurges(pc: Pc, db: Database): void {
    const purges = prepared(db, 'SELECT case_id AS caseId, stage, counted_at AS countedAt FROM purge').all() as {
      readonly caseId: string
      readonly stage: string
      readonly countedAt: number | null
    }[] // as the statement says
    const going = purges.filter(one => one.stage !== 'new' && one.stage !== 'held')
    for (const { countedAt } of going) {
      const together = going.filter(one => {
        const earlierMs = (countedAt ?? 0) - (one.countedAt ?? 0)
        return earlierMs >= 0 && earlierMs < HOUR_MS
      })
      if (!isConfirmed && together.length > BRAKE_CASES)
        throw new Broken('25 brake', `${together.length} cases go at once`)
    }
    const gone = purges.filter(one => one.stage === 'receipt' || one.stage === 'done').map(one => one.caseId)
    // Of a store that was put back nobody knows what its log held when it was copied.
    const before = purged.get(pc) ?? new Set(gone)
    purged.set(pc, new Set(gone))
    if (gone.every(one => before.has(one))) return
    if (pc.logBytes() > LOG_BYTES_AFTER_PURGE)
      throw new Broken('13 purged', `the log has ${pc.logBytes()} bytes after a purge`)
    for (const caseId of gone) checkGone(db, caseId)
  }
}

function statesOf(db: Database): ReadonlyMap<string, string> {
  const rows = prepared(db, 'SELECT op_id, state FROM outbox').raw().all() as [string, string][] // as the statement says
  const states = new Map(rows)
  if (states.size < rows.length) throw new Broken('3 exactly once', 'an operation is queued twice')
  return states
}

/** No lost write (1), and what was refused is known to be (17). */
function checkSaved({ saved }: SimulatedOfficer, states: ReadonlyMap<string, string>, store: WorldStore): void {
  const { results } = store.held()
  for (const { opId } of saved()) {
    const state = states.get(opId)
    if (state !== undefined && state !== 'acked') continue
    const result = results.get(opId)
    if (!result) throw new Broken('1 no lost write', `${opId} is ${state ?? 'gone'} here and unknown at the centre`)
    if (state === 'acked' && result.verdict.status === 'rejected')
      throw new Broken('1 no lost write', `${opId} was refused, and counts as confirmed`)
  }
}

/** Read your writes (10): every new record is shown, and of every field the value that this PC has not sent yet. */
function checkShown(
  { pc, saved }: SimulatedOfficer,
  states: ReadonlyMap<string, string>,
  { store, now }: { readonly store: WorldStore; readonly now: number },
): void {
  const db = pc.db()
  // Of a case that was taken away the centre tells nothing more, also before this PC knows.
  const visible = new Set([...visibleCases(db)].filter(one => mayRead(pc.device.actor, String(one), store, now)))
  const isLate = (opId: string) => store.held().results.get(opId)?.verdict.status === 'late'
  // What a store that was put back does not know comes to it from the centre; what came late is not its author's any more.
  const here = saved().filter(({ opId, caseId }) => states.has(opId) && visible.has(caseId) && !isLate(opId))
  const shown = new Set(prepared(db, 'SELECT id FROM contacts UNION ALL SELECT id FROM appointments').pluck().all())
  const isDeleted = (one: Saved) => store.held().rows.get(keyOf(one))?.deleted === true
  const missing = here.find(
    one => 'create' in one.body && states.get(one.opId) !== 'discarded' && !shown.has(one.id) && !isDeleted(one),
  )
  if (missing) {
    const verdict = store.held().results.get(missing.opId)?.verdict.status ?? 'not sent'
    const what = `${missing.entity} ${missing.id} (${states.get(missing.opId) ?? 'gone'} here, ${verdict} at the centre)`
    throw new Broken('10 read your writes', `${what} is not shown`)
  }
  /** Whether the power went after something on this row was saved and before its officer heard so. */
  const hasUnanswered = ({ id }: Saved): boolean => {
    const queued = prepared(db, `SELECT op_id FROM outbox WHERE id = ? AND state IN ('pending', 'sending', 'retry')`)
      .pluck()
      .all(id)
    return queued.some(opId => !saved().some(other => other.opId === opId))
  }
  const typed = new Map<string, { readonly one: Saved; readonly field: string; readonly value: unknown }>()
  for (const one of here) {
    if (!('patch' in one.body) || !['pending', 'sending', 'retry'].includes(states.get(one.opId) ?? '')) continue
    for (const { field, value } of one.body.patch) typed.set(`${one.id} ${field}`, { one, field, value })
  }
  for (const { one, field, value } of typed.values()) {
    const row = findRow(db, one)
    if (row && row[columnOf(field)] !== value && !hasUnanswered(one))
      throw new Broken('10 read your writes', `${field} of ${one.id} is not what was typed last`)
  }
}

const TABLES: Readonly<Record<string, string>> = { case: 'cases', address: 'addresses', appointment: 'appointments' }

function findRow(db: Database, { entity, id }: Saved): Readonly<Record<string, unknown>> | undefined {
  const table = TABLES[entity]
  const row = table && prepared(db, `SELECT * FROM ${table} WHERE id = ?`).get(id)
  return row ? (row as Readonly<Record<string, unknown>>) : undefined // one row of columns
}

const statements = new WeakMap<Database, Map<string, Statement>>()
type Statement = Sqlite.Statement<unknown[]>

/** The same statement for the same text, as long as the store is open. */
function prepared(db: Database, sql: string): Statement {
  const known = statements.get(db) ?? new Map<string, Statement>()
  statements.set(db, known)
  const found = known.get(sql) ?? db.$client.prepare(sql)
  known.set(sql, found)
  return found
}

const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

export const visibleCases = (db: Database): ReadonlySet<unknown> =>
  new Set(prepared(db, `SELECT case_id FROM case_scope WHERE state = 'active'`).pluck().all())

/** Tables that may name a case that is gone: why it is, and what was done with it. */
const KEPT = new Set(['case_scope', 'purge', 'audit'])

function checkGone(db: Database, caseId: string): void {
  const isRevoked = prepared(db, `SELECT 1 FROM case_scope WHERE case_id = ? AND state = 'revoked'`).get(caseId)
  if (!isRevoked) return
  for (const table of tablesOfCases(db)) {
    const kept = table === 'outbox' ? `AND state IN ('acked', 'discarded')` : ''
    const left = prepared(db, `SELECT 1 FROM "${table}" WHERE case_id = ? ${kept}`).get(caseId)
    if (left) throw new Broken('13 purged', `${table} still has rows of ${caseId}`)
  }
}

const tablesOfCases = (db: Database): readonly string[] =>
  (
    prepared(
      db,
      `SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c ON c.name = 'case_id'
         WHERE m.type = 'table' ORDER BY m.name`,
    )
      .pluck()
      .all() as string[]
  ) // one text column
    .filter(table => !KEPT.has(table))

/** An action goes out whole: its parts are in one push (11), unless one of them waits behind something on its record. */
export function checkPush({ pc, saved }: SimulatedOfficer, operations: readonly Operation[]): void {
  if (operations.length === 0) return
  const sent = new Set(operations.map(one => one.opId))
  const waiting = prepared(
    pc.db(),
    `SELECT op_id FROM outbox AS o WHERE action_id = ? AND state IN ('pending', 'sending', 'retry') AND NOT EXISTS
     (SELECT 1 FROM outbox AS q WHERE q.case_id = o.case_id AND q.entity = o.entity AND q.id = o.id AND q.place < o.place
      AND q.state IN ('pending', 'sending', 'retry', 'quarantined') AND q.action_id <> o.action_id)`,
  )
  const known = new Set(saved().map(one => one.opId))
  for (const actionId of new Set(operations.map(one => one.actionId))) {
    const parts = waiting.pluck().all(actionId) as string[] // one text column
    const missing = parts.find(opId => known.has(opId) && !sent.has(opId))
    if (missing !== undefined) throw new Broken('11 order', `${missing} was left out of its action`)
  }
}
