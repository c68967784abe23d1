import type { Assignment } from '../../../shared/features/cases/case.ts'
import type { Operation, PurgeReport, Stretch } from '../../../shared/sync/protocol.ts'
import type { Entity } from '../../../shared/sync/recordTypes.ts'
import type { deviceTable, RowKey } from '../../db/tables.ts'
import type { Change, NewResult } from './decide.ts'
import type { KnownChange, Result, Row } from './pushState.ts'
import type { Assigned, KeptScope, ScopeChanges } from './scope.ts'

/**
 * What sync asks of the centre's database. The rules above it are the same over PostgreSQL and over the simulator's model;
 * everything that is said here about locks and states holds for both.
 */
export interface SyncStore {
  /**
   * Runs `work` in a transaction, and again from its start when it met another.
   *
   * @throws `UnstorableError` for a value that the database cannot hold.
   */
  write<Value>(work: (tx: SyncWriter) => Promise<Value>): Promise<Value>
  /** Runs `work` on one state of the database, whatever is written meanwhile. */
  read<Value>(work: (tx: SyncReader) => Promise<Value>): Promise<Value>
  /** Cases whose scope the calendar has changed by `now`, the longest due first, at most `limit`. */
  listCasesDue(now: number, limit: number): Promise<readonly string[]>
}

/** A value that the database cannot hold, such as a zero character in a text. */
export class UnstorableError extends Error {
  constructor(cause: unknown) {
    super('the database cannot hold this', { cause })
    this.name = 'UnstorableError'
  }
}

export type Device = Pick<typeof deviceTable.$inferSelect, 'id' | 'incarnation' | 'lastN'>

/** From whom a batch came, and when. */
export interface Source {
  readonly userId: string
  readonly deviceId: string
  readonly incarnation: number
  /** The centre's clock, UTC milliseconds. */
  readonly now: number
}

/** What is asked at once is done in the order in which it is asked, and in PostgreSQL travels together. */
export interface SyncWriter {
  /** Devices by their ids, locked in the order of these: the pushes of each happen one after the other. */
  lockDevices(ids: readonly string[]): Promise<ReadonlyMap<string, Device>>
  /** What is kept of these operations. */
  listResults(opIds: readonly string[]): Promise<ReadonlyMap<string, Result>>
  /** By case, locked against change. */
  listAssignments(caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly Assignment[]>>
  /** By `keyOf`, locked against any other writer in the order of keys, so that two batches cannot wait for each other. */
  lockRows(keys: readonly RowKey[]): Promise<ReadonlyMap<string, Row>>
  /** The conflicts of these rows, open and settled. Whoever writes one has locked its row. */
  listConflicts(keys: readonly RowKey[]): Promise<readonly Row[]>
  /** Changes by their numbers; what a centre was filled with has none. */
  readChanges(seqs: readonly number[]): Promise<ReadonlyMap<number, KnownChange>>
  /**
   * Takes the next `count` numbers of the counter. The lock on it stands until the transaction ends, which is what makes the
   * numbers come without gaps and in the order of commits: take it last, after every other lock.
   *
   * @returns the number before the first that was taken.
   */
  takeNumbers(count: number): Promise<number>
  /** Adds rows. A key that is there already fails the transaction. */
  insertRows(rows: readonly Row[]): Promise<void>
  /** Writes the new state of rows that are there. */
  updateRows(rows: readonly Row[]): Promise<void>
  /** Writes what pushes add, and how far their devices are: the last that is asked in its transaction. */
  storePushes(decided: DecidedPushes): Promise<void>
  /** Keeps operations that came late and changed nothing. */
  insertLateWork(operations: readonly Operation[], source: Source): Promise<void>
  /** Of these cases: the assignments of everybody with an account. */
  listAssigned(caseIds: readonly string[]): Promise<readonly Assigned[]>
  listScopes(caseIds: readonly string[]): Promise<readonly KeptScope[]>
  /** By `pairOf`: the epochs of the scopes that were ever kept of these cases. */
  readLastEpochs(caseIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  storeScopes(changes: ScopeChanges): Promise<void>
  /**
   * @param before the number before that of the first event.
   * @param now the centre's clock, UTC milliseconds.
   */
  insertScopeEvents(events: readonly ScopeEvent[], before: number, now: number): Promise<void>
  /** What this device reported of these cases. */
  listPurges(deviceId: string, caseIds: readonly string[]): Promise<readonly KeptPurge[]>
  /** Keeps what the device reports, in place of what it reported before of the same case and epoch. */
  storePurges(deviceId: string, purges: readonly KeptPurge[], now: number): Promise<void>
  /** Of these cases: the next instant at which the calendar alone changes who may read them. */
  storeDue(caseIds: readonly string[], due: ReadonlyMap<string, number>): Promise<void>
}

/** Something that a push adds, and from whom it came. */
export type Sourced<Added> = Added & { readonly source: Source }

/** What pushes add. */
export interface DecidedPushes {
  readonly devices: readonly (Device & { readonly lastSeen: number })[]
  readonly added: readonly Row[]
  readonly changes: readonly Sourced<Change>[]
  readonly results: readonly Sourced<NewResult>[]
}

/** How far a device is with a case that was taken away. `confirmed`: it was held, and may be purged. */
export interface KeptPurge extends Omit<PurgeReport, 'state'> {
  readonly state: PurgeReport['state'] | 'confirmed'
}

export interface ScopeEvent extends Pick<KeptScope, 'userId' | 'caseId' | 'epoch'> {
  readonly kind: 'grant' | 'revoke'
}

/** A grant or revoke with its number. */
export interface NumberedScopeEvent extends ScopeEvent {
  readonly seq: number
  /** First instant at which the grant no longer holds; null without end. */
  readonly until: number | null
}

/** Who reads, and when. */
export interface ReadBy {
  readonly userId: string
  /** The centre's clock, UTC milliseconds: a scope that has come to its end gives nothing. */
  readonly now: number
}

export interface SyncReader {
  /** The number of the last change that is committed. */
  lastNumber(): Promise<number>
  /** The user's scopes, by case, after that case. */
  listScopesOf(by: ReadBy, afterCaseId: string, limit: number): Promise<readonly KeptScope[]>
  /** Cases that everybody may read: the shared reference data. */
  listSharedCases(): Promise<readonly string[]>
  /** Rows that this user may read with a version above `seq` and in none of these stretches, in its order. */
  listRowsSince(by: ReadBy, seq: number, known: readonly Stretch[], limit: number): Promise<readonly Row[]>
  /**
   * Grants and revokes of this user after `seq`, in their order. Of each case the last only: what it was in between is of no
   * use to anybody. A grant that has come to its end is left out.
   */
  listScopesSince(by: ReadBy, seq: number, limit: number): Promise<readonly NumberedScopeEvent[]>
  isInScope(by: ReadBy, caseId: string): Promise<boolean>
  /** Every row of a case, in no order. */
  listVersionsOfCase(caseId: string): Promise<readonly RowVersion[]>
  /** Rows of a case after a position, in the order of `recordTypes` and in each type from the newest back. */
  listRowsOfCase(caseId: string, after: Position | null, limit: number): Promise<readonly Row[]>
}

/** A row without what is in it. */
export type RowVersion = Pick<Row, 'entity' | 'id' | 'version' | 'deleted'>

/** A place among the rows of a case. */
export interface Position {
  readonly entity: Entity
  /** Of a contact its start; of any other record 0. */
  readonly startedAt: number
  readonly id: string
}

/** The operations whose results a batch rests on: its own, and those that it builds on. */
export function resultsNamed(operations: readonly Operation[]): readonly string[] {
  const bases = operations.flatMap(({ body }) => ('patch' in body ? body.patch.map(entry => entry.baseOp) : []))
  return [...new Set([...operations.map(one => one.opId), ...bases.filter(base => base !== null)])]
}
